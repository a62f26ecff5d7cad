// Offers what can be written between braces: facts and helpers. Pure but for the list it shows.

import { fill, h } from './dom.js';
import { fits, listen } from './spell.js';

/**
 * What is being written at the caret: the start of the name and what stands before it.
 * @param {string} text @param {number} at
 * @returns {{from: number, words: string, of: string} | null}
 */
export function beginning(text, at) {
  const before = text.slice(0, at);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.indexOf('}}', open) >= 0) return null;
  const inside = before.slice(open + 2);
  if (/["“]/.test(inside) && (inside.match(/"/g) || []).length % 2) return null;
  const name = /[^\s{}#/>~="]*$/.exec(inside)[0];
  const helper = /^#?\s*(\S+)\s/.exec(inside);
  return { from: at - name.length, words: name, of: helper ? helper[1] : '' };
}

/** What can stand behind a helper, by 类型; behind the others, anything. */
const TAKES = { 表: ['台账'], 分组: ['台账'], 各组: ['台账'], each: ['台账', '名单'] };

/**
 * Names that fit, best first: those that begin with the words, then those whose part behind a point does, then
 * those that hold them.
 * @param {string} words @param {{facts: any[], helpers: any[]}} vocabulary @param {string} [of] the helper in front
 */
export function fitting(words, vocabulary, of = '', most = 12) {
  const rank = (name) => {
    if (name.startsWith(words)) return 0;
    if (name.split('.').some((part) => part.startsWith(words))) return 1;
    const fit = fits(words, name);
    return fit === undefined ? 9 : 2 + fit;
  };
  const known = vocabulary.facts.filter((one) => !TAKES[of] || TAKES[of].includes(one.kind));
  const facts = known.map((one) => ({ name: one.path, about: one.value || one.kind || '', insert: one.path, helper: false }));
  const helpers = (TAKES[of] ? [] : vocabulary.helpers).map((one) => ({ name: one.name, about: one.example, insert: one.name, helper: true }));
  return [...facts, ...helpers].map((one, index) => ({ one, rank: rank(one.name), index })).filter(({ rank: r }) => r < 9)
    .sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, most).map(({ one }) => one);
}

/** The list under the caret. @param {HTMLTextAreaElement} area @param {() => any} vocabulary */
export function completion(area, vocabulary) {
  const list = h('ul.offers', { id: 'offers', role: 'listbox', 'aria-label': '可以写的名称', hidden: true });
  let offers = [];
  let chosen = 0;
  const close = () => {
    list.hidden = true;
    area.removeAttribute('aria-activedescendant');
    area.setAttribute('aria-expanded', 'false');
  };
  const draw = () => {
    fill(list, offers.map((one, index) => h('li', { role: 'option', id: `offer-${index}`, 'aria-selected': String(index === chosen), on: { pointerdown: (event) => {
      event.preventDefault();
      take(index);
    } } }, h('b', { class: one.helper ? 'helper' : '' }, one.name), h('span', {}, one.about))));
    area.setAttribute('aria-activedescendant', `offer-${chosen}`);
    const option = list.children[chosen];
    if (option) option.scrollIntoView({ block: 'nearest' });
  };
  const look = () => {
    const found = beginning(area.value, area.selectionStart);
    offers = found && vocabulary() ? fitting(found.words, vocabulary(), found.of) : [];
    if (!offers.length || (offers.length === 1 && offers[0].name === found.words)) return close();
    chosen = 0;
    list.hidden = false;
    area.setAttribute('aria-expanded', 'true');
    draw();
    place(area, list);
  };
  const take = (index) => {
    const found = beginning(area.value, area.selectionStart);
    if (!found) return close();
    area.setRangeText(offers[index].insert, found.from, area.selectionStart, 'end');
    close();
    area.dispatchEvent(new Event('input', { bubbles: true }));
    close();
  };
  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', 'offers');
  area.addEventListener('input', (event) => !event.isComposing && look());
  area.addEventListener('compositionend', look);
  area.addEventListener('focus', listen);
  area.addEventListener('blur', close);
  area.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) chosen = (chosen + step + offers.length) % offers.length;
    if (step) draw();
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return list;
}

/** Puts the list below the line of the caret: a copy of the text up to it tells where that is. */
function place(area, list) {
  const mirror = h('div.mirror', { 'aria-hidden': 'true' }, area.value.slice(0, area.selectionStart));
  const caret = h('span', {}, '\u200b');
  mirror.append(caret);
  mirror.style.width = `${area.clientWidth}px`;
  area.parentElement.append(mirror);
  const left = Math.min(caret.offsetLeft, area.clientWidth - 340);
  list.style.left = `${Math.max(8, left) + area.offsetLeft}px`;
  list.style.top = `${caret.offsetTop - area.scrollTop + 30 + area.offsetTop}px`;
  mirror.remove();
}

