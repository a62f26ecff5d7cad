// Ledgers: a table that is typed, pasted and sorted, with its totals and what the report makes of it.

import { $, fill, h, icon, ICONS } from './dom.js';
import { call, get, part, post } from './api.js';
import { queue, saveFacts } from './edit.js';
import { grid } from './grid.js';
import { failed, toast } from './notice.js';
import { spoken } from './named.js';
import { renameButton } from './rename.js';
import { format } from './paste.js';
import { blank, many, merge } from './sheet.js';
import { emit, entries, on, state } from './store.js';

let sheet = null; // the table in hand: path, columns, rows
let table = null; // the grid that shows it

/** Shows the view. */
export async function ledgerView(main, detail = {}) {
  if (!state.form || detail.again) {
    const form = await get(`/api/years/${state.year}/form`).catch(failed);
    if (!form) return;
    emit('form', form);
  }
  fill(main, h('aside.pane.groups', { 'aria-label': '台账' }, h('nav', { id: 'ledgers', 'aria-label': '台账' })),
    h('section.pane.sheet', { id: 'sheet', 'aria-label': '台账内容' }));
  const names = entries().filter((one) => one.kind === '台账').map((one) => one.path);
  const wanted = detail.path || (sheet && names.includes(sheet.path) ? sheet.path : names[0]);
  if (!wanted) {
    return fill($('#sheet'), h('p.empty', {}, '这个项目还没有台账。'), h('p.empty', {},
      h('button', { type: 'button', on: { click: () => emit('new-indicator', '台账') } }, '新建台账'), ' ',
      h('button', { type: 'button', on: { click: () => emit('forms') } }, '向各村、各单位收数')));
  }
  await openLedger(wanted, detail.row, detail.again);
}

/** Opens a ledger, at a row, counted from 1 or named, and a column. */
export async function openLedger(path, { number = 0, key = '', column = '' } = {}, again = false) {
  try {
    const fresh = await read(path);
    show(fresh, again && sheet && sheet.path === path ? sheet.rows : null, false);
    const at = (name) => sheet.columns.findIndex((one) => one.name === name);
    const row = key ? sheet.rows.findIndex(({ cells }) => cells[at(sheet.key)] === key) : number - 1;
    if (table && row >= 0) table.take(row, Math.max(at(column), 0));
  } catch (failure) {
    failed(failure);
  }
}

/** Shows what was read. `plan` are the rows in hand that it is to be joined with. */
function show(fresh, plan, own) {
  const rows = plan ? merge(plan, fresh.rows, own) : fresh.rows.map((cells) => ({ cells, wrong: {} }));
  const again = plan && table && $('.grid') === table.box && same(table.columns, fresh.columns);
  const filters = plan && table && same(table.columns, fresh.columns) ? table.filters : undefined;
  sheet = { ...fresh, rows };
  names();
  if (again) {
    table.renew(sheet.rows);
    sheet.narrowed = table.narrowed();
    return foot();
  }
  const columns = fresh.columns.map((one) => ({ ...one, width: width(one, fresh) }));
  table = grid({ columns, rows: sheet.rows, act, filters });
  sheet.narrowed = table.narrowed();
  table.columns = fresh.columns;
  fill($('#sheet'), head(), h('p.tip', {}, '从 Excel、WPS 表格里选中几行按 ', h('kbd', {}, 'Ctrl+C'), '，回到这里点一格按 ', h('kbd', {}, 'Ctrl+V'),
    '，整块粘贴；写得不对的格子标红、不保存。'), table.box, h('div.totals', { id: 'totals' }), h('p.say', { id: 'say', role: 'status' }));
  table.draw();
  foot();
}

const same = (a, b) => a && a.map((one) => one.name).join() === b.map((one) => one.name).join();

