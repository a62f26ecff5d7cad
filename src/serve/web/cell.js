// One fact as a row of the form. While somebody types, the program judges the value and the row says what is
// wrong; only a right value is saved. A cell in use is never written to from outside.

import { $, fill, h } from './dom.js';
import { spoken } from './named.js';
import { BREAK, lines, parted } from './oneline.js';
import { parse } from './paste.js';
import { emit, entry } from './store.js';

const WAYS = { up: '▲', down: '▼' };

/** @param {any} one the fact @param {{select: Function, commit: Function, next: Function}} act */
export function cell(one, act) {
  const id = `f-${one.path}`;
  const row = h('div.row', { data: { path: one.path, kind: one.kind || '', state: one.state } },
    h('label', { for: id }, h('span.name', {}, one.name), h('em.about')),
    h('span.value', {}, field(one, id, act)),
    h('span.then'), h('span.change'), h('span.source'),
    h('p.why', { id: `${id}-why`, role: 'alert' }));
  row.addEventListener('focusin', () => act.select(one.path));
  row.addEventListener('click', (event) => {
    if (!event.target.closest('input, textarea, button')) act.select(one.path);
  });
  row.addEventListener('bad', (event) => explain(row, event.detail));
  patch(row, one, false);
  return row;
}

function field(one, id, act) {
  if (one.kind === '台账') {
    return h('button.open', { id, type: 'button', on: { click: () => emit('open-ledger', one.path), keydown: (event) => walk(event, one, act) } });
  }
  const long = one.kind === '文本' || one.kind === '名单';
  const input = h(long ? 'textarea' : 'input', {
    id, class: long ? 'words' : 'number', autocomplete: 'off', spellcheck: 'false', rows: long ? 1 : undefined,
    readonly: fixed(one), 'aria-describedby': `${id}-why`,
    placeholder: one.kind === '日期' ? `如 ${new Date().getFullYear()}-04-18` : one.kind === '名单' ? '用顿号隔开' : '',
  });
  if (!fixed(one)) wire(input, act);
  else input.addEventListener('keydown', (event) => walk(event, one, act));
  return [input, h('span.unit', {}, one.kind === '文本' ? '' : one.unit)];
}

/** Whether a value is not typed into its cell: it is computed, or has paragraphs. */
const fixed = (one) => one.state === 'computed' || one.paragraphs;

function wire(input, act) {
  const row = () => input.closest('.row');
  input.addEventListener('input', (event) => {
    if (!event.isComposing) typing(row());
  });
  input.addEventListener('compositionend', () => typing(row()));
  if (input.tagName === 'INPUT') input.addEventListener('paste', (event) => pasted(event, row(), act));
  // As in a sheet: what is typed next takes the place of the old number.
  if (input.tagName === 'INPUT') input.addEventListener('focus', () => input.select());
  input.addEventListener('change', () => save(row(), act));
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    if (event.key === 'Enter' && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      save(row(), act);
      if (!row().classList.contains('wrong')) act.next(row().dataset.path, event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      input.value = row().dataset.saved;
      typing(row());
      row().classList.remove('wrong');
      fill($('.why', row()));
    } else walk(event, { path: row().dataset.path }, act, input);
  });
}

/** A column of a sheet goes into the cells from here down; one cell of two lines stays two lines, and is no number. */
function pasted(event, row, act) {
  const text = event.clipboardData.getData('text/plain');
  const block = parse(text);
  if (block.length > 1 || block[0].length > 1) {
    event.preventDefault();
    return act.column(row.dataset.path, block);
  }
  if (!block[0][0].includes('\n')) return undefined;
  event.preventDefault();
  event.target.setRangeText(parted(block[0][0], BREAK), event.target.selectionStart, event.target.selectionEnd, 'end');
  return typing(row);
}

/** Puts words into a row that were refused there: they are seen, and are not saved. */
export function refuse(row, words, bad) {
  const input = $('input, textarea', row);
  input.value = parted(words, BREAK);
  row.classList.add('dirty');
  explain(row, bad);
}

/** Arrows go up and down where they do nothing in the cell itself. */
function walk(event, one, act, input) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] || (!input && event.key === 'Enter' ? 0 : undefined);
  if (!step || event.isComposing || (input && input.tagName === 'TEXTAREA' && input.scrollHeight > 60)) return;
  event.preventDefault();
  if (input) input.dispatchEvent(new Event('change'));
  act.next(one.path, step);
}

/** Words for a fact, as a change. */
export function changeTo(path, kind, words) {
  if (kind === '名单') return { do: 'list', path, items: words.split(/[、，,；;\n]/).map((item) => item.trim()).filter(Boolean) };
  return { do: 'set', path, value: words.trim() };
}

