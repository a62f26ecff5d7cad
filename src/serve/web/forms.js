// Forms for villages and offices: who is asked for what and until when, the files that are handed out, and who has not
// answered. What comes back is dropped on the page like every workbook.

import { $, $$, chooseFile, fill, h } from './dom.js';
import { call, get, part, post } from './api.js';
import { queue, settle } from './edit.js';
import { fetchFrom } from './download.js';
import { newColumns } from './newcolumns.js';
import { ask, failed, toast } from './notice.js';
import { inWords } from './period.js';
import { emit, entries, state } from './store.js';
import { ENDINGS, importWorkbooks } from './workbook.js';

/** Shows what is collected this year; where nothing is yet, begins. */
export async function forms() {
  let all;
  try {
    all = (await get(`/api/years/${state.year}/collections`)).collections;
  } catch (failure) {
    return failed(failure);
  }
  if (!all.length) return setUp(all);
  const box = h('div', { id: 'forms' }, all.map((one) => collection(one, all)), h('p.hint', {}, '收回来的表一次选中全部，拖到网页上就行，文件名改了也不要紧；写入以前先给您看，写入以后一步可以撤销。'));
  const asking = ask(`${inWords(state.year)}采集表`, [box], { back: '选收回的文件…', more: '再设一种', close: '关闭' });
  const dialog = box.closest('dialog');
  dialog.ondragover = (event) => event.preventDefault();
  dialog.ondrop = (event) => {
    dialog.close();
    $('#app').ondrop(event);
  };
  const pressed = await asking;
  if (pressed === 'back') chooseFile(ENDINGS.join(), (files) => files.length && importWorkbooks(files), true);
  if (pressed === 'more') setUp(all);
}

function collection(one, all) {
  const missing = one.units.filter((unit) => !unit.returned).map((unit) => unit.name);
  const back = one.units.length - missing.length;
  const due = one.due && `，请在 ${one.due} 前报回`;
  const leave = (run) => (event) => {
    event.target.closest('dialog').close();
    run();
  };
  const state_ = (unit) => (!unit.returned ? h('span.todo', {}, '没有交') : unit.blank.length ? h('span.todo', {}, `已交，还差 ${unit.blank.join('、')}`) : h('span.good', {}, '已交'));
  return h('section.collection', { data: { ledger: one.ledger } },
    h('h3', {}, one.ledger, h('small', {}, `收 ${one.columns.filter((column) => column.asked).map((column) => column.name).join('、')}${due || ''}`)),
    h('p.lead', {}, `应交 ${one.units.length} 个，已交 ${back} 个`,
      missing.length ? ['，', h('b.missing', {}, `还差 ${missing.length} 个：${missing.join('、')}`)] : h('span.good', {}, '，都交齐了')),
    h('details', {}, h('summary', {}, '各单位'), h('ul.units', {}, one.units.map((unit) => h('li', {}, h('b', {}, unit.name), ' ', state_(unit))))),
    h('div.answers', {},
      h('button.small.do', { type: 'button', on: { click: () => fetchFrom(`/api/years/${state.year}/forms?${new URLSearchParams({ ledger: one.ledger })}`) } }, '下载（压缩包）'),
      h('button.small', { type: 'button', on: { click: () => put(one) } }, '存到项目文件夹'),
      h('button.small', { type: 'button', on: { click: leave(() => setUp(all, one)) } }, '改名单、内容、截止日期'),
      h('button.small', { type: 'button', on: { click: leave(() => emit('open-ledger', one.ledger)) } }, '打开台账')));
}

async function put(one) {
  try {
    const { folder, count } = await post(`/api/years/${state.year}/forms`, { ledger: one.ledger });
    toast(`已写好 ${count} 张，在项目的“${folder}”里。`, { stay: 12000 });
  } catch (failure) {
    failed(failure);
  }
}