/** Columns as wide as what they hold, within bounds. */
function width(column, { rows, columns }) {
  const at = columns.indexOf(column);
  const wide = (words) => Array.from(words).reduce((sum, letter) => sum + (letter > '\u00ff' ? 16 : 9), 0);
  const most = rows.slice(0, 300).reduce((max, cells) => Math.max(max, wide(cells[at])), wide(column.name + (column.unit || '')) + 22);
  return `minmax(${Math.min(320, Math.max(96, most + 22))}px, ${column.number ? 1 : 2}fr)`;
}

function names() {
  const button = (one) => h('button', { type: 'button', 'aria-current': one.path === sheet.path ? 'true' : false,
    on: { click: () => openLedger(one.path) } }, h('span', {}, one.path),
  h('span.count', { class: one.rows === null ? 'todo' : '' }, one.rows === null ? '未填' : `${one.path === sheet.path ? sheet.rows.length : one.rows} 行`));
  fill($('#ledgers'), entries().filter((one) => one.kind === '台账').map(button),
    h('div.tools', {}, h('button.small', { type: 'button', on: { click: () => emit('new-indicator', '台账') } }, '新建台账'),
      h('button.small', { type: 'button', id: 'collect', title: '设好发给哪些村、哪些单位，发出去填，收回来汇总', on: { click: () => emit('forms') } }, '采集表')));
}

function head() {
  const tool = (words, run, drawing) => h('button.small', { type: 'button', on: { click: run } }, drawing && icon(drawing), words);
  return h('div.head', {}, h('h2', {}, sheet.path), keyChoice(), renameButton(sheet.path, '改名、列、单位……'), h('span.sub', { id: 'feeds' }), h('span.grow'),
    tool('筛选', () => table.filter($('.grid .filters').hidden)), tool('增加一行', () => table.take(sheet.rows.length, 0), ICONS.plus), tool('在上面插入', insert), tool('删除所选行', remove), tool('整表复制', copyAll));
}

/** Which column names the rows: the same one in an imported table or another year is the same row. */
function keyChoice() {
  const names = sheet.columns.filter((one) => one.kind).map((one) => one.name);
  if (!('facts/指标' in state.known) || !names.length) return false;
  const option = (value, words) => h('option', { value, selected: value === (sheet.key || '') }, words);
  const choice = h('select', { id: 'ledger-key', on: { change: () => queue(() => setKey(choice)) } },
    option('', '（没有）'), names.map((name) => option(name, name)));
  return h('label.sub', { for: 'ledger-key', title: '导入表格、与上年比时，这一列一样的就是同一行' }, '认行用（主键） ', choice);
}

async function setKey(choice) {
  const { path, key } = sheet;
  try {
    const answer = await call('PATCH', '/api/registry', {
      body: { path, field: '主键', value: choice.value }, revision: state.known['facts/指标'],
    });
    state.known['facts/指标'] = answer.revision;
    sheet.key = choice.value || null;
    emit('saved', { year: state.year, changes: [] });
  } catch (failure) {
    choice.value = key || '';
    failed(failure);
  }
}

function foot() {
  const shown = sheet.columns.filter((one) => one.total !== null || one.why);
  fill($('#totals'), h('b', {}, `共 ${sheet.rows.length} 行${typeof sheet.narrowed === 'number' ? `，筛出 ${sheet.narrowed} 行` : ''}`), shown.map((one) => h('span', {}, `${one.name}合计 `,
    one.total !== null ? h('b', {}, one.total) : h('em', { title: one.why }, '算不出来'))));
  fill($('#feeds'), sheet.feeds.length ? `报告里用到：${sheet.feeds.map((one) => `${one.path} ${one.value}`).join('，')}` : '');
}

/** The ledger as it is now. */
async function read(path) {
  const fresh = await get(`/api/years/${state.year}/ledgers/${part(path)}`);
  if (state.form) state.form.revision = fresh.revision;
  return fresh;
}

