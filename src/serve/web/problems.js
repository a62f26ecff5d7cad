// What is to be filled in, what is left of the year before, and what the checks find, live: a click goes to the place,
// one press mends what is mechanical, and what is right is confirmed.

import { $, $$, fill, h, icon } from './dom.js';
import { call, get, part, post } from './api.js';
import { trailsOf } from './detail.js';
import { queue, saveFacts, settle } from './edit.js';
import { ask, failed, toast } from './notice.js';
import { isCode, named as textName, spoken } from './named.js';
import { bring, oneByOne } from './panes.js';
import { inWords } from './period.js';
import { emit, entry, on, state } from './store.js';

const LEVELS = {
  error: ['必须改', 'M8 3v6M8 12v.5'],
  warning: ['请核对', 'M5.6 6a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.4M8 12.4v.5'],
  hint: ['提示', 'M8 7v5M8 4v.5'],
};
let open = '';

/** The pane. */
export function problems() {
  return h('aside.pane.problems', { 'aria-label': '需要处理' },
    h('div.head', {}, h('h2', {}, '需要处理'), h('span.sub', { id: 'problem-count' }), h('span.grow'),
      h('button.small', { type: 'button', title: 'F8', on: { click: next } }, '下一个')),
    h('div', { id: 'problems' }, h('p.empty', {}, '正在检查……')));
}

let waiting = 0;
/** Listens; once. */
export function wireProblems() {
  on('saved', () => later(350));
  on('checked-again', () => later(0));
  on('pages', places);
}

function later(time) {
  clearTimeout(waiting);
  waiting = setTimeout(check, time);
}

/** Asks for the findings of the year. */
export async function check() {
  const year = state.year;
  try {
    const query = state.template ? `?template=${part(state.template)}` : '';
    const found = await get(`/api/years/${year}/problems${query}`);
    if (year !== state.year) return;
    state.findings = found;
    draw();
    emit('findings');
  } catch (failure) {
    const place = $('#problems');
    if (place) fill(place, h('p.empty', {}, spoken(`${failure.message}。${failure.fix || ''}`)));
  }
}

function draw() {
  const place = $('#problems');
  if (!place) return;
  const { findings, aside, skipped, tasks, carried } = state.findings;
  const order = ['error', 'warning', 'hint'];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const count = (level) => findings.filter((one) => one.level === level).length;
  const left = tasks.total - tasks.filled;
  const words = [left && `${left} 项要填`, carried.length && `${carried.length} 项请核`,
    ...order.filter(count).map((level) => `${count(level)} 处${LEVELS[level][0]}`)];
  fill($('#problem-count'), words.filter(Boolean).join('，'));
  fill(place,
    skipped && h('p.note', {}, skipped),
    left > 0 && toFill(tasks),
    carried.length > 0 && toLookAt(carried),
    alike(sorted).map(([one, ...others]) => card(one, others)),
    !sorted.length && h('p.empty.good', {}, left || carried.length ? '此外没有发现问题。' : '没有发现问题。'),
    aside.length > 0 && h('details.aside', {}, h('summary', {}, `已说明理由的 ${aside.length} 处`),
      aside.map((one) => h('div.card', {}, h('p', {}, spoken(one.finding.message)), h('p.hint', {}, one.reason)))));
}

/** What is to be filled in, by who gives it, with how far it is. */
function toFill({ total, filled, open: groups }) {
  const one = (group) => h('p.task', {}, h('b', {}, group.name), group.facts.map((path) => task(path, group)));
  return h('details.tasks', { id: 'to-fill', open: unfolded('to-fill') },
    h('summary', {}, h('span', {}, `要填的：${total} 项，已填 ${filled} 项`),
      h('progress', { max: total, value: filled, 'aria-label': '已填' })),
    groups.map(one));
}

