// What belongs to a fact beside its value: 来源, 口径, 说明, the years before, and where it stands in the report.

import { $, $$, fill, h, made } from './dom.js';
import { call, get, part } from './api.js';
import { queue } from './edit.js';
import { failed } from './notice.js';
import { renameButton } from './rename.js';
import { emit, entry, on, state } from './store.js';

/** @param {any} one the fact @param {Function} commit saves a change of it */
export function detail(one, commit) {
  const box = h('div.detail', { data: { path: one.path } });
  const list = h('dl');
  const line = (words, ...content) => list.append(h('dt', {}, words), h('dd', {}, content));
  if (one.state === 'computed') line('怎么算', h('span', {}, one.formula || '由公式计算'));
  else {
    line('来源', words(one, '来源', one.own_source, one.source ? `不写就用：${one.source}` : '这个数从哪里来', commit));
    line('说明', words(one, '说明', one.note, '怎么来的、与往年有什么不同；不印出来', commit));
  }
  line('口径', registered(one, '口径', one.definition, '算什么、不算什么'));
  if (one.state !== 'computed') line('标记', marks(one, commit));
  line('历年', h('div.years', { data: { of: one.path } }, '……'));
  line('报告中', h('span.places', { data: { of: one.path } }));
  box.append(list, h('p.change-of-name', {}, renameButton(one.path)));
  if (one.flags.length) box.prepend(h('p.flags', {}, one.flags.join('；')));
  years(one, $('.years', box));
  places(one, $('.places', box));
  return box;
}

/** One line of words that is kept beside the value. */
function words(one, field, value, hint, commit) {
  const input = h('input', { value, placeholder: hint, 'aria-label': `${one.name} ${field}`, autocomplete: 'off' });
  input.addEventListener('change', async () => {
    const sent = input.value.trim();
    if (sent === value) return;
    const outcome = await commit({ do: 'field', path: one.path, field, value: sent, was: value });
    if (outcome.saved) value = sent;
    else input.value = value;
  });
  leave(input, () => value);
  return input;
}

/** What the registry says of an indicator: the same for all years. */
function registered(one, field, value, hint) {
  if (!('facts/指标' in state.known)) return h('span', {}, value || '（没有指标表）');
  const input = h('input', { value, placeholder: hint, 'aria-label': `${one.name} ${field}`, autocomplete: 'off' });
  input.addEventListener('change', () => queue(async () => {
    const sent = input.value.trim();
    if (sent === value) return;
    try {
      const answer = await call('PATCH', '/api/registry', {
        body: { path: one.path, field, value: sent }, revision: state.known['facts/指标'],
      });
      state.known['facts/指标'] = answer.revision;
      value = sent;
      emit('saved', { year: state.year, changes: [] });
    } catch (failure) {
      input.value = value;
      failed(failure);
    }
  }));
  leave(input, () => value);
  return input;
}

function leave(input, value) {
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') input.blur();
    if (event.key === 'Escape') input.value = value();
  });
}

function marks(one, commit) {
  const box = (field, label, on) => {
    const input = h('input', { type: 'checkbox', checked: on, data: { mark: field } });
    input.addEventListener('change', async () => {
      const outcome = await commit({ do: 'field', path: one.path, field, value: input.checked ? '是' : '', was: input.checked ? '' : '是' });
      if (!outcome.saved) input.checked = !input.checked;
    });
    return h('label.tick', {}, input, label);
  };
  return [box('待核', '待核（还没有核实）', one.unverified), one.estimates && box('估计', '估计（年底的预计数）', one.estimate)];
}

async function years(one, place) {
  if (!['时期', '时点', '比率'].includes(one.kind)) return fill(place, one.then ? `上年：${one.then}` : '没有往年的记录');
  try {
    const { trends } = await get(`/api/years/${state.year}/trends?path=${part(one.path)}`);
    if (!trends.length) fill(place, one.then ? `上年：${one.then}` : '没有往年的数');
    else fill(place, made(trends[0].line));
  } catch {
    fill(place, '历年的数读不出来');
  }
}

/** Every place of the report where a fact stands. */
export function trailsOf(one) {
  const inside = (path) => path === one.path || path.startsWith(`${one.path}[`);
  const stands = (trail) => {
    const paths = trail.facts.filter((fact) => fact.year === state.year).map((fact) => fact.path);
    return one.parts && one.parts.length ? one.parts.every((path) => paths.includes(path)) : paths.some(inside);
  };
  return state.trails.flatMap((trail, index) => (stands(trail) ? [index] : []));
}

/** The fact that a gap waits for. A gap that is broken over two lines is two elements, each with a part of the name. */
export function gapPath(gap) {
  const [, open, words, closed] = /^(【待填：)?([^、】]*)(】?)/.exec(gap.textContent);
  const paths = state.missing.map((one) => one.replace(/^\d{4}年/, ''));
  const fits = (path) => (open ? path.startsWith(words) : closed ? path.endsWith(words) : path.includes(words));
  return paths.find((path) => path === words) || paths.find(fits) || '';
}

function places(one, place) {
  const found = trailsOf(one).map((index) => $(`#pages [data-trail="${index}"]`)).filter(Boolean);
  const gaps = $$('#pages .missing').filter((gap) => gapPath(gap) === one.path);
  if (!found.length && gaps.length) {
    const pages = [...new Set(gaps.map((gap) => gap.closest('.page').dataset.page))];
    return fill(place, `${pages.map((page) => `第${page}页`).join('、')}，等着填`);
  }
  if (!found.length) return fill(place, state.missing.includes(one.path) ? '正文里等着填' : '正文里没有用到');
  fill(place, found.map((figure) => h('button.link', {
    type: 'button', on: { click: () => emit('show-figure', figure.dataset.trail) },
  }, `第${figure.closest('.page').dataset.page}页 ${figure.textContent}`)));
}

/** A value that was typed is no longer to be looked at. */
on('form-shown', () => {
  const box = $('.detail');
  const one = box && entry(box.dataset.path);
  const tick = one && $('[data-mark="待核"]', box);
  if (tick) tick.checked = one.unverified;
});

on('pages', () => {
  const place = $('.detail .places');
  const one = place && state.form && state.form.groups.flatMap((group) => group.entries).find((each) => each.path === place.dataset.of);
  if (one) places(one, place);
});
