// The form: groups with what is missing, and the facts of one group, this year beside last year.

import { $, $$, fill, h } from './dom.js';
import { get, post } from './api.js';
import { ask, failed, toast } from './notice.js';
import { idle, saveFacts } from './edit.js';
import { detail } from './detail.js';
import { cell, changeTo, isDirty, letGo, patch, refuse } from './cell.js';
import { named, spoken } from './named.js';
import { parted } from './oneline.js';
import { fact, listen } from './spell.js';
import { atHead } from './period.js';
import { emit, entries, entry, groupOf, on, state } from './store.js';

let rows = new Map(); // path → element of the fact's row

/** Listens; once. */
export function wireFacts() {
  on('form', take);
  on('saved', refresh);
  on('select', (path) => select(path, false));
  on('findings', marks);
  on('save-now', () => unsaved().forEach((row) => $('input, textarea', row).dispatchEvent(new Event('change'))));
  on('typed', ({ entries: touched }) => touched.forEach((one) => patch(rows.get(one.path), one, true)));
}

/** Draws the view once; later it is only mended. */
export function factsView() {
  return [
    h('aside.pane.groups', { 'aria-label': '分组' },
      h('input', { id: 'search', type: 'search', placeholder: '查找指标', title: '按名称、拼音首字母筛选；Ctrl+F 查找全部', 'aria-label': '查找指标', autocomplete: 'off',
        on: { input: search, focus: listen, keydown: fromSearch } }),
      h('nav', { id: 'groups', 'aria-label': '指标分组' })),
    h('section.pane', { id: 'form', 'aria-label': '填数据' }),
  ];
}

/** Reads the form of the year. */
export async function load() {
  try {
    emit('form', await get(`/api/years/${state.year}/form`));
  } catch (failure) {
    broken(failure);
  }
}

let waiting = 0;
function refresh() {
  clearTimeout(waiting);
  waiting = setTimeout(() => $('#form') && load(), 60);
}

/** A form that was read: the shown group is mended, never drawn anew while somebody types. */
function take(form) {
  const same = state.form && state.form.year === form.year;
  state.form = form;
  if (!groupOf(state.selected) || !same) state.selected = '';
  if (!form.groups.some((group) => group.name === state.group)) state.group = first(form);
  if (!$('#form')) return; // another view is shown; this one reads anew when it comes back
  groups();
  const shown = same && $('#rows') && $('#rows').dataset.group === state.group;
  const paths = entriesShown().map((one) => one.path).join('\n');
  if (shown && paths === [...rows.keys()].join('\n')) {
    entriesShown().forEach((one) => patch(rows.get(one.path), one, false));
    marks();
  } else draw();
  emit('form-shown');
}

const first = (form) => (form.groups.find((group) => group.missing) || form.groups[0] || { name: '' }).name;

function entriesShown() {
  const words = $('#search') ? $('#search').value.trim() : '';
  if (words) return entries().filter((one) => fact(words, one) !== undefined);
  const group = state.form.groups.find((one) => one.name === state.group);
  return group ? group.entries : [];
}

function groups() {
  const button = (group) => h('button', {
    type: 'button', 'aria-current': group.name === state.group ? 'true' : false, data: { group: group.name },
    on: { click: () => show(group.name) },
  }, h('span', {}, group.name), group.missing
    ? h('span.count.todo', {}, `缺 ${group.missing}`) : h('span.count', { 'aria-label': '已填齐' }, '✓'));
  fill($('#groups'), state.form.groups.map(button));
}

/** Shows a group. */
export function show(name) {
  state.group = name;
  if ($('#search')) $('#search').value = '';
  groups();
  draw();
}

