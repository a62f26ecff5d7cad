// What an import found, gone through by staff: each answer is done in the project at once, so that an interruption
// loses nothing; the report beside it stays the same to the letter.

import { $, $$, fill, h } from './dom.js';
import { get, post } from './api.js';
import { queue, settle } from './edit.js';
import { askWords, failed, toast } from './notice.js';
import { preview, reload } from './preview.js';
import { trailsOf } from './detail.js';
import { renameButton } from './rename.js';
import { reviewTab } from './frame.js';
import { newest, yearOf } from './period.js';
import { emit, entry, state } from './store.js';

let items = [];
let all = false; // whether rows that need no look are shown

/** Shows the view. */
export async function reviewView(main) {
  fill(main,
    h('section.pane.review', { 'aria-label': '导入核对' },
      h('div.head', {}, h('h2', {}, '导入核对'), h('span.sub', { id: 'review-left' }),
        h('div.filters', { role: 'group', 'aria-label': '只看' }, choose(false, '要看的'), choose(true, '全部')), h('span.grow'),
        h('button.primary', { id: 'begin', type: 'button', on: { click: begin } }, `开始填 ${yearOf(newest(state.project.years)) + 1} 年`)),
      h('p.tip', {}, '程序从报告里找出了每年要更新的数。请看看标出来的这些，答错了可以撤销。'),
      h('div', { id: 'items', tabindex: 0, role: 'region', 'aria-label': '找到的事实' })),
    preview());
  reload();
  try {
    const form = await get(`/api/years/${state.year}/form`);
    emit('form', form);
    take(await get('/api/review'));
  } catch (failure) {
    failed(failure);
  }
}

const choose = (which, words) => h('button.small', { type: 'button', 'aria-pressed': String(all === which), on: { click: (event) => {
  all = which;
  $$('button', event.target.parentElement).forEach((one) => one.setAttribute('aria-pressed', String(one === event.target)));
  draw();
} } }, words);

function take(answer) {
  items = answer.items;
  state.project.review = answer.left;
  if (!$('#items')) return;
  reviewTab();
  draw();
}

function draw() {
  const open = items.filter((one) => one.open).length;
  fill($('#review-left'), open ? `还有 ${open} 项要看，共 ${items.length} 项` : `${items.length} 项都看好了`);
  const shown = items.filter((one) => all || one.open);
  fill($('#items'), shown.map(row), !shown.length && h('p.empty.good', {}, '都核对好了，可以开始填今年的数。'));
}

function row(one) {
  const element = h('section.item', { class: one.open ? 'open' : '', data: { row: one.row } },
    h('button.link', { type: 'button', title: '在报告里看', on: { click: () => show(one) } }, one.path),
    h('b', {}, one.value), h('span.sub', {}, `${one.year}年`), one.verdict && h('span.verdict', {}, one.verdict),
    one.context && h('p.context', {}, marked(one)),
    one.doubt && h('p.doubt', {}, one.doubt));
  if (one.open && one.years.length) element.append(yearly(one));
  element.append(one.open ? answers(one) : later(one));
  return element;
}

/** The words around a value; the program sets it off with brackets, the page with colour. */
function marked(one) {
  const [before, ...rest] = one.context.split(`【${one.value}】`);
  return rest.length ? [before, h('mark', {}, one.value), rest.join(one.value)] : one.context;
}

/** A sum over years: what each of them had; where nobody says of how many, from which year on. */
function yearly(one) {
  const field = (year) => [h('label', { for: `y-${one.row}-${year}` }, `${year}年`),
    h('input', { id: `y-${one.row}-${year}`, data: { year }, autocomplete: 'off', placeholder: '连单位' })];
  const fields = h('span.fields', {}, one.years.map(field));
  const since = one.since && [h('label', { for: `since-${one.row}` }, '从哪一年起'),
    h('input.year', { id: `since-${one.row}`, value: one.years[0], inputmode: 'numeric', maxlength: 4, autocomplete: 'off', on: { input: (event) => {
      const first = Number(event.target.value);
      if (!(first > one.year - 30 && first <= one.year)) return;
      const kept = new Map($$('input', fields).map((input) => [Number(input.dataset.year), input.value]));
      const years = Array.from({ length: one.year - first + 1 }, (_, at) => first + at);
      fill(fields, years.map(field));
      $$('input', fields).forEach((input) => { input.value = kept.get(Number(input.dataset.year)) || ''; });
    } } })];
  return h('form.yearly', { on: { submit: (event) => {
    event.preventDefault();
    const years = $$('input', fields).map((input) => [Number(input.dataset.year), input.value.trim()]);
    decide(one, { years });
  } } }, since, fields, h('button.small.do', { type: 'submit' }, '按年填好'));
}

const right = (one) => (one.ledger ? '作台账' : one.since ? '对，只是这一年的' : one.years.length ? '不拆，以后直接填合计' : '对');
const naming = (one) => h('button.small', { type: 'button', on: { click: () => rename(one) } }, '改名');

function answers(one) {
  const no = one.ledger
    ? h('button.small', { type: 'button', title: '表格里的数照原样留在模板里，正文里的数还是一个一个填', on: { click: () => decide(one, { verdict: '不是' }) } }, '不作台账，照原样留着')
    : h('button.small', { type: 'button', title: '照原文保留，以后每年不变', on: { click: () => decide(one, { verdict: '不是' }) } }, '不是每年要更新的');
  return h('div.answers', {},
    h('button.small.do', { type: 'button', on: { click: () => decide(one, { verdict: '对' }) } }, right(one)), naming(one), no);
}

/** What was looked over, or needs no look, can still be called otherwise. */
function later(one) {
  const gone = ['不是', '已没有'].includes(one.verdict);
  return !gone ? h('div.answers', {}, naming(one), !one.column && renameButton(one.path, '单位、类型……')) : h('span');
}

async function rename(one) {
  const words = await askWords('换个名称', '名称', { value: one.path, hint: '分组和名称之间用一个点，例如 宣传.会议' });
  if (!words || words === one.path) return;
  const group = one.path.includes('.') && !words.includes('.') ? `${one.path.slice(0, one.path.lastIndexOf('.'))}.` : '';
  decide(one, { rename: group + words });
}

function decide(one, answer) {
  return queue(async () => {
    try {
      const done = await post(`/api/review/${one.row}`, { path: one.path, value: one.value, ...answer });
      await settle();
      emit('form', await get(`/api/years/${state.year}/form`));
      take(done);
      emit('saved', { year: state.year, changes: [] });
      const next = $('#items .item.open button.do');
      if (next) next.focus();
    } catch (failure) {
      failed(failure);
    }
  });
}

/** Where a fact stands in the report. */
function show(one) {
  const fact = entry(one.path);
  const trail = fact ? trailsOf(fact)[0] : undefined;
  if (trail === undefined) toast('正文里没有用到这一项');
  else emit('show-figure', trail);
}

/** The table of the next year, last year's figures beside it. */
async function begin() {
  try {
    const year = yearOf(newest(state.project.years)) + 1;
    const made = await post('/api/years', { year });
    await settle();
    state.view = 'facts';
    emit('project', { year: made.year });
    toast(`已建好${made.year}年：${made.blank} 处待填，${made.unverified} 处待核`);
  } catch (failure) {
    failed(failure);
  }
}
