// Indicators over the years: charts drawn by the program, each with its numbers as a table.

import { $, fill, h, made } from './dom.js';
import { get } from './api.js';
import { failed } from './notice.js';
import { emit, state } from './store.js';

let words = '';
let kind = 'bars';
let all = [];

/** Shows the view. */
export async function trendView(main) {
  const choose = (name, label) => h('button.small', { type: 'button', 'aria-pressed': String(kind === name), data: { name }, on: { click: (event) => {
    kind = name;
    event.target.parentElement.querySelectorAll('button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.name === kind)));
    draw();
  } } }, label);
  fill(main, h('section.pane.trends', { 'aria-label': '趋势图' },
    h('div.head', {}, h('h2', {}, '趋势图'), h('span.sub', { id: 'trend-count' }),
      h('div.filters', { role: 'group', 'aria-label': '样式' }, choose('bars', '柱形'), choose('line', '折线')), h('span.grow'),
      h('input', { type: 'search', value: words, placeholder: '查找指标', 'aria-label': '查找指标', on: { input: (event) => {
        words = event.target.value.trim();
        draw();
      } } })),
    h('div.cards', { id: 'cards', tabindex: 0, role: 'region', 'aria-label': '各指标的图' }, h('p.empty', {}, '正在画……'))));
  try {
    all = (await get(`/api/years/${state.year}/trends`)).trends;
    draw();
  } catch (failure) {
    fill($('#cards'));
    failed(failure);
  }
}

function draw() {
  if (!$('#cards')) return;
  const shown = all.filter((one) => !words || one.path.includes(words));
  fill($('#trend-count'), `${shown.length} 个指标`);
  fill($('#cards'), shown.map(card), !shown.length && h('p.empty', {}, all.length ? '没有找到。' : '还没有两年以上都有数的指标。'));
}

function card(one) {
  return h('section.chart', { 'aria-label': one.path },
    h('h3', {}, h('button.link', { type: 'button', title: '去这个指标', on: { click: () => emit('select-path', one.path) } }, one.path), h('b', {}, one.last)),
    h('div.drawing', {}, made(one[kind])),
    h('details', {}, h('summary', {}, '数字'), made(one.table)));
}
