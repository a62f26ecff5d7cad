// A table that is typed into like a sheet. One field lies over the cell in hand and always has the focus, so that an
// input method composes in it from the first letter; it is seen once something is typed. Only the rows in sight
// are drawn.

import { $, $$, fill, h } from './dom.js';
import { format, parse } from './paste.js';
import { fits, listen } from './spell.js';

export const HIGH = 34; // pixels of a row, as in ledger.css
const AROUND = 12; // rows drawn above and below what is in sight

/**
 * @param {{columns: any[], rows: any[], filters?: string[], act: {edit: Function, paste: Function, clear: Function, sort: Function, say: Function}}} options
 * `rows` hold `cells` by column and `wrong`, the values that are not saved: column → {text, message, instead}
 */
export function grid({ columns, rows, act, filters = columns.map(() => '') }) {
  let active = { row: 0, column: 0 };
  let corner = { row: 0, column: 0 };
  let editing = false;
  let drawn = { from: -1, to: -1 };
  let shown = null; // the rows that the filters let through, by their number; nothing where there is no filter

  const field = h('textarea.grid-input.ready', { rows: 1, spellcheck: 'false', autocomplete: 'off', 'aria-label': '单元格' });
  const body = h('div.grid-body', { role: 'rowgroup' });
  const head = h('div.grid-head', { role: 'rowgroup' }, h('div.grid-row', { role: 'row', 'aria-rowindex': 1 },
    h('div.grid-number', { role: 'columnheader' }, '行'), columns.map(title)), filterRow());
  const table = h('div.grid-table', { role: 'grid', 'aria-label': '台账', 'aria-colcount': columns.length + 1 }, head, body);
  const handle = h('div.grid-handle', { title: '往下拖，照第一行填（Ctrl+D）', 'aria-hidden': 'true', on: { pointerdown: drop } });
  const box = h('div.grid', { on: { scroll: () => draw() } }, table, field, handle);
  table.style.setProperty('--columns', columns.map((one) => one.width).join(' '));

  function title(column, index) {
    return h('div.grid-title', { role: 'columnheader', 'aria-colindex': index + 2, class: column.number ? 'number' : '' },
      h('button', { type: 'button', title: `按“${column.name}”排序`, on: { click: () => act.sort(column) } },
        column.name, column.unit && h('small', {}, column.unit)));
  }

  /** A field for each column, seen while rows are filtered. */
  function filterRow() {
    const one = (column, index) => h('div.grid-filter', { role: 'gridcell' }, h('input', { type: 'search', autocomplete: 'off', 'aria-label': `筛选 ${column.name}`, placeholder: '筛选', value: filters[index],
      on: { focus: listen, input: (event) => narrow(index, event.target.value), keydown: out } }));
    return h('div.grid-row.filters', { role: 'row', hidden: !filters.some(Boolean) }, h('div.grid-number'), columns.map(one));
  }

  function narrow(index, words) {
    end(true);
    filters[index] = words.trim();
    const again = () => {
      refilter();
      active = corner = { row: 0, column: active.column };
      box.scrollTop = 0;
      draw(true);
      act.narrowed(shown ? shown.length : null);
    };
    again();
    // How characters sound is known a moment after the field is first entered.
    listen().then((fresh) => fresh && again());
  }

  /** Which rows the filters let through; a row that is being filled in stays until they are set anew. */
  function refilter() {
    const through = (one) => filters.every((words, index) => !words || fits(words, words_of(one, index)) !== undefined);
    shown = filters.some(Boolean) ? rows.flatMap((one, row) => (through(one) ? [row] : [])) : null;
  }

  function out(event) {
    if (event.isComposing || !['Enter', 'ArrowDown', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return filter(false);
    return field.focus({ preventScroll: true });
  }

  /** Shows the fields of the filters, or takes them away with what they hold. */
  function filter(open) {
    const line = $('.filters', head);
    line.hidden = !open;
    if (open) return $('input', line).focus();
    $$('input', line).forEach((one) => { one.value = ''; });
    filters.fill('');
    refilter();
    draw(true);
    act.narrowed(null);
    return field.focus({ preventScroll: true });
  }

  /** All rows that are shown, and one below them where the next is begun. */
  const seen = () => (shown ? shown.length : rows.length);
  const count = () => seen() + 1;
  /** The number of a row that is shown; of those below them, what they will have. */
  const real = (row) => (shown && row < shown.length ? shown[row] : rows.length + row - seen());
  const words_of = (one, column) => {
    const name = columns[column].name;
    return one.wrong && one.wrong[name] ? one.wrong[name].text : one.cells[column];
  };
  const text = (row, column) => {
    const one = rows[real(row)];
    if (!one) return '';
    return words_of(one, column);
  };
  const range = () => ({
    top: Math.min(active.row, corner.row), bottom: Math.max(active.row, corner.row),
    left: Math.min(active.column, corner.column), right: Math.max(active.column, corner.column),
  });

  function draw(force = false) {
    const first = Math.floor(box.scrollTop / HIGH) - AROUND;
    const from = Math.max(0, first);
    const to = Math.min(count(), Math.ceil((box.scrollTop + box.clientHeight) / HIGH) + AROUND);
    body.style.height = `${count() * HIGH}px`;
    table.setAttribute('aria-rowcount', String(count() + 1));
    if (!force && from >= drawn.from && to <= drawn.to) return place();
    drawn = { from, to };
    const lines = [];
    for (let row = from; row < to; row += 1) lines.push(line(row));
    fill(body, lines);
    place();
  }

  function line(row) {
    const { top, bottom, left, right } = range();
    const inside = row >= top && row <= bottom;
    const fresh = row === seen();
    const there = rows[real(row)];
    const element = h('div.grid-row', { role: 'row', 'aria-rowindex': row + 2, data: { row }, class: fresh ? 'fresh' : '' },
      h('div.grid-number', { role: 'rowheader', class: inside ? 'inside' : '' }, fresh ? '＋' : String(real(row) + 1)),
      columns.map((column, index) => {
        const wrong = there && there.wrong && there.wrong[column.name];
        return h('div.grid-cell', {
          role: 'gridcell', id: `c-${row}-${index}`, 'aria-colindex': index + 2, data: { row, column: index },
          'aria-selected': inside && index >= left && index <= right ? 'true' : 'false', title: wrong ? wrong.message : text(row, index),
          class: [column.number ? 'number' : '', wrong ? 'wrong' : ''].join(' '),
        }, text(row, index));
      }));
    element.style.top = `${row * HIGH}px`;
    return element;
  }

  /** Puts the field over the cell in hand. */
  function place() {
    const cell = $(`#c-${active.row}-${active.column}`, body);
    hang();
    field.setAttribute('aria-label', `第${real(active.row) + 1}行 ${columns[active.column].name} ${text(active.row, active.column)}`);
    if (!cell) return field.classList.add('away');
    field.classList.remove('away');
    const row = cell.parentElement;
    field.style.left = `${cell.offsetLeft}px`;
    field.style.top = `${row.offsetTop + head.offsetHeight}px`;
    field.style.width = `${cell.offsetWidth}px`;
    field.style.height = `${HIGH}px`;
    field.style.textAlign = columns[active.column].number ? 'right' : 'left';
  }

  /** Puts the handle at the corner of the range. */
  function hang() {
    const { bottom, right } = range();
    const cell = $(`#c-${bottom}-${right}`, body);
    handle.hidden = !cell || bottom >= seen();
    if (handle.hidden) return;
    handle.style.left = `${cell.offsetLeft + cell.offsetWidth - 5}px`;
    handle.style.top = `${cell.parentElement.offsetTop + head.offsetHeight + HIGH - 5}px`;
  }

  /** The range is drawn down, and filled from its first row. */
  function drop(event) {
    event.preventDefault();
    end(true);
    const { top, left, right, bottom } = range();
    const line = $$('.grid-row', body);
    const move = (moved) => {
      const under = line.concat($$('.grid-row', body)).find((one) => {
        const at = one.getBoundingClientRect();
        return one.isConnected && moved.clientY >= at.top && moved.clientY < at.bottom;
      });
      if (!under) return;
      active = { row: top, column: left };
      corner = { row: Math.max(bottom, Math.min(Number(under.dataset.row), seen() - 1)), column: right };
      paint();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', () => {
      window.removeEventListener('pointermove', move);
      if (range().bottom > bottom) down(bottom - top + 1);
      field.focus({ preventScroll: true });
    }, { once: true });
  }

  function paint() {
    const { top, bottom, left, right } = range();
    for (const cell of $$('.grid-cell', body)) {
      const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
      cell.setAttribute('aria-selected', String(row >= top && row <= bottom && column >= left && column <= right));
    }
    for (const one of $$('.grid-number', body)) {
      const row = Number(one.parentElement.dataset.row);
      one.classList.toggle('inside', row >= top && row <= bottom);
    }
    place();
    tell();
  }

  /** Says what is wrong with the cell in hand. */
  function tell() {
    const one = rows[real(active.row)];
    const wrong = one && one.wrong && one.wrong[columns[active.column].name];
    act.say(wrong ? { ...wrong, row: real(active.row), column: columns[active.column] } : null);
  }

  function begin(words) {
    editing = true;
    field.classList.remove('ready');
    if (words !== undefined) {
      field.value = words;
      field.setSelectionRange(words.length, words.length);
    }
  }

  function end(keep) {
    if (editing) {
      editing = false;
      field.classList.add('ready');
      const words = field.value.trim();
      if (keep && words !== text(active.row, active.column)) act.edit(real(active.row), columns[active.column], words);
    }
    field.value = '';
  }

  function go(down, right, extend = false) {
    end(true);
    const from = extend ? corner : active;
    const to = {
      row: Math.max(0, Math.min(count() - 1, from.row + down)),
      column: Math.max(0, Math.min(columns.length - 1, from.column + right)),
    };
    if (extend) corner = to;
    else active = corner = to;
    into(to.row, to.column);
    paint();
  }

  function into(row, column) {
    const top = row * HIGH;
    const high = head.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + HIGH + high > box.scrollTop + box.clientHeight) box.scrollTop = top + HIGH + high - box.clientHeight + 4;
    draw(true);
    const cell = $(`#c-${row}-${column}`, body);
    if (cell) {
      if (cell.offsetLeft + cell.offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
      if (cell.offsetLeft < box.scrollLeft + 48) box.scrollLeft = Math.max(0, cell.offsetLeft - 48);
    }
  }

  const page = () => Math.max(1, Math.floor(box.clientHeight / HIGH) - 2);
  const MOVES = {
    ArrowUp: () => [-1, 0], ArrowDown: () => [1, 0], ArrowLeft: () => [0, -1], ArrowRight: () => [0, 1],
    PageUp: () => [-page(), 0], PageDown: () => [page(), 0], Home: () => [0, -columns.length], End: () => [0, columns.length],
  };

  field.addEventListener('compositionstart', () => !editing && begin());
  field.addEventListener('input', () => !editing && begin());
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    const control = event.ctrlKey || event.metaKey;
    const key = event.key;
    const stop = (run) => {
      event.preventDefault();
      event.stopPropagation();
      run();
    };
    if (key === 'Enter' && !control) return stop(() => go(event.shiftKey ? -1 : 1, 0));
    if (key === 'Tab') return tab(event, stop);
    if (key === 'Escape' && editing) return stop(() => end(false));
    if (key === 'F2' && !editing) return stop(() => begin(text(active.row, active.column)));
    if (editing) {
      if (key === 'ArrowUp' || key === 'ArrowDown') stop(() => go(key === 'ArrowUp' ? -1 : 1, 0));
      return;
    }
    if (control && key === 'Home') return stop(() => go(-count(), -columns.length, event.shiftKey));
    if (control && key === 'End') return stop(() => go(count(), columns.length, event.shiftKey));
    if (control && key.toLowerCase() === 'a') return stop(all);
    if (control && key.toLowerCase() === 'd') return stop(down);
    if (MOVES[key] && !control) return stop(() => go(...MOVES[key](), event.shiftKey));
    if (key === 'Delete' || key === 'Backspace') stop(() => act.clear(picked()));
  });

  /** Out of the table at its first and last cell, so that nobody is caught in it. */
  function tab(event, stop) {
    const back = event.shiftKey;
    const last = active.column === columns.length - 1;
    if (!editing && ((back && active.row === 0 && active.column === 0) || (!back && last && active.row >= seen()))) return;
    stop(() => {
      if (!back && last) go(1, -columns.length);
      else if (back && active.column === 0) go(-1, columns.length);
      else go(0, back ? -1 : 1);
    });
  }

  function all() {
    active = { row: 0, column: 0 };
    corner = { row: Math.max(0, seen() - 1), column: columns.length - 1 };
    paint();
  }

  /** The rows of the range by their numbers, with its columns. */
  function picked() {
    const { top, bottom, left, right } = range();
    return { rows: numbers(top, bottom - top + 1), left, right };
  }

  const numbers = (top, length) => Array.from({ length }, (_, below) => real(top + below));

  /** Fills the first rows of the range down over it; one row alone is filled from the row above, as in a sheet. */
  function down(high = 1) {
    const { top, bottom, left, right } = range();
    const from = bottom === top ? top - 1 : top;
    if (from < 0 || bottom >= seen()) return;
    const first = Array.from({ length: high }, (_, row) => columns.slice(left, right + 1).map((_, index) => text(from + row, left + index)));
    const to = from + high;
    const block = Array.from({ length: bottom - to + 1 }, (_, row) => first[row % high]);
    act.paste(numbers(to, block.length), left, block, '往下填了');
  }

  field.addEventListener('paste', (event) => {
    if (editing) return;
    event.preventDefault();
    const block = parse(event.clipboardData.getData('text/plain'));
    const { top, left } = range();
    corner = { row: top + block.length - 1, column: Math.min(columns.length - 1, left + block[0].length - 1) };
    active = { row: top, column: left };
    act.paste(numbers(top, block.length), left, block);
  });
  const copy = (event) => {
    if (editing) return false;
    event.preventDefault();
    const { top, bottom, left, right } = range();
    const block = [];
    for (let row = top; row <= bottom; row += 1) {
      block.push(columns.slice(left, right + 1).map((_, index) => text(row, left + index)));
    }
    event.clipboardData.setData('text/plain', format(block));
    return true;
  };
  field.addEventListener('copy', copy);
  field.addEventListener('cut', (event) => copy(event) && act.clear(picked()));
  field.addEventListener('focus', () => box.classList.add('focused'));
  field.addEventListener('blur', () => {
    box.classList.remove('focused');
    if (editing) end(true);
  });
  body.addEventListener('pointerdown', (event) => {
    const cell = event.target.closest('.grid-cell');
    const number = event.target.closest('.grid-number');
    if (!cell && !number) return;
    event.preventDefault();
    end(true);
    const row = Number((cell || number.parentElement).dataset.row);
    const to = { row, column: cell ? Number(cell.dataset.column) : 0 };
    if (event.shiftKey) corner = number ? { row, column: columns.length - 1 } : to;
    else {
      active = to;
      corner = number ? { row, column: columns.length - 1 } : to;
    }
    if (cell) drag();
    paint();
    field.focus({ preventScroll: true });
  });
  function drag() {
    const move = (event) => {
      const cell = event.target.closest && event.target.closest('.grid-cell');
      if (!cell) return;
      corner = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
      paint();
    };
    body.addEventListener('pointermove', move);
    window.addEventListener('pointerup', () => body.removeEventListener('pointermove', move), { once: true });
  }
  body.addEventListener('dblclick', (event) => event.target.closest('.grid-cell') && begin(text(active.row, active.column)));
  window.addEventListener('resize', () => box.isConnected && draw(true));

  refilter();
  return {
    box,
    filters,
    narrowed: () => (shown ? shown.length : null),
    picked,
    filter,
    refilter,
    draw: () => {
      draw(true);
      tell();
    },
    /** Other rows, the cell in hand kept. */
    renew(others) {
      const same = rows.length === others.length;
      rows = others;
      if (!same) refilter();
      active.row = Math.min(active.row, count() - 1);
      corner.row = Math.min(corner.row, count() - 1);
      draw(true);
      tell();
    },
    /** Puts a cell in hand. */
    take(row, column = active.column) {
      if (shown && row < rows.length && !shown.includes(row)) filter(false);
      const at = shown && row < rows.length ? shown.indexOf(row) : seen() + row - rows.length;
      active = corner = { row: Math.max(0, Math.min(at, count() - 1)), column };
      into(active.row, column);
      paint();
      field.focus({ preventScroll: true });
    },
    /** What is being typed goes its way. */
    settle: () => end(true),
    unsaved: () => rows.reduce((sum, one) => sum + Object.keys(one.wrong || {}).length, 0),
  };
}
