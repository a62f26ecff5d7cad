// The columns of a new ledger as a small table: a name, what it holds, its unit, and which one names the rows.

import { $, $$, h } from './dom.js';

const KINDS = [['文本', '文字'], ['时期', '数：一年累计'], ['时点', '数：到年底有多少'], ['比率', '百分比、平均数'], ['日期', '日期']];
const NUMBERS = ['时期', '时点', '比率'];

/**
 * @param {{key?: boolean, kinds?: string[]}} how whether one of them names the rows; what the first rows hold
 * @returns {{box: HTMLElement, put: (column: any) => void, columns: () => any[], key: () => string}}
 */
export function newColumns({ key = true, kinds = ['文本', '时期', '时期'] } = {}) {
  const body = h('tbody');
  const last = () => body.lastElementChild;
  const name = (row) => $('.name', row).value.trim();
  const add = (kind, column = {}) => {
    const unit = h('input.unit', { 'aria-label': '单位', value: column.unit || '', autocomplete: 'off', maxlength: 20, placeholder: '如 万元' });
    const choice = h('select.kind', { 'aria-label': '类型', on: { change: () => { unit.disabled = !NUMBERS.includes(choice.value); } } },
      KINDS.map(([value, words]) => h('option', { value, selected: value === (column.kind || kind) }, words)));
    unit.disabled = !NUMBERS.includes(choice.value);
    const row = h('tr', {},
      h('td', {}, h('input.name', { 'aria-label': '列名', value: column.name || '', autocomplete: 'off', maxlength: 30, on: {
        input: () => row === last() && name(row) && add('时期') } })),
      h('td', {}, choice), h('td', {}, unit),
      key && h('td.key', {}, h('input', { type: 'radio', name: 'key-column', 'aria-label': '认行用（主键）', checked: !body.children.length })),
      h('td', {}, h('button.bare', { type: 'button', 'aria-label': '去掉这一列', on: { click: () => body.children.length > 1 && row.remove() } }, '×')));
    body.append(row);
    return row;
  };
  kinds.forEach((kind) => add(kind));
  const heads = ['列名', '类型', '单位', key && '主键', ''];
  const box = h('table.new-columns', {}, h('thead', {}, h('tr', {}, heads.filter((one) => one !== false).map((one) => h('th', { scope: 'col' }, one)))), body);
  const filled = () => $$('tr', body).filter((row) => name(row));
  const column = (row) => {
    const kind = $('.kind', row).value;
    return { name: name(row), kind, unit: NUMBERS.includes(kind) ? $('.unit', row).value.trim() : '' };
  };
  return {
    box,
    /** Puts a column into the first row that is free. */
    put: (one) => {
      const free = $$('tr', body).find((row) => !name(row));
      const row = add(one.kind, one);
      if (free) free.replaceWith(row);
      if (name(last())) add('时期');
    },
    columns: () => filled().map(column),
    key: () => filled().filter((row) => key && $('.key input', row).checked).map(name)[0] || '',
  };
}
