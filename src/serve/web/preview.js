// The report page by page. Pages come from the program; the browser only puts those in place that changed. While
// somebody types, one request is on its way at a time and the newest value goes next, so nothing waits for a timer.

import { $, $$, fill, h, icon, ICONS, made } from './dom.js';
import { call } from './api.js';
import { isCode, named, spoken } from './named.js';
import { failed } from './notice.js';
import { explain } from './cell.js';
import { emit, entry, on, state } from './store.js';
import { gapPath, trailsOf } from './detail.js';
import { closeOrigin, follow, origin } from './origin.js';
import { issuedLine } from './issue.js';
import { printReport } from './print.js';

let shown = []; // digests of the pages that are shown
let digest = ''; // that of the trails
let wanted = null; // what to ask for next
let busy = false;
let typed = null; // the value being typed
let written = null; // the template being edited
const widths = [300, 380, 440, 500, 560, 620, 700, 794, 900, 1100];

/** The pane. */
export function preview() {
  const zoom = (step) => () => {
    const others = widths.filter((one) => (one - width()) * step > 0);
    if (others.length) setWidth(step > 0 ? others[0] : others[others.length - 1]);
  };
  const pane = h('section.preview', { 'aria-label': '报告预览' },
    h('div.head', {}, h('h2', {}, '报告'), h('span.sub', { id: 'page-count' }), h('span', { id: 'reports' }), h('span.grow'),
      h('button.small', { id: 'to-print', type: 'button', title: '打印的就是 PDF（Ctrl+P）', on: { click: printReport } }, '打印'),
      h('button.bare', { type: 'button', 'aria-label': '缩小', on: { click: zoom(-1) } }, icon(ICONS.minus)),
      h('span.sub', { id: 'zoom' }),
      h('button.bare', { type: 'button', 'aria-label': '放大', on: { click: zoom(1) } }, icon(ICONS.plus))),
    issuedLine(),
    h('div', { id: 'pages', tabindex: 0, role: 'region', 'aria-label': '报告的页', on: { click, scroll: follow } }));
  new ResizeObserver(fit).observe($('#pages', pane));
  return pane;
}

/** Listens; once. */
export function wirePreview() {
  on('typing', ({ change, row }) => {
    typed = change && { change, row };
    ask();
    if (!change) explain(row, null);
  });
  on('saved', () => ask());
  on('selected', highlight);
  on('findings', colour);
  on('show-figure', (index) => reveal(index));
  on('written', (template) => {
    written = template;
    ask();
  });
}

/** Everything anew: another year or report. */
export function reload() {
  shown = [];
  digest = '';
  typed = null;
  ask();
}

/** Asks for the pages as they would be now. */
export function ask() {
  if (!$('#pages')) return; // another view is shown; this one reads anew when it comes back
  wanted = { year: state.year, typed, written };
  if (!busy) run();
}

async function run() {
  busy = true;
  while (wanted) {
    const now = wanted;
    wanted = null;
    try {
      const answer = await call('POST', `/api/years/${now.year}/preview`, { body: {
        template: state.template || null, changes: now.typed ? [now.typed.change] : [], written: now.written, have: shown, trails: digest,
      } });
      if (now.year === state.year) take(answer, now);
    } catch (failure) {
      if (now.year === state.year) hindered(failure.body && failure.body.findings, failure);
    }
  }
  busy = false;
}

function take(answer, now) {
  if (!$('#pages')) return;
  if (now.typed && typed && now.typed.change === typed.change) explain(now.typed.row, answer.bad[0]);
  if (now.typed && !answer.bad.length) emit('typed', answer);
  emit('judged', answer);
  emit('issued', answer.issued);
  if (answer.hindered) return hindered(answer.hindered);
  if (answer.trails) state.trails = answer.trails;
  digest = answer.trails_digest;
  state.missing = answer.missing;
  state.pages = answer.pages.length;
  state.characters = answer.characters;
  put(answer.pages);
  highlight();
  colour();
  emit('pages');
}

/** Puts pages in place; those that stayed are not touched. */
function put(pages) {
  const place = $('#pages');
  $$('.hindered, .loading', place).forEach((one) => one.remove());
  const old = $$('.page', place);
  let lost = false; // the program was told that a page is here, and it is not
  pages.forEach((page, index) => {
    const there = old[index];
    if (page.html === null && there && there.dataset.digest === page.digest) return;
    let element = page.html === null ? old.find((one) => one.dataset.digest === page.digest) : null;
    if (element) element = element.cloneNode(true);
    else element = made(page.html || '').firstElementChild;
    if (!element) {
      lost = true;
      return;
    }
    element.dataset.digest = page.digest;
    if (there) there.replaceWith(element);
    else place.append(element);
  });
  old.slice(pages.length).forEach((one) => one.remove());
  shown = pages.map((page) => page.digest);
  fill($('#page-count'), `共 ${pages.length} 页`);
  fit();
  if (lost) {
    shown = [];
    ask();
  }
}