function task(path, group) {
  const own = path.startsWith(`${group.name}.`) && !group.source;
  const [ledger] = path.split(/[[（]/);
  const goes = entry(path) ? () => emit('select-path', path) : entry(ledger) ? () => emit('select-path', path) : null;
  const words = own ? path.slice(group.name.length + 1) : path;
  return goes ? h('button.link', { type: 'button', on: { click: goes } }, words) : h('span', {}, words);
}

/** What stands there from the year before: one press says that it still holds. */
function toLookAt(carried) {
  const values = carried.filter((one) => one.rule === 'fact-unverified');
  const all = values.length > 1 && h('button.small.do', { type: 'button', on: { click: () => verified(values) } }, '全部属实');
  return h('details.tasks', { id: 'to-look-at', open: unfolded('to-look-at') },
    h('summary', {}, h('span', {}, `上年沿用，请核：${carried.length} 项`)),
    all && h('div.answers', {}, h('span', {}, '还是这些数的：'), all),
    carried.map((one) => (values.includes(one) ? kept(one) : stale(one))));
}

function kept(one) {
  const { path, value } = one.about;
  return h('div.task', {}, h('button.link', { type: 'button', on: { click: () => emit('select-path', path) } }, path), h('b', {}, value),
    h('button.small.do', { type: 'button', on: { click: () => verified([one]) } }, '属实'),
    h('button.small', { type: 'button', on: { click: () => emit('select-path', path) } }, '改'));
}

function stale(one) {
  return h('div.task', {}, h('button.link', { type: 'button', on: { click: () => jump(one) } }, spoken(one.message)),
    said(one), isTemplate(one) && inTemplate(one));
}

const folded = new Set();
/** Whether a part is open; it stays as it was left. */
function unfolded(id) {
  const box = $(`#${id}`);
  if (box && !box.open) folded.add(id);
  else if (box) folded.delete(id);
  return !folded.has(id);
}

/** Findings that say the same of one text, as one. */
function alike(list) {
  const kinds = new Map();
  for (const one of list) {
    const key = one.about ? one.id : JSON.stringify([one.rule, one.message, one.file]);
    kinds.set(key, [...(kinds.get(key) || []), one]);
  }
  return [...kinds.values()];
}

function card(one, others) {
  const [label, path] = LEVELS[one.level];
  const spot = place(one);
  return h('section.card', { class: `${one.level}${one.id === open ? ' open' : ''}`, data: { id: one.id } },
    h('span.level', {}, icon(path, label)),
    h('div.body', {},
      h('button.title', { type: 'button', on: { click: () => jump(one) } }, spoken(one.message)),
      h('p.where.spot', {}, spot),
      others.length > 0 && h('p.where', {}, `这样的共 ${others.length + 1} 处：`, others.slice(0, 8).map((other) =>
        h('button.small', { type: 'button', on: { click: () => jump(other) } }, where(other))),
      others.length > 8 && '……'),
      said(one),
      h('div.answers', {}, answers(one, others))));
}

/** The place of another finding of the same text, in a few words. */
function where(one) {
  if (one.page) return `第${one.page}页第${one.row}行`;
  if (one.path) return field(one.path);
  return one.line ? `模板第${one.line}行` : '另一处';
}

/** The places again, when the pages are others. */
function places() {
  for (const card of $$('#problems > .card')) {
    const one = state.findings && state.findings.findings.find((each) => each.id === card.dataset.id);
    if (one) fill($('.spot', card), place(one));
  }
}

/** Where a fact is printed first. */
function printed(path) {
  const one = path && entry(path);
  const figure = one && trailsOf(one).map((index) => $(`#pages [data-trail="${index}"]`)).find(Boolean);
  const line = figure && figure.closest('[data-line]');
  return line ? { page: figure.closest('.page').dataset.page, row: line.dataset.line } : {};
}

/** Where it is, as staff look for it: in the report, in a field; else what it is in. */
function place(one) {
  const at = one.page ? one : printed(one.path);
  const page = at.page ? `报告第${at.page}页第${at.row}行` : '';
  const named = one.path && !one.message.includes(one.path) ? field(one.path) : '';
  return [page, named].filter(Boolean).join(' · ') || (one.text && !one.path ? textName(one.text) : '');
}

/** A field of the form, or a row of a ledger. */
function field(path) {
  const [, name, row] = /^(.*?)(?:\[(\d+)\].*)?$/.exec(path) || [];
  return row ? `台账“${name}”第${row}行` : `“${name}”`;
}

function answers(one, others) {
  const buttons = [];
  if (one.fix && others.length && others.every((other) => other.fix)) {
    buttons.push(h('button.small.do', { type: 'button', on: { click: () => mend(one, true) } }, `${others.length + 1} 处一次改好`));
  }
  if (one.fix) {
    buttons.push(h('button.small.do', { type: 'button', on: { click: () => mend(one) } },
      one.fix.new === '' ? `删去“${one.fix.old}”` : `改成“${one.fix.new}”`));
  }
  if (one.about) {
    buttons.push(h('button.small', { type: 'button', on: { click: () => confirm(one) } }, '确认属实'));
  }
  if (isTemplate(one)) {
    buttons.push(inTemplate(one));
  }
  if (one.path && entry(one.path) && entry(one.path).state !== 'computed') {
    buttons.push(h('button.small', { type: 'button', on: { click: () => emit('select-path', one.path) } }, '去改'));
  }
  return buttons;
}

/** How to mend it, but for how a template is written. */
const said = (one) => one.hints.filter((hint) => !isCode(hint)).map((hint) => h('p', {}, spoken(hint)));

/** The way to the line of a template, where the rest is said. */
const inTemplate = (one) => h('button.small', { type: 'button',
  on: { click: () => emit('open-text', { id: one.text, line: one.line, note: one }) } }, '改模板');

const isTemplate = (one) => Boolean(one.text && one.text.startsWith('templates/'));

/** Goes to the place that a finding is about. */
function jump(one) {
  open = one.id;
  $$('.card.open').forEach((card) => card.classList.remove('open'));
  const card = $(`.card[data-id="${one.id}"]`);
  if (card) card.classList.add('open');
  if (one.path) emit('select-path', one.path);
  if (one.page) emit('show-line', { page: one.page, row: one.row });
  if (!one.path && one.text && !one.page) emit('open-text', { id: one.text, line: one.line, note: one });
}

/** The next finding, from the one that is open. */
export function next() {
  bring('problems');
  const cards = $$('#problems > .card');
  if (!cards.length) return toast('没有要处理的问题');
  const at = cards.findIndex((card) => card.dataset.id === open);
  const card = cards[(at + 1) % cards.length];
  card.scrollIntoView({ block: 'nearest' });
  $('button.title', card).focus();
  const one = state.findings.findings.find((each) => each.id === card.dataset.id);
  if (!one) return;
  jump(one);
  // Where the list is behind the field that it leads to, its words are said beside the field.
  if (oneByOne() && one.path) toast(one.message, { kind: 'note' });
}

function mend(one, all = false) {
  return queue(async () => {
    try {
      const done = await post(`/api/years/${state.year}/fix`, { id: one.id, all });
      await settle();
      emit('mended');
      toast(`已改好。${done.label}`, { actions: { 撤销: () => emit('undo') } });
    } catch (failure) {
      failed(failure);
      later(0);
    }
  });
}

/** Values of the year before that still hold: one step for all of them. */
async function verified(list) {
  await saveFacts(list.map((one) => ({ do: 'field', path: one.about.path, field: '待核', value: '', was: '是' })));
}

/** Somebody says with a name that a fact is as it is. */
async function confirm(one) {
  const by = h('input', { id: 'by', value: localStorage.getItem('huibao.by') || '', autocomplete: 'off', maxlength: 20 });
  const note = h('input', { id: 'note', autocomplete: 'off', maxlength: 200 });
  const pressed = await ask('确认属实', [
    h('p', {}, `${inWords(one.about.year)}“${one.about.path}”是 ${one.about.value}。确认以后不再提醒；值变了会重新提醒。`),
    h('label', { for: 'by' }, '确认人'), by, h('label', { for: 'note' }, '原因（可以不写）'), note,
  ], { ok: '确认属实', cancel: '取消' });
  if (pressed !== 'ok') return;
  localStorage.setItem('huibao.by', by.value.trim());
  await queue(async () => {
    try {
      await call('POST', `/api/years/${state.year}/confirm`, {
        body: { rule: one.rule, path: one.about.path, value: one.about.value, by: by.value, note: note.value },
      });
      await settle();
      later(0);
    } catch (failure) {
      failed(failure);
    }
  });
}
