// Another name, unit, kind or 口径; two that are one, one that is two. What it comes to is shown before it is done.

import { $, fill, h } from './dom.js';
import { get, part, post } from './api.js';
import { idle, queue, settle } from './edit.js';
import { ask, failed, toast } from './notice.js';
import { isCode, spoken } from './named.js';
import { inWords } from './period.js';
import { emit, entries, state } from './store.js';

const KINDS = ['时期', '时点', '比率', '文本', '日期', '名单', '台账'];
const NUMBERS = ['时期', '时点', '比率'];
const WAIT = 350;
const YEAR = /(\d{4})年的事实$/;

/** The button that opens the dialog. @param {string} path */
export const renameButton = (path, words = '改名、单位……') =>
  h('button.small.rename', { type: 'button', title: '改名称、单位、类型、口径；和另一个合并；分出一个。各年的数据、模板、定稿一起跟着改', on: { click: () => rename(path) } }, words);

/** Asks what an indicator is to be from now on, and does it in one step. */
export async function rename(path) {
  try {
    await idle();
    const one = await get(`/api/entry?path=${part(path)}`);
    const form = dialog(one);
    const pressed = await ask(`改“${path}”`, form.content, { ok: '改', cancel: '取消' }, form.act);
    form.end();
    if (pressed === 'ok') done(form.after(), form.label());
  } catch (failure) {
    failed(failure);
  }
}

/** The button that gives a report another name. @param {() => string} name the report in hand; none where it is another text */
export const reportButton = (name) => h('button.small', { type: 'button', title: '报告的名称也是下载的文件名；定稿、样稿一起跟着改',
  on: { click: () => (name() ? renameReport(name()) : toast('先在左边选一个模板', { kind: 'note' })) } }, '报告改名');

async function renameReport(name) {
  const input = h('input', { id: 'report-name', value: name, autocomplete: 'off', maxlength: 60 });
  let label = '';
  setTimeout(() => input.select());
  await idle();
  const pressed = await ask(`改“${name}”`, [labelled('report-name', '报告的名称', input), h('p.hint', {}, '下载的文件、定稿、样稿的名称一起跟着改；报告里的字不变。')], { ok: '改', cancel: '取消' }, () => queue(async () => {
    label = (await post('/api/rename', { changes: [{ do: 'report', old: name, new: input.value.trim() }], write: true })).label;
    await settle();
  }));
  if (pressed !== 'ok') return;
  toast(`已改好：${label}`, { actions: { 撤销: () => emit('undo') } });
  emit('project', { year: state.year });
}

function done(path, label) {
  toast(`已改好：${label}`, { actions: { 撤销: () => emit('undo') } });
  emit('mended');
  if (state.view === 'ledger') emit('open-ledger', path);
  else emit('select-path', path);
}

const labelled = (id, words, input) => [h('label', { for: id }, words), input];

/** The ways of a change, each with its fields; the changes that they ask for now. */
function dialog(one) {
  const ways = { same: own(one), merge: merging(one), split: splitting(one) };
  let way = 'same';
  let plan = null;
  const shown = h('div.planned', { role: 'status', 'aria-live': 'polite' });
  const fields = h('div.more');
  const turn = (name) => {
    way = name;
    fill(fields, ways[way].content);
    look();
  };
  const choice = (name, words) => h('label.way', {}, h('input', { type: 'radio', name: 'way', value: name, checked: name === way, on: { change: () => turn(name) } }), words);
  const choices = h('div.ways', { role: 'radiogroup', 'aria-label': '怎么改' }, choice('same', '改名、单位、口径'), choice('merge', '和另一个合并'), !one.computed && choice('split', '分出一个'));
  let timer;
  let count = 0;
  const look = () => {
    clearTimeout(timer);
    plan = null;
    ready(false);
    timer = setTimeout(preview, WAIT);
  };
  const ready = (can) => {
    const button = $('dialog[open] .buttons .primary');
    if (button) button.disabled = !can;
  };
  async function preview() {
    const changes = ways[way].changes();
    count += 1;
    const turn = count;
    if (!changes.length) return fill(shown, h('p.hint', {}, '还没有改什么。'));
    try {
      const answer = await post('/api/rename', { changes });
      if (turn !== count) return undefined;
      plan = answer;
      fill(shown, planned(answer));
      ready(answer.changes);
    } catch (failure) {
      if (turn === count) fill(shown, h('p.no', { role: 'alert' }, [failure.message, failure.fix].filter(Boolean).map(spoken).join('。')));
    }
    return undefined;
  }
  const box = h('div.renaming', {}, choices, fields, shown);
  box.addEventListener('input', look);
  turn(way);
  setTimeout(() => {
    const first = $('input:not([type=radio])', fields);
    if (first) first.select();
    box.closest('dialog').classList.add('wide');
    ready(false);
  });
  return {
    content: [box],
    act: () => queue(async () => {
      plan = await post('/api/rename', { changes: ways[way].changes(), write: true });
      await settle();
    }),
    end: () => clearTimeout(timer),
    after: () => ways[way].after(),
    label: () => (plan ? plan.label : ''),
  };
}