/** Asks who is to be asked for what; `one` is a collection that is there. */
async function setUp(all, one) {
  const ledgers = entries().filter((entry) => entry.kind === '台账').map((entry) => entry.path).filter((path) => !all.some((each) => each.ledger === path));
  const NEW = '（新建一个）';
  const which = h('select', { id: 'forms-ledger', on: { change: () => choose() } }, [NEW, ...ledgers].map((name) => h('option', { value: name }, name)));
  const name = h('input', { id: 'forms-name', autocomplete: 'off', maxlength: 30, placeholder: '如 各村' });
  const key = h('input', { id: 'forms-key', autocomplete: 'off', maxlength: 20, value: '村' });
  const table = newColumns({ key: false, kinds: ['时期', '时期'] });
  const totals = h('input', { id: 'forms-totals', type: 'checkbox', checked: true });
  const units = h('textarea', { id: 'forms-units', rows: 6, placeholder: '一行一个，可以从 Excel 里整列粘贴', value: one ? one.units.map((unit) => unit.name).join('\n') : '' });
  const due = h('input', { id: 'forms-due', type: 'date', value: (one && one.due) || '' });
  const what = h('div.what');
  let known = one;
  const ticks = () => known.columns.map((column) => h('label.tick', {}, h('input', { type: 'checkbox', checked: column.asked, data: { column: column.name } }), column.name, column.unit && `（${column.unit}）`));
  const draw = () => fill(what, known
    ? [h('p.sub', {}, '要收哪些'), h('div.ticks', {}, ticks())]
    : [h('label', { for: 'forms-name' }, '这张汇总台账叫什么'), name, h('label', { for: 'forms-key' }, '单位名称的一列叫什么'), key,
      h('p.sub', {}, '要收哪些数'), picked(table), table.box, h('label.tick', { for: 'forms-totals' }, totals, '数字列同时登记合计，报告里可以直接用')]);
  const choose = async () => {
    known = undefined;
    if (which.value !== NEW) {
      try {
        const { columns, key: own } = await get(`/api/years/${state.year}/ledgers/${part(which.value)}`);
        known = { ledger: which.value, columns: columns.filter((column) => column.name !== own).map((column) => ({ ...column, asked: true })) };
      } catch (failure) {
        failed(failure);
      }
    }
    draw();
  };
  draw();
  const sent = () => ({
    ledger: known ? known.ledger : name.value.trim(), key: key.value.trim(), totals: totals.checked, due: due.value, units: units.value.split(/\r?\n/),
    columns: known ? [] : table.columns(), asked: known ? asked(what) : [],
  });
  const pressed = await ask(one ? `采集表 ${one.ledger}` : '新设采集表', [
    !one && ledgers.length > 0 && [h('label', { for: 'forms-ledger' }, '汇总到哪个台账'), which], what,
    h('label', { for: 'forms-units' }, '发给哪些单位'), units, h('label', { for: 'forms-due' }, '截止日期（可以不写）'), due,
  ], { ok: one ? '保存' : '设好', cancel: '取消' }, () => queue(async () => {
    await call('POST', `/api/years/${state.year}/collections`, { body: sent() });
    await settle();
    emit('mended');
  }));
  if (pressed === 'ok') forms();
}

/** The columns that are ticked; none where all are. */
function asked(what) {
  const all = $$('[data-column]', what);
  const on = all.filter((one) => one.checked);
  return on.length === all.length ? [] : on.map((one) => one.dataset.column);
}

/** Indicators that are there already: one press, and the column is called and measured alike. */
function picked(table) {
  const numbers = entries().filter((one) => ['时期', '时点', '比率'].includes(one.kind) && one.state !== 'computed');
  const pick = h('select', { id: 'forms-pick', 'aria-label': '从指标里选', on: { change: () => {
    const one = numbers.find((each) => each.path === pick.value);
    if (one) table.put({ name: one.name.split('.').pop(), kind: one.kind, unit: one.unit });
    pick.value = '';
  } } }, h('option', { value: '' }, '从已有的指标里选，或在下面写……'), numbers.map((one) => h('option', { value: one.path }, `${one.path}${one.unit ? `（${one.unit}）` : ''}`)));
  return numbers.length > 0 && pick;
}
