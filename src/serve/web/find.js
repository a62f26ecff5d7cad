// Ctrl+F as in WPS: indicators by name, letters of the input method or value, rows of ledgers, words of the report.

import { $, $$, fill, h, icon, ICONS } from './dom.js';
import { get, part } from './api.js';
import { pagesKnown } from './print.js';
import { fact, fits, listen, plain } from './spell.js';
import { emit, entries, state } from './store.js';

const MOST = 30; // of a kind
let found = [];
let chosen = 0;
let rows = []; // of all ledgers of the year: {ledger, row, words}
let before = null; // what had the focus

/** Opens the box, or takes what is typed in it in hand again. */
export async function find() {
  if ($('#find')) return $('#find-words').select();
  before = document.activeElement;
  rows = [];
  const input = h('input', { id: 'find-words', type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: '指标、拼音首字母、数值、报告里的字', 'aria-label': '查找',
    role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'find-list', on: { input: look, keydown: key } });
  document.body.append(h('div', { id: 'find', role: 'dialog', 'aria-label': '查找' },
    h('div.top', {}, input, h('span', { id: 'find-count', role: 'status' }),
      h('button.bare', { type: 'button', 'aria-label': '关闭', on: { click: closeFind } }, icon(ICONS.close))),
    h('ul', { id: 'find-list', role: 'listbox', 'aria-label': '找到的' })));
  input.focus();
  await Promise.all([listen(), ledgers()]);
  if ($('#find')) look();
  return undefined;
}

/** Closes it; the focus goes back where it was. */
export function closeFind() {
  const box = $('#find');
  if (!box) return;
  box.remove();
  if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
}

async function ledgers() {
  const { year } = state;
  const paths = entries().filter((one) => one.kind === '台账' && one.rows).map((one) => one.path);
  const read = async (ledger) => {
    const table = await get(`/api/years/${year}/ledgers/${part(ledger)}`).catch(() => ({ rows: [] }));
    return table.rows.map((cells, index) => ({ ledger, row: index + 1, words: cells.filter(Boolean).join('　') }));
  };
  rows = (await Promise.all(paths.map(read))).flat();
}

function look() {
  const words = $('#find-words').value.trim();
  found = words ? [...indicators(words), ...ofLedgers(words), ...ofReport(words)] : [];
  chosen = 0;
  draw(words);
}

function indicators(words) {
  return entries().map((one) => ({ one, rank: fact(words, one) })).filter((each) => each.rank !== undefined)
    .sort((a, b) => a.rank - b.rank).slice(0, MOST)
    .map(({ one }) => ({ kind: '指标', words: one.path, about: one.kind === '台账' ? `${one.rows || 0} 行` : one.value || '还没有填', go: () => emit('select-path', one.path), last: true }));
}

const ofLedgers = (words) => rows.filter((one) => fits(words, one.words) !== undefined).slice(0, MOST)
  .map((one) => ({ kind: '台账', words: one.words, about: `${one.ledger} 第${one.row}行`, go: () => emit('select-path', `${one.ledger}[${one.row}]`), last: true }));

/** Words of the report, also over the ends of its lines. */
function ofReport(words) {
  const typed = plain(words);
  const hits = [];
  for (const page of pagesKnown()) {
    const lines = $$('[data-line]', page);
    const texts = lines.map((line) => plain(line.textContent));
    const whole = texts.join('');
    for (let at = whole.indexOf(typed); at >= 0 && hits.length < MOST; at = whole.indexOf(typed, at + 1)) {
      let [line, first] = [0, 0];
      while (first + texts[line].length <= at) {
        first += texts[line].length;
        line += 1;
      }
      const [number, row] = [Number(page.dataset.page), Number(lines[line].dataset.line)];
      hits.push({ kind: '报告', words: `${whole.slice(Math.max(0, at - 12), at)}${whole.slice(at, at + typed.length + 20)}`, about: `第${number}页第${row}行`,
        go: () => emit('show-line', { page: number, row }) });
    }
  }
  return hits;
}

function draw(words) {
  fill($('#find-count'), words ? `${found.length} 处` : '');
  fill($('#find-list'), found.map((one, index) => h('li', { role: 'option', id: `found-${index}`, 'aria-selected': String(index === chosen), on: { click: () => go(index) } },
    h('small', {}, one.kind), h('b', {}, one.words), h('span', {}, one.about))),
  words && !found.length && h('li.empty', {}, '没有找到。可以写名称的一部分、拼音首字母、数，或报告里的字。'));
  mark();
}

function mark() {
  $$('#find-list [role=option]').forEach((one, index) => one.setAttribute('aria-selected', String(index === chosen)));
  $('#find-words').setAttribute('aria-activedescendant', `found-${chosen}`);
  const option = $(`#found-${chosen}`);
  if (option) option.scrollIntoView({ block: 'nearest' });
}

/** Goes to what was found: a field takes the focus, words of the report are shown and the next can follow. */
function go(index) {
  const one = found[index];
  if (!one) return;
  chosen = index;
  mark();
  if (one.last) {
    before = null;
    closeFind();
  }
  one.go();
}

function key(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') closeFind();
  else if (event.key === 'Enter') {
    const again = found[chosen] && found[chosen].shown;
    const to = again ? (chosen + (event.shiftKey ? -1 : 1) + found.length) % found.length : chosen;
    if (found[to]) found[to].shown = true;
    go(to);
  } else if (step && found.length) {
    chosen = (chosen + step + found.length) % found.length;
    mark();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