/** Why there is no report, in place of the pages. */
function hindered(findings, failure) {
  if (failure && !findings) return failed(failure);
  shown = [];
  const place = $('#pages');
  if (!place) return;
  fill($('#page-count'));
  fill(place, h('div.hindered', {}, h('h3', {}, '报告现在出不来'), (findings || []).filter((one) => one.level === 'error').slice(0, 20).map((one) =>
    h('p', {}, h('b', {}, spoken(one.message)), one.file && h('span.where', {}, `${named(one.file)} 第${one.line}行`), one.hint && !isCode(one.hint) && h('span', {}, spoken(one.hint))))));
}

/** The figures of the fact in hand stand out. */
function highlight() {
  $$('#pages .figure.selected').forEach((one) => one.classList.remove('selected'));
  const one = entry(state.selected);
  const trails = new Set(one ? trailsOf(one).map(String) : []);
  const all = $$('#pages [data-trail]').filter((figure) => trails.has(figure.dataset.trail));
  all.forEach((figure) => figure.classList.add('selected'));
  const gaps = $$('#pages .missing').filter((gap) => one && gapPath(gap) === one.path);
  $$('#pages .missing.selected').forEach((gap) => gap.classList.remove('selected'));
  gaps.forEach((gap) => gap.classList.add('selected'));
  const first = all[0] || gaps[0];
  if (first && document.activeElement && document.activeElement.closest('#form')) into(first);
}

/** Findings colour the figures they are about. */
function colour() {
  const bad = new Map();
  for (const one of (state.findings && state.findings.findings) || []) {
    if (one.path && (one.level === 'error' || !bad.has(one.path))) bad.set(one.path, one.level);
  }
  for (const figure of $$('#pages [data-trail]')) {
    const trail = state.trails[Number(figure.dataset.trail)];
    const levels = trail ? trail.facts.filter((fact) => fact.year === state.year).map((fact) => bad.get(fact.path)) : [];
    figure.dataset.level = levels.includes('error') ? 'error' : levels.includes('warning') ? 'warning' : '';
  }
}

function into(figure) {
  const [box, one] = [$('#pages').getBoundingClientRect(), figure.getBoundingClientRect()];
  if (one.top < box.top + 40 || one.bottom > box.bottom - 40) figure.scrollIntoView({ block: 'center' });
}

/** Shows where a figure stands. */
export function reveal(index) {
  const figure = $(`#pages [data-trail="${index}"]`);
  if (!figure) return;
  figure.scrollIntoView({ block: 'center' });
  flash(figure);
}

/** Shows a line of a page, both from 1. */
export function revealLine(page, row) {
  const element = $(`#pages .page[data-page="${page}"]`);
  if (!element) return;
  const line = $(`[data-line="${row}"]`, element) || element;
  line.scrollIntoView({ block: 'center' });
  flash(line);
}

function flash(element) {
  element.classList.add('flash');
  setTimeout(() => element.classList.remove('flash'), 1600);
}

function click(event) {
  const gap = event.target.closest('.missing');
  const figure = event.target.closest('[data-trail]');
  if (gap) {
    emit('select-path', gapPath(gap));
  } else if (figure) {
    const trail = state.trails[Number(figure.dataset.trail)];
    if (trail) origin(figure, trail);
  } else closeOrigin();
}

let chosen = 0; // the width that somebody chose, in pixels
let fitted = 560; // the width that the pane has room for
let room = 560; // the room of the pane, which a page on its side may fill
const width = () => chosen || fitted;

function setWidth(pixels) {
  chosen = pixels;
  draw();
}

function draw() {
  const look = document.documentElement.style;
  look.setProperty('--page-width', `${width()}px`);
  look.setProperty('--landscape-width', chosen ? '1000mm' : `${room}px`);
  if ($('#zoom')) fill($('#zoom'), `${Math.round((width() / 794) * 100)}%`);
}

/** The widest page that the pane has room for, until somebody chooses. */
function fit() {
  const pane = $('#pages');
  if (!pane || !pane.clientWidth) return;
  room = Math.max(widths[0], pane.clientWidth - 32);
  fitted = Math.min(794, room);
  draw();
}