function draw() {
  rows = new Map();
  const list = entriesShown();
  const before = state.form.before;
  const missing = list.filter((one) => one.state === 'missing').length;
  const words = $('#search').value.trim();
  const head = h('div.head', {},
    h('h2', {}, words ? `查找“${words}”` : state.group),
    h('span.sub', {}, `${list.length} 项${missing ? `，缺 ${missing} 项` : ''}`),
    h('span.grow'),
    h('button.small', { type: 'button', on: { click: () => emit('new-indicator') } }, '新增指标'));
  const columns = h('div.columns', { 'aria-hidden': 'true' }, h('span', {}, '指标'), h('span', {}, atHead(state.year)),
    h('span', {}, before ? atHead(before) : ''), h('span', {}, '增减'), h('span', {}, '来源'));
  const body = h('div', { id: 'rows', data: { group: words ? '' : state.group } });
  for (const one of list) {
    const row = cell(one, { select: (path) => select(path, false), commit, next, column });
    rows.set(one.path, row);
    body.append(row);
  }
  if (!list.length) body.append(h('p.empty', {}, words ? '没有找到。换个词试试，或清空查找框。' : '这一组还没有指标。'));
  fill($('#form'), head, columns, body);
  marks();
  if (state.selected && rows.has(state.selected)) select(state.selected, false);
}

/** A fact file that has errors: what is wrong, and the way to mend it. */
function broken(failure) {
  state.form = null;
  rows = new Map();
  if (!$('#form')) return failed(failure);
  fill($('#groups'));
  const findings = failure.body && failure.body.findings ? failure.body.findings : [];
  fill($('#form'), h('div.head', {}, h('h2', {}, '事实文件有错误')),
    h('div.broken', {}, h('p', {}, '可能是在别的程序里改动时写错了。先改好下面的地方，才能接着填数。'),
      h('ul', {}, findings.filter((one) => one.level === 'error').map((one) =>
        h('li', {}, h('b', {}, spoken(one.message)), one.file && h('span.where', {}, `${named(one.file)} 第${one.line}行`), one.hint && h('span', {}, spoken(one.hint))))),
      h('div.buttons', {},
        h('button.primary', { type: 'button', on: { click: () => emit('mend', findings) } }, '打开文件改正'),
        h('button', { type: 'button', on: { click: () => emit('history') } }, '还原到以前的版本'))));
}

/** Puts a fact in hand: its details open, its figures in the report stand out. */
export function select(path, focus = true) {
  const group = groupOf(path);
  if (!group) return;
  if (!rows.has(path)) {
    state.selected = path;
    show(group.name);
  }
  const row = rows.get(path);
  if (!row) return;
  const again = state.selected === path && row.classList.contains('selected');
  state.selected = path;
  if (!again) {
    $$('.row.selected', $('#rows')).forEach((one) => one.classList.remove('selected'));
    $$('.detail', $('#rows')).forEach((one) => one.remove());
    row.classList.add('selected');
    row.after(detail(entry(path), commit));
    emit('selected', path);
  }
  if (!again || focus) row.scrollIntoView({ block: 'nearest' });
  const input = focus && $('input, textarea, button.open', row);
  if (input) input.focus({ preventScroll: true });
}

/** Saves what was typed into a cell or one of its details. */
async function commit(change) {
  let outcome = await saveFacts([change]);
  const row = rows.get(change.path);
  if (outcome.bad && outcome.bad[0].code === 'negative-count' && (await surely(outcome.bad[0], row))) {
    outcome = await saveFacts([change], undefined, true);
  }
  if (outcome.bad && row) row.dispatchEvent(new CustomEvent('bad', { detail: outcome.bad[0] }));
  if (outcome.kept && row && change.do !== 'field') letGo(row, entry(change.path));
  return outcome;
}

/** Asks back for a number that is hardly meant. */
async function surely(bad, row) {
  const pressed = await ask('这个数是负数', [h('p', {}, `${bad.message}。真的是负数吗？`)], { mend: '写错了，去改', sure: '就是负数' });
  const input = row && $('input', row);
  if (pressed !== 'sure' && input) setTimeout(() => input.focus());
  return pressed === 'sure';
}

/** Cells that take a column of a sheet: from a fact on as Enter walks, over the ends of groups. */
function below(path) {
  const shown = entriesShown();
  const at = state.form.groups.findIndex((group) => group.name === state.group);
  const later = $('#search').value.trim() ? [] : state.form.groups.slice(at + 1).flatMap((group) => group.entries);
  const list = [...shown, ...later];
  return list.slice(list.findIndex((one) => one.path === path))
    .filter((one) => one.kind !== '台账' && one.state !== 'computed' && !one.paragraphs);
}

