// On a narrow window the form, the report and what is to be done take turns; on a wide one they stand side by side.
// The style sheet says from which width on; here is only which of them is in front.

import { $, $$, fill, h } from './dom.js';
import { on, state } from './store.js';

const NAMES = { form: '填数据', report: '报告', problems: '需要处理' };
/** Below this the form takes turns as well, as in facts.css. */
const single = window.matchMedia('(max-width: 999px)');
let front = { pane: 'form', side: 'report' };

/** The buttons, seen where there is no room for all. */
export function panes() {
  return h('div.panes', { role: 'group', 'aria-label': '看哪一栏' }, Object.entries(NAMES).map(([pane, words]) =>
    h('button', { type: 'button', data: { pane }, on: { click: () => bring(pane) } }, words)));
}

/** Brings a pane to the front; on a wide window nothing changes. */
export function bring(pane) {
  front = { pane, side: pane === 'form' ? front.side : pane };
  tell();
}

function tell() {
  const main = $('#view');
  if (!main) return;
  Object.assign(main.dataset, front);
  const seen = single.matches ? front.pane : front.side;
  $$('.panes button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.pane === seen)));
}

/** Whether the form takes turns with the rest. */
export const oneByOne = () => single.matches;

/** Listens; once. */
export function wirePanes() {
  single.addEventListener('change', tell);
  on('form-shown', tell);
  on('select-path', (path, { keep = false } = {}) => !keep && bring('form'));
  on('show-figure', () => bring('report'));
  on('show-line', () => bring('report'));
  on('findings', () => {
    const count = ((state.findings && state.findings.findings) || []).length;
    $$('.panes [data-pane=problems]').forEach((one) => fill(one, NAMES.problems, count > 0 && h('span.count', {}, String(count))));
  });
  tell();
}