/** What changes, in words; how a template is written is for whoever has it open. */
function planned(plan) {
  if (!plan.changes) return h('p.hint', {}, '和现在的一样，没有要改的。');
  const plain = (line) => line.replace(/^- /, '');
  const example = ([old, now]) => h('li.example', {}, `${plain(old)} → ${plain(now)}`);
  const readable = (pair) => !pair.some((line) => isCode(line) || line.includes('{'));
  const [years, others] = [plan.touched.filter((one) => YEAR.test(one.what)), plan.touched.filter((one) => !YEAR.test(one.what))];
  const touched = [...together(years), ...others].map((one) => h('li', {}, `${spoken(one.what)}：${one.places}处`,
    YEAR.test(one.what) && h('ul', {}, one.examples.filter(readable).slice(0, 1).map(example))));
  const reworded = plan.reworded.map((line) => h('li', {}, `${line.year}“${line.report}”：`, h('del', {}, line.old || '（没有）'), ' → ', h('ins', {}, line.new || '（没有）')));
  return [
    h('p', {}, h('b', {}, '会这样改')), h('ul.short', {}, touched),
    reworded.length ? [h('p', {}, h('b', {}, `报告里有${plan.reworded.length + plan.more}处会变`)), h('ul.short.reworded', {}, reworded, plan.more > 0 && h('li', {}, `还有${plan.more}处`))]
      : h('p.hint', {}, '各年的报告一个字也不变。'),
    plan.notes.map((note) => h('p.hint', {}, spoken(note))),
  ];
}

/** What the files of several years have of a change is one line. */
function together(years) {
  if (years.length < 2) return years;
  const all = years.map((one) => one.what.match(YEAR)[1]);
  return [{ what: `${all[0]}—${all[all.length - 1]}年的事实`, places: years.reduce((sum, one) => sum + one.places, 0), examples: years.flatMap((one) => one.examples) }];
}

/** Its own name, unit, kind, 口径; of a ledger 主键 and columns. */
function own(one) {
  const ledger = one.kind === '台账';
  const name = h('input', { id: 'new-name', value: one.path, autocomplete: 'off', maxlength: 60 });
  const unit = h('input', { id: 'new-unit', value: one.unit || '', autocomplete: 'off', maxlength: 20 });
  const relabel = tick('只改叫法，各年的数不换算（如“次”改成“场”）');
  const together = tick(`同组里单位也是“${one.unit}”的一起改（一起加减、相比的要一起改）`);
  const kind = h('select', { id: 'new-kind' }, KINDS.map((value) => h('option', { value, selected: value === one.kind }, value)));
  const definition = h('input', { id: 'new-definition', value: one.definition || '', placeholder: '算什么、不算什么', autocomplete: 'off', maxlength: 200 });
  const columns = ledger ? (one.columns || []).map((column) => columnLine(column)) : [];
  const key = h('select', { id: 'new-key' }, one.key ? false : h('option', { value: '' }, '（没有）'), (one.columns || []).map((column) => h('option', { value: column.name, selected: column.name === one.key }, column.name)));
  const path = one.path;
  const changes = () => {
    const asked = [];
    const words = (input) => input.value.trim();
    if (one.registered && !ledger && words(unit) !== (one.unit || '') && words(unit)) asked.push({ do: 'unit', path, unit: words(unit), relabel: relabel.input.checked, together: together.input.checked });
    if (one.registered && kind.value !== one.kind) asked.push({ do: 'kind', path, kind: kind.value });
    if (one.registered && words(definition) !== (one.definition || '')) asked.push({ do: 'definition', path, words: words(definition) });
    if (ledger && key.value && key.value !== one.key) asked.push({ do: 'key', path, column: key.value });
    columns.forEach(({ was, name: of, unit: measured }) => {
      if (measured && words(measured) && words(measured) !== (was.unit || '')) asked.push({ do: 'unit', path: `${path}.${was.name}`, unit: words(measured), relabel: relabel.input.checked });
      if (words(of) && words(of) !== was.name) asked.push({ do: 'name', old: `${path}.${was.name}`, new: words(of) });
    });
    if (words(name) && words(name) !== path) asked.push({ do: 'name', old: path, new: words(name) });
    return asked;
  };
  const content = [
    labelled('new-name', '名称（前面的是分组）', name),
    one.registered && !ledger && [labelled('new-unit', '单位', unit), one.unit && [relabel.box, together.box], labelled('new-kind', '类型', kind)],
    one.registered && labelled('new-definition', '口径', definition),
    ledger && [labelled('new-key', '认行用的一列（主键）', key), h('p.hint', {}, '列的名称和单位'),
      h('div.name-columns', {}, columns.map((column) => [column.name, column.unit || h('span.hint', {}, column.was.kind)])), columns.some((column) => column.unit) && relabel.box],
  ];
  return { content, changes, after: () => whole(path, name.value.trim()) };
}