/** What was typed, as a change. */
export function changeOf(row) {
  const input = $('input, textarea', row);
  return changeTo(row.dataset.path, row.dataset.kind, input.tagName === 'INPUT' ? lines(input.value) : input.value);
}

function typing(row) {
  grow($('textarea', row));
  const dirty = isDirty(row);
  row.classList.toggle('dirty', dirty);
  emit('typing', dirty ? { change: changeOf(row), row } : { change: null, row });
  const one = entry(row.dataset.path);
  if (!dirty && one) delta($('.change', row), one);
  emit('standing');
}

/** Whether a row holds something that is not saved. */
export function isDirty(row) {
  const input = $('input, textarea', row);
  return Boolean(input) && !input.readOnly && 'saved' in row.dataset && input.value.trim() !== row.dataset.saved;
}

/** Lets go of what was typed: the file's value stands again. */
export function letGo(row, one) {
  const input = $('input, textarea', row);
  row.dataset.saved = one.value;
  input.value = one.value;
  explain(row, null);
  row.classList.remove('dirty');
  emit('typing', { change: null, row });
}

async function save(row, act) {
  const input = $('input, textarea', row);
  const sent = input.value;
  if (!isDirty(row) || row.dataset.saving === sent) return;
  const change = changeOf(row);
  row.dataset.saving = sent;
  const outcome = await act.commit({ ...change, was: row.dataset.saved });
  row.dataset.saving = '';
  if (!outcome.saved && !outcome.kept) return;
  const stands = outcome.saved ? outcome.values[change.path] : undefined;
  if (stands !== undefined) row.dataset.saved = stands;
  // What was typed meanwhile stays.
  if (input.value === sent) {
    if (stands !== undefined) input.value = stands;
    explain(row, null);
  }
  row.classList.toggle('dirty', isDirty(row));
  emit('standing');
}

/** Says at the cell what is wrong with it; nothing clears it. */
export function explain(row, bad) {
  row.classList.toggle('wrong', Boolean(bad));
  const input = $('input, textarea', row);
  if (input) input.setAttribute('aria-invalid', String(Boolean(bad)));
  const mend = bad && bad.instead && h('button.small', {
    type: 'button', on: { click: () => {
      input.value = bad.instead;
      input.focus();
      typing(row);
      input.dispatchEvent(new Event('change'));
    } } }, `改成 ${bad.instead}`);
  const fix = bad && !mend && bad.fix;
  // What is refused has no growth; that of something typed before is not left standing.
  if (bad) delta($('.change', row), {});
  fill($('.why', row), bad && [h('span', {}, spoken(`${bad.message}${fix ? `。${fix}` : ''}`)), mend]);
  emit('standing');
}

/** Writes a fact into its row. `typed`: it is what the program makes of a value being typed. */
export function patch(row, one, typed) {
  if (!row) return;
  const input = $('input, textarea', row);
  if (!typed) {
    row.dataset.state = one.state;
    // A cell with something typed keeps it, and what it was typed over: saving then shows both values.
    if (input && !isDirty(row)) {
      if (input.value !== one.value) input.value = one.value;
      row.dataset.saved = one.value;
      grow($('textarea', row));
    }
    if ($('button.open', row)) fill($('button.open', row), one.rows === null ? '还没有填，去填台账' : `${one.rows} 行，打开台账`);
    fill($('.about', row), about(one));
  }
  fill($('.then', row), one.then);
  $('.then', row).title = one.then;
  delta($('.change', row), one);
  if (!typed) chip($('.source', row), one);
}

function about(one) {
  if (one.state === 'computed') return '自动计算';
  if (one.paragraphs) return '可以有几段，在“模板”页里选这一年的数据改';
  if (one.unverified) return '待核：上年的数';
  if (one.estimate) return '预计数';
  return '';
}

function delta(place, one) {
  place.className = `change ${one.way || ''}`;
  place.title = [one.change, one.rate].filter(Boolean).join('，');
  const words = one.way === 'same' ? '持平' : one.rate || one.change;
  fill(place, words && `${WAYS[one.way] || ''}${words.replace(/^(约?)(?:[+-]|上升|下降)/, '$1')}`);
}

function chip(place, one) {
  const words = one.own_source || one.source;
  place.className = `source ${words ? '' : 'none'}`;
  place.title = words ? `来源：${words}` : '';
  fill(place, one.state === 'computed' ? '' : words || '未写来源');
}

function grow(area) {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, 140)}px`;
}
