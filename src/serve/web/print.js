// Printing gives the report, whatever is shown. What the page prints is the PDF, byte by byte the one that is
// downloaded, so that paper and file are the same; where somebody prints by the menu of the browser, the pages of the
// preview are printed, and nothing of what is selected or marked on the screen.

import { $, $$, h } from './dom.js';
import { Failure, ask, part } from './api.js';
import { notices } from './download.js';
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

let paper = ''; // the address of the PDF that was printed last

/** Ctrl+P, and the button: the PDF of the report as it is now; where something is missing, of the draft. */
export async function printReport() {
  const query = new URLSearchParams({ draft: 'true', ...(state.template && { template: state.template }) });
  let response;
  try {
    response = await ask(`/api/years/${state.year}/download/${part('pdf')}?${query}`);
    if (!response.ok) throw new Failure(response.status, await response.json().catch(() => ({})));
    if (paper) URL.revokeObjectURL(paper);
    paper = URL.createObjectURL(await response.blob());
  } catch (failure) {
    return failed(failure instanceof Failure ? failure : new Failure(0, { message: '没有打印成', fix: '请看看“汇报”的窗口还在不在' }));
  }
  notices(response).forEach((one) => toast(one, { kind: 'note', stay: 30000, actions: { 知道了: () => {} } }));
  if (navigator.pdfViewerEnabled === false) return byHand();
  const frame = h('iframe', { id: 'paper', title: '要打印的 PDF', 'aria-hidden': 'true', tabindex: -1, src: paper });
  frame.addEventListener('load', () => {
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    } catch {
      byHand();
    }
  });
  $$('#paper').forEach((one) => one.remove());
  document.body.append(frame);
}

/** The browser cannot print a PDF that it does not show: somebody opens it and prints it there. */
function byHand() {
  toast('这个浏览器不能直接打印 PDF，请打开以后打印', { stay: 0, actions: { '打开 PDF': () => window.open(paper) } });
}