function columnLine(column) {
  const name = h('input', { value: column.name, 'aria-label': `列 ${column.name} 的名称`, autocomplete: 'off', maxlength: 40 });
  const unit = NUMBERS.includes(column.kind) && h('input', { value: column.unit || '', placeholder: '单位', 'aria-label': `列 ${column.name} 的单位`, autocomplete: 'off', maxlength: 20 });
  return { was: column, name, unit };
}

/** A name as a whole path: one without a group stays in the group. */
function whole(path, name) {
  const at = path.lastIndexOf('.');
  return !name ? path : at > 0 && !name.includes('.') ? `${path.slice(0, at)}.${name}` : name;
}

function tick(words, checked = false) {
  const input = h('input', { type: 'checkbox', checked });
  return { input, box: h('label.tick', {}, input, words) };
}

/** Into which other one it goes. */
function merging(one) {
  const others = entries().filter((other) => other.path !== one.path && other.kind === one.kind);
  const into = h('select', { id: 'merge-into' }, h('option', { value: '' }, '（请选）'), others.map((other) => h('option', { value: other.path }, other.path)));
  return {
    content: [labelled('merge-into', `“${one.path}”其实就是`, into), h('p.hint', {}, '并入以后只剩选的这一个；同一年两个数不一样的，会一一指出来，不合并。')],
    changes: () => (into.value ? [{ do: 'merge', from: one.path, into: into.value }] : []),
    after: () => into.value,
  };
}

/** What the new one is called, and what it takes. */
function splitting(one) {
  const name = h('input', { id: 'split-name', placeholder: '新指标的名称，如 村会议', autocomplete: 'off', maxlength: 60 });
  const places = one.places.map((place) => tick(`${place.report}：${place.words}`));
  const years = one.years.map((year) => tick(inWords(year), true));
  const moved = tick('这些年的值归新的，原来的不再有');
  const chosen = (ticks) => ticks.flatMap(({ input }, index) => (input.checked ? [index] : []));
  const known = () => entries().some((other) => other.path === whole(one.path, name.value.trim()));
  return {
    content: [
      labelled('split-name', '新的名称（已经有的，就只让下面选的几处改用它）', name),
      places.length > 0 && [h('p.hint', {}, '报告里哪几处其实是新的这个：'), h('div.ticks', {}, places.map(({ box }) => box))],
      years.length > 0 && [h('p.hint', {}, '新的先照抄哪些年的值：'), h('div.ticks.years', {}, years.map(({ box }) => box)), moved.box],
    ],
    changes() {
      if (!name.value.trim()) return [];
      const all = known() ? [] : chosen(years).map((at) => one.years[at]);
      return [{ do: 'split', path: one.path, new: name.value.trim(), places: chosen(places).map((at) => at + 1),
        years: all.length === one.years.length ? [] : all, moved: moved.input.checked }];
    },
    after: () => whole(one.path, name.value.trim()),
  };
}
