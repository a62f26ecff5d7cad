// Where a figure comes from, beside the figure: how it was computed, its facts, their file, line and source.

import { $, h, icon, ICONS } from './dom.js';
import { inWords } from './period.js';
import { emit, entry, state } from './store.js';

let beside = null; // the figure that the note is about

/** The fact that a place in a ledger belongs to. */
const fact = (path) => path.replace(/\[\d+\].*$/, '');

/** Opens the note at a figure. */
export function origin(figure, trail) {
  closeOrigin();
  const line = (one) => h('li', {}, h('b', {}, one.text), ` ${inWords(one.year)} `,
    one.year === state.year && entry(fact(one.path))
      ? h('button.link', { type: 'button', on: { click: () => go(one.path) } }, one.path) : one.path,
    h('span.where', {}, one.source ? `来源：${one.source}` : '未写来源'));
  const many = trail.facts.length > 8;
  const box = h('div.origin', { id: 'origin', role: 'dialog', 'aria-label': `${figure.textContent} 的出处` },
    h('div.top', {}, h('b', {}, figure.textContent), h('span', {}, trail.derivation === '事实' ? '取自事实' : trail.derivation),
      h('button.bare', { type: 'button', 'aria-label': '关闭', on: { click: closeOrigin } }, icon(ICONS.close))),
    h('ul', {}, trail.facts.slice(0, 8).map(line), many && h('li', {}, `……共${trail.count}个事实`)));
  document.body.append(box);
  beside = figure;
  follow();
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    closeOrigin();
    figure.focus();
  });
  const own = trail.facts.find((one) => one.year === state.year && entry(fact(one.path)));
  if (own) emit('select-path', fact(own.path), { keep: true });
}

/** Keeps the note at its figure while the pages are scrolled, and closes it when the figure is out of sight. */
export function follow() {
  const box = $('#origin');
  if (!box) return;
  const pages = $('#pages').getBoundingClientRect();
  const at = beside.getBoundingClientRect();
  if (!beside.isConnected || at.bottom < pages.top || at.top > pages.bottom) return closeOrigin();
  const left = Math.max(8, Math.min(at.left, window.innerWidth - box.offsetWidth - 8));
  const below = at.bottom + 6 + box.offsetHeight < window.innerHeight;
  box.style.left = `${left}px`;
  box.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - box.offsetHeight - 6)}px`;
}

function go(path) {
  closeOrigin();
  emit('select-path', path.includes('[') ? path : fact(path));
}

/** Closes it. */
export function closeOrigin() {
  const box = $('#origin');
  if (box) box.remove();
}