let turn = Promise.resolve();
/** Does one thing after another: what comes next is meant for what the file holds then. */
function inTurn(run) {
  const done = turn.then(run);
  turn = done.catch(failed);
  return turn;
}

/** While rows change places, nothing is typed into them. */
async function still(run) {
  const { box } = table;
  box.inert = true;
  await inTurn(run);
  box.inert = false;
}

const act = {
  edit: (row, column, words, sure = false) => inTurn(() => write([{ row, column: sheet.columns.findIndex((one) => one.name === column.name), words }], { sure })),
  /** `numbers` are those of the rows that the lines of the block go to. */
  paste: (numbers, left, block, verb = '粘贴了') => inTurn(() => {
    const cells = block.flatMap((line, down) => line.flatMap((words, right) =>
      (left + right < sheet.columns.length ? [{ row: numbers[down], column: left + right, words }] : [])));
    return write(cells, { paste: block.length, verb, cut: block.some((line) => left + line.length > sheet.columns.length) });
  }),
  narrowed(count) {
    sheet.narrowed = count;
    foot();
  },
  clear: ({ rows, left, right }) => inTurn(() => {
    const cells = [];
    for (const row of rows.filter((one) => one < sheet.rows.length)) {
      for (let column = left; column <= right; column += 1) {
        const one = sheet.rows[row];
        if (one.cells[column] !== '' || one.wrong[sheet.columns[column].name]) cells.push({ row, column, words: '' });
      }
    }
    return cells.length ? write(cells) : undefined;
  }),
  async sort(column) {
    await still(async () => {
      const down = sheet.sorted === column.name && !sheet.down;
      const { order } = await get(`/api/years/${state.year}/ledgers/${part(sheet.path)}/order?column=${part(column.name)}&down=${down}`);
      const there = sheet.rows.filter((one) => !one.only);
      const saved = await save([{ do: 'rows', path: sheet.path, rows: order }], order.map((row) => there[row - 1]));
      if (!saved) return;
      Object.assign(sheet, { sorted: column.name, down });
      table.refilter();
      table.draw();
      toast(`已按“${column.name}”${down ? '从大到小' : '从小到大'}排好`, { actions: { 撤销: () => emit('undo') } });
    });
    table.take(0, sheet.columns.findIndex((one) => one.name === column.name));
  },
  say(wrong) {
    fill($('#say'), wrong && [h('span', {}, spoken(`第${wrong.row + 1}行“${wrong.column.name}”没有保存：${wrong.message}${wrong.instead ? '' : `。${wrong.fix || ''}`}`)),
      wrong.code === 'negative-count' && h('button.small', { type: 'button', on: { click: () => act.edit(wrong.row, wrong.column, wrong.text, true) } }, '就是负数'),
      wrong.instead && h('button.small', { type: 'button', on: { click: () => act.edit(wrong.row, wrong.column, wrong.instead) } }, `改成 ${wrong.instead}`)]);
  },
};

/** Cells in one step: right ones are saved; of a paste what was surely meant is written so; the rest stays red. */
async function write(cells, { paste = 0, cut = false, sure = false, verb = '' } = {}) {
  const sent = cells.map(({ column, words }) => ({ do: 'cell', path: sheet.path, row: 1, column: sheet.columns[column].name, value: words }));
  const judged = await post(`/api/years/${state.year}/judge`, { changes: sent, sure }).catch(failed);
  if (!judged) return;
  const bad = new Map(judged.bad.map((one) => [one.index, paste ? one : { ...one, instead: undefined, offer: one.instead }]));
  const { changes, plan, mended, refused } = many(sheet.path, sheet.columns, sheet.rows, cells, bad);
  const tidied = cells.filter(({ column, words }, index) => !bad.has(index) && sheet.columns[column].number && /[０-９．％，,]/.test(words)).length;
  if (!paste) offers(plan, cells, bad);
  if (changes.length) await save(changes, plan, sure);
  else {
    sheet.rows = plan;
    table.renew(plan);
  }
  if (!paste) return;
  toast([`${verb} ${paste} 行 ${cells.length} 格`, mended + tidied > 0 && `${mended + tidied} 格改成了规定的写法（如半角数字）`, refused && `${refused} 格写得不对，标红没有保存`,
    cut && '右边多出来的列没有贴'].filter(Boolean).join('，'), { kind: refused || cut ? 'note' : '', actions: { 撤销: () => emit('undo') } });
}