/** A column of a sheet into the cells from a fact down, in one step. What is refused stays red and is not saved. */
async function column(path, block) {
  if (block.some((line) => line.length > 1)) {
    return toast(`复制的有 ${Math.max(...block.map((line) => line.length))} 列，不知道填哪一列。请只复制一列数，再粘贴`, { kind: 'bad' });
  }
  const cells = below(path);
  const words = block.map(([one]) => one);
  const over = words.slice(cells.length).filter(Boolean);
  const filled = cells.slice(0, words.length).map((one, index) => ({ one, words: words[index] })).filter((each) => each.words);
  const changes = filled.map(({ one, words: typed }) => changeTo(one.path, one.kind, typed));
  const judged = await post(`/api/years/${state.year}/judge`, { changes }).catch(failed);
  if (!judged) return undefined;
  const bad = new Map(judged.bad.map((one) => [one.index, one]));
  const good = changes.flatMap((change, index) => {
    if (!bad.has(index)) return [change];
    return bad.get(index).instead ? [{ ...change, value: bad.get(index).instead }] : [];
  });
  const refused = filled.map((each, index) => ({ ...each, bad: bad.get(index) })).filter((each) => each.bad && !each.bad.instead);
  const outcome = good.length ? await saveFacts(good) : { saved: true };
  if (!outcome.saved) return outcome.bad && toast(`没有粘贴：${outcome.bad[0].message}`, { kind: 'bad' });
  // The cell that was pasted into shows what the file holds; nothing of it is left to be typed.
  good.forEach((change) => rows.has(change.path) && entry(change.path) && letGo(rows.get(change.path), entry(change.path)));
  refused.forEach((each) => rows.has(each.one.path) && refuse(rows.get(each.one.path), each.words, each.bad));
  const short = (list) => (list.length > 6 ? `${list.slice(0, 6).join('、')}等` : list.join('、'));
  return toast([`从“${path}”往下填了 ${good.length} 格：${short(good.map((change) => `${change.path} ${change.value || change.items.join('、')}`))}`,
    refused.length && `${refused.length} 格写得不对，没有保存：${short(refused.map((each) => `${each.one.path} “${parted(each.words, ' ')}”`))}`,
    words.slice(0, cells.length).some((one) => !one) && '空格子没有动',
    over.length && `下面没有格子了，没有填的：${over.join('、')}`].filter(Boolean).join('；'),
  { kind: refused.length || over.length ? 'note' : '', stay: 20000, actions: good.length ? { 撤销: () => emit('undo') } : {} });
}

/** Down, or up, to the next cell that can be filled; at the end of a group into the next. */
function next(path, step) {
  const inputs = $$('#rows .row input:not([readonly]), #rows .row textarea, #rows .row button.open');
  const at = inputs.findIndex((input) => input.closest('.row').dataset.path === path);
  const to = inputs[at + step];
  if (to) return to.focus();
  const names = state.form.groups.map((group) => group.name);
  const group = names[names.indexOf(state.group) + step];
  if (!group || $('#search').value) return toast('已经到头了');
  show(group);
  const there = $$('#rows .row input:not([readonly]), #rows .row textarea, #rows .row button.open');
  const target = step > 0 ? there[0] : there[there.length - 1];
  if (target) target.focus();
}

/** Findings colour the cells they are about. */
function marks() {
  const worst = new Map();
  const order = ['hint', 'warning', 'error'];
  for (const one of (state.findings && state.findings.findings) || []) {
    if (one.path && order.indexOf(one.level) > order.indexOf(worst.get(one.path))) worst.set(one.path, one.level);
  }
  for (const [path, row] of rows) row.dataset.level = worst.get(path) || '';
}

function search() {
  if (state.form) draw();
  // Letters are known a moment after the box is first entered.
  listen().then((fresh) => fresh && state.form && $('#search') && draw());
}

function fromSearch(event) {
  if (event.key === 'Escape') {
    event.target.value = '';
    search();
  } else if (event.key === 'Enter' && !event.isComposing) {
    const input = $('#rows input');
    if (input) input.focus();
  }
}

/** Whether something was typed that is not saved. */
export const unsaved = () => [...rows.values()].filter(isDirty);

/** Asks before something typed is left behind. */
export async function leave() {
  await idle();
  const wrong = unsaved();
  if (!wrong.length) return true;
  const pressed = await ask('有一格还没有填对', [h('p', {}, '写得不对的内容没有保存。离开这里，它就没有了。')], { stay: '留下改正', go: '不要了' });
  return pressed === 'go';
}
