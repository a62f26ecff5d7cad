// Printing gives the pages of the report, whatever is shown; what is selected or marked on the screen is not printed.

import { $, $$, h, made } from './dom.js';
import { call } from './api.js';
import { failed, toast } from './notice.js';
import { on, state } from './store.js';

let known = []; // the pages that were shown last

/** The pages that were shown last. */
export const pagesKnown = () => known;

/** Listens; once. */
export function wirePrint() {
  on('pages', () => {
    known = $$('#pages .page');
  });
  on('year', () => {
    known = [];
  });
  window.addEventListener('beforeprint', () => {
    if (!$('#pages .page') && !$('#print')) sheets(known.map((page) => page.cloneNode(true)));
  });
  window.addEventListener('afterprint', away);
}

function sheets(pages) {
  document.body.append(h('div', { id: 'print' }, pages));
}

function away() {
  const box = $('#print');
  if (box) box.remove();
}

/** Ctrl+P: the report as it is now. */
export async function printReport() {
  try {
    const answer = await call('POST', `/api/years/${state.year}/preview`, { body: { template: state.template || null } });
    if (answer.hindered) return toast('报告现在出不来，没有可以打印的。请先看“需要处理”', { kind: 'bad' });
    away();
    sheets(answer.pages.map((page) => made(page.html || '').firstElementChild));
    window.print();
  } catch (failure) {
    failed(failure);
  }
}