/** What was typed by hand is not rewritten unasked: the right writing is offered. */
function offers(plan, cells, bad) {
  cells.forEach(({ row, column }, index) => {
    const wrong = plan[row] && plan[row].wrong[sheet.columns[column].name];
    if (wrong && bad.get(index)) wrong.instead = bad.get(index).offer;
  });
}

/** Saves, and shows what the file holds then. */
async function save(changes, plan, sure = false) {
  const path = sheet.path;
  const before = JSON.stringify(sheet.rows.filter((one) => !one.only).map((one) => one.cells));
  const moved = async () => {
    const now = await read(path).catch(() => null);
    const other = !now || JSON.stringify(now.rows) !== before;
    if (other) toast(`台账“${path}”刚在别处改过，您这一下没有写进去。请看看现在的内容，再填一次`, { kind: 'note', stay: 0 });
    return other;
  };
  const outcome = await saveFacts(changes, moved, sure);
  if (outcome.bad) toast(`没有保存：${outcome.bad[0].message}`, { kind: 'bad' });
  const fresh = await read(path).catch(failed);
  if (fresh && sheet && sheet.path === path) show(fresh, outcome.saved ? plan : sheet.rows, outcome.saved);
  return outcome.saved;
}

async function insert() {
  await turn;
  const [top] = table.picked().rows;
  sheet.rows.splice(Math.min(top, sheet.rows.length), 0, blank(sheet.columns));
  table.renew(sheet.rows);
  table.take(top, 0);
}

async function remove() {
  let [top] = table.picked().rows;
  await still(async () => {
    top = await removeRows();
  });
  table.take(Math.max(0, Math.min(top, sheet.rows.length)), 0);
}

/** Deletes the rows in hand, and says where they were. */
async function removeRows() {
  const picked = table.picked().rows.filter((row) => row < sheet.rows.length);
  const [top] = table.picked().rows;
  if (!picked.length) {
    toast('请先选中要删除的行');
    return top;
  }
  const gone = picked.map((row) => sheet.rows[row]);
  const plan = sheet.rows.filter((one) => !gone.includes(one));
  const there = sheet.rows.filter((one) => !one.only);
  const rows = there.flatMap((one, index) => (gone.includes(one) ? [] : [index + 1]));
  if (rows.length === there.length) {
    sheet.rows = plan;
    table.renew(plan);
  } else if (await save([{ do: 'rows', path: sheet.path, rows }], plan)) {
    toast(`删去了 ${gone.length} 行`, { actions: { 撤销: () => emit('undo') } });
  }
  return top;
}

async function copyAll() {
  const names = sheet.columns.map((one) => (one.unit ? `${one.name}（${one.unit}）` : one.name));
  const block = [names, ...sheet.rows.filter((one) => !one.only).map((one) => one.cells)];
  await navigator.clipboard.writeText(format(block)).then(
    () => toast(`已复制 ${block.length - 1} 行，可以粘贴到 Excel、WPS 表格`),
    () => toast('浏览器不让复制。请点一格，按 Ctrl+A 再按 Ctrl+C', { kind: 'bad' }),
  );
}

/** Whether something was typed that is not saved. */
export const unsavedCells = () => (table && table.box.isConnected ? table.unsaved() : 0);

on('year', () => {
  sheet = null;
});
on('save-now', (wait) => {
  if (!table || !table.box.isConnected) return;
  table.settle();
  wait(turn);
});