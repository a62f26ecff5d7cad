// A year beside another: prose, what was copied, and the facts. The comparison is made by the program.

import { $, $$, fill, h, made } from './dom.js';
import { get, part } from './api.js';
import { fetchFile } from './download.js';
import { emit, state } from './store.js';

let filter = 'all';
let shown = 'prose';

/** Shows the view. */
export async function compareView(main) {
  const others = state.project.years.filter((year) => year !== state.year);
  if (!others.length) {
    return fill(main, h('p.empty', {}, '只有一年的事实，还不能对比。有了上年的事实文件，或从上年的报告导入以后，就能逐段对照。'));
  }
  const before = [...others].reverse().find((year) => year < state.year) || others[0];
  const wanted = others.includes(Number(state.against)) ? Number(state.against) : before;
  state.against = wanted;
  const years = h('select', { id: 'against', 'aria-label': '对比哪一年', on: { change: (event) => {
    state.against = Number(event.target.value);
    read(state.against);
  } } }, [...others].reverse().map((year) => h('option', { value: year, selected: year === wanted }, `${year} 年`)));
  fill(main,
    h('section.pane.reading', { 'aria-label': '对比' },
      h('div.head', {}, h('h2', {}, '和'), years, h('h2', {}, '对比'),
        h('div.filters', { id: 'parts', role: 'group', 'aria-label': '对比什么' }, side('prose', '文字'), side('facts', '事实')),
        h('span.sub', {}, h('ins', {}, '新写的'), ' ', h('del', {}, '删去的')),
        h('span.grow'), h('div.filters', { id: 'filters', role: 'group', 'aria-label': '只看' })),
      h('div', { id: 'prose', tabindex: 0, role: 'region', 'aria-label': '逐段对照' }, h('p.empty', {}, '正在对比……')),
      h('div', { id: 'fact-changes', tabindex: 0, role: 'region', 'aria-label': '事实对比' })),
    h('aside.pane.sums', { 'aria-label': '对比小结' },
      h('div.head', {}, h('h2', {}, '小结'), h('span.grow'),
        h('button.small', { type: 'button', on: { click: () => fetchFile('redline') } }, '下载花脸稿')),
      h('div', { id: 'sums' })));
  await read(wanted);
}

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

async function read(against) {
  const [old, now] = against < state.year ? [against, state.year] : [state.year, against];
  try {
    const query = state.template ? `?template=${part(state.template)}` : '';
    const found = await get(`/api/compare/${old}/${now}${query}`);
    if (!$('#prose')) return;
    fill($('#prose'), made(found.prose));
    sums(found);
    filters(found);
    apply();
    turn();
  } catch (failure) {
    if ($('#prose')) fill($('#prose'), h('p.empty', {}, [failure.message, failure.where, failure.fix].filter(Boolean).join('。')));
  }
}

function sums(found) {
  const big = (words, value) => h('div.sum', {}, h('span', {}, words), h('b', {}, value));
  const percent = (value) => (value === null ? '没有可比的' : `${value}%`);
  const facts = made(found.facts);
  for (const row of facts.querySelectorAll('tbody tr')) link(row);
  fill($('#sums'),
    big('照搬率（与上年文字相同）', percent(found.copied)), big('连标题', percent(found.copied_whole)),
    big('能在上年全文中找到', percent(found.found)),
    big('有变化的事实', `${found.changed} 项`), big('请核对的事实', `${found.asking} 项`),
    found.about && h('p.basis', {}, found.about, '。'),
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
