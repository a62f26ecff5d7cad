// Which column of a department's table means which column of the ledger.

import { h } from './dom.js';

const NONE = '';

/**
 * What was said of the heads after another choice: a column of the ledger stands for one head only.
 * @param {[string, string][]} said @param {any[]} headings @param {string} title @param {string} name
 * @returns {[string, string][]}
 */
export function chosen(said, headings, title, name) {
  const all = new Map(said);
  if (name !== NONE) {
    for (const other of headings) if (other.name === name && other.title !== title) all.set(other.title, NONE);
    for (const [other, meant] of all) if (meant === name) all.set(other, NONE);
  }
  all.set(title, name);
  return [...all];
}

/** The columns with a choice each; shown at once where something is to be decided. */
export function columnTable(about, asked, choose) {
  if (!about.headings.length) return false;
  const doubtful = about.headings.some((one) => one.doubtful && !one.name);
  const missing = about.key && !about.headings.some((one) => one.name === about.key);
  const guessed = about.headings.filter((one) => one.guessed).length;
  const read = about.headings.filter((one) => one.name).length;
  const names = about.headings.map((one) => one.name);
  const blank = about.columns.map((one) => one.name).filter((name) => !names.includes(name));
  const was = /** @type {HTMLDetailsElement | null} */ (document.querySelector('#wb-columns'));
  const open = was ? was.open : doubtful || missing || guessed > 0 || blank.length > 0;
  return h('details', { id: 'wb-columns', open: open || doubtful || missing },
    h('summary', {}, `各列对应：表里 ${about.headings.length} 列，读 ${read} 列${guessed ? `，其中 ${guessed} 列请核对` : ''}`,
      blank.length > 0 && h('b.blank', {}, `台账的${blank.map((name) => `“${name}”`).join('、')}没有对上`)),
    h('div.maps', {}, about.headings.map((one) => heading(one, about, asked, choose))));
}

function heading(one, about, asked, choose) {
  const id = `wb-col-${one.letters}`;
  const open = one.doubtful && !one.name;
  const option = (value, words, selected) => h('option', { value, selected }, words);
  const names = about.columns.length ? about.columns : one.name ? [{ name: one.name, unit: '' }] : [{ name: one.title, unit: '' }];
  return h('div.map', { class: open ? 'doubt' : one.name ? '' : 'unread' },
    h('label', { for: id }, h('span.at', {}, one.letters), one.title),
    h('select', { id, on: { change: (event) => choose({ said: chosen(asked.said, about.headings, one.title, event.target.value) }) } },
      open && h('option', { value: NONE, selected: true, disabled: true }, `是不是“${one.doubtful}”？`),
      option(NONE, '不读', !one.name && !open),
      names.map((column) => option(column.name, `${column.name}${column.unit ? `（${column.unit}）` : ''}${column.name === about.key ? '，认行用' : ''}`, column.name === one.name))),
    h('span.how', {}, open ? '分不清，请选定' : one.how || ''));
}
