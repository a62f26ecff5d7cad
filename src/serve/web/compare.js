// A year beside another, beside what was issued, or beside a file: prose, what was copied, and the facts. The comparison is made by the program.

import { $, $$, chooseFile, fill, h, made } from './dom.js';
import { call, get } from './api.js';
import { fetchFile, postFile } from './download.js';
import { atHead, others as othersOf, periodOf, yearOf } from './period.js';
import { emit, state } from './store.js';

/** The sides that are no year: what was issued this year, a file, and the wish for another file. */
const [OWN, FILE, CHOOSE] = ['own', 'file', 'choose'];

let filter = 'all';
let shown = 'prose';
let file = null; // what a year is compared with, where that is a file

/** Shows the view. */
export async function compareView(main) {
  const { issued, open } = await get('/api/issued').catch(() => ({ issued: [], open: [] }));
  const others = othersOf(state.project.years, state.year);
  const own = issued.some((one) => one.year === state.year);
  const choices = [...others.map((year) => [String(year), `${atHead(year)}（${open.includes(year) ? '没有定稿' : '定稿'}）`]),
    ...(own ? [[OWN, `${atHead(state.year)}的定稿和现在`]] : []), ...(file ? [[FILE, `文件 ${file.name}`]] : []), [CHOOSE, '选一个文件……']];
  const before = others.find((year) => yearOf(year) < yearOf(state.year)) || others[0];
  const known = choices.some(([value]) => value === String(state.against) && value !== CHOOSE);
  state.against = known ? String(state.against) : before ? String(before) : own ? OWN : '';
  const sides = h('select', { id: 'against', 'aria-label': '和什么对比', on: { change: (event) => choose(main, event.target) } },
    !state.against && h('option', { value: '' }, '请选'),
    choices.map(([value, words]) => h('option', { value, selected: value === state.against }, words)));
  fill(main,
    h('section.pane.reading', { 'aria-label': '对比' },
      h('div.head', {}, h('h2', {}, '和'), sides, h('h2', {}, '对比'),
        h('div.filters', { id: 'parts', role: 'group', 'aria-label': '对比什么' }, side('prose', '文字'), side('facts', '事实')),
        h('span.sub', {}, h('ins', {}, '新写的'), ' ', h('del', {}, '删去的')),
        h('span.grow'), h('div.filters', { id: 'filters', role: 'group', 'aria-label': '只看' })),
      h('div', { id: 'prose', tabindex: 0, role: 'region', 'aria-label': '逐段对照' }, h('p.empty', {}, '正在对比……')),
      h('div', { id: 'fact-changes', tabindex: 0, role: 'region', 'aria-label': '事实对比' })),
    h('aside.pane.sums', { 'aria-label': '对比小结' },
      h('div.head', {}, h('h2', {}, '小结'), h('span.grow'),
        h('button.small', { id: 'redline', type: 'button', on: { click: redline } }, '下载花脸稿')),
      h('div', { id: 'sums' })));
  if (state.against) return read();
  return fill($('#prose'), h('p.empty', {}, '只有一年的事实，还没有可以对比的上年。往年的报告有 Word 文件的，请在上面“选一个文件”；有了上年的事实文件，或从上年的报告导入以后，就能逐段对照。'));
}

/** Another side: a year, what was issued this year, or a file, which is asked for. */
function choose(main, select) {
  const wanted = select.value;
  if (wanted !== CHOOSE) {
    state.against = wanted;
    return read();
  }
  select.value = state.against;
  return chooseFile('.docx,.txt,.md', ([chosen]) => {
    if (!chosen) return;
    file = chosen;
    state.against = FILE;
    compareView(main);
  });
}

const query = (words = {}) => `?${new URLSearchParams({ ...(state.template && { template: state.template }), ...words })}`;

/** The redline of what is shown. */
const redline = () => (state.against === FILE
  ? postFile(`/api/years/${state.year}/redline${query({ file: file.name })}`, file)
  : fetchFile('redline'));

/** Prose or facts. */
function side(name, words) {
  return h('button.small', { type: 'button', 'aria-pressed': String(name === shown), data: { name }, on: { click: () => {
    shown = name;
    turn();
  } } }, words);
}

function turn() {
  $$('#parts button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.name === shown)));
  $('#prose').hidden = shown !== 'prose';
  $('#filters').hidden = shown !== 'prose';
  $('#fact-changes').hidden = shown !== 'facts';
}

/** What the program finds between the two sides. */
function compared() {
  if (state.against === FILE) return call('POST', `/api/years/${state.year}/compare${query({ file: file.name })}`, { raw: file });
  const other = state.against === OWN ? state.year : periodOf(state.against);
  const [old, now] = yearOf(other) < yearOf(state.year) ? [other, state.year] : [state.year, other];
  return get(`/api/compare/${old}/${now}${query()}`);
}

async function read() {
  try {
    const found = await compared();
    if (!$('#prose')) return;
    fill($('#prose'), made(found.prose));
    sums(found);
    filters(found);
    apply();
    turn();
  } catch (failure) {
    if (!$('#prose')) return;
    fill($('#prose'), h('p.empty', {}, [failure.message, failure.where, failure.fix].filter(Boolean).join('。')));
    fill($('#sums'));
    fill($('#filters'));
  }
}

function sums(found) {
  const big = (words, value) => h('div.sum', {}, h('span', {}, words), h('b', {}, value));
  const percent = (value) => (value === null ? '没有可比的' : `${value}%`);
  const facts = found.facts === null ? h('p.empty', {}, '文件里只有文字，没有事实可以对比。') : made(found.facts);
  for (const row of facts.querySelectorAll('tbody tr')) link(row);
  fill($('#sums'),
    big('照搬率（与上年文字相同）', percent(found.copied)), big('连标题', percent(found.copied_whole)),
    big('能在上年全文中找到', percent(found.found)),
    found.facts !== null && [big('有变化的事实', `${found.changed} 项`), big('请核对的事实', `${found.asking} 项`)],
    found.about.map((words) => h('p.basis', {}, words, '。')),
    h('div.notes', {}, made(found.summary)));
  fill($('#fact-changes'), facts);
}

/** The name of a fact leads to its cell. */
function link(row) {
  const cell = row.firstElementChild;
  const path = cell.textContent;
  fill(cell, h('button.link', { type: 'button', on: { click: () => emit('select-path', path) } }, path));
}

function filters(found) {
  const same = found.classes.find((one) => one.name === 'same').count;
  const all = found.classes.reduce((sum, one) => sum + one.count, 0);
  const choices = [['all', '全部', all], ['changed', '有改动', all - same],
    ...found.classes.map((one) => [one.name, one.label, one.count]), ['moved', '移动', found.moved]].filter(([name, , count]) => count || name === 'all');
  if (!choices.some(([name]) => name === filter)) filter = 'all';
  fill($('#filters'), choices.map(([name, words, count]) => h('button.small', {
    type: 'button', 'aria-pressed': String(name === filter), data: { name }, on: { click: () => {
      filter = name;
      apply();
    } } }, `${words} ${count}`)));
}

function apply() {
  $$('#filters button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.name === filter)));
  for (const row of $$('#prose tr.block')) {
    const shown = filter === 'all' || (filter === 'changed' ? !row.classList.contains('same') || row.classList.contains('moved') : row.classList.contains(filter));
    row.hidden = !shown;
  }
}
