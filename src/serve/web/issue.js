// 定稿: a report that was sent is kept as it was. A button keeps it; a line over the pages says that this year's is kept.

import { $, chooseFile, fill, h, made } from './dom.js';
import { call, get } from './api.js';
import { ask, askWords, failed, toast } from './notice.js';
import { inWords } from './period.js';
import { emit, on, state } from './store.js';

/** What a report that was sent may be. */
const KINDS = '.docx,.txt,.md';

/** The button beside the downloads. */
export const issueButton = () => h('button.tool', { id: 'issue', type: 'button',
  title: '报告已经报出：原样存下，以后改数、改模板都不会动它', on: { click: () => issue() } }, '定稿');

/** The line over the pages. */
export const issuedLine = () => h('div', { id: 'issued', role: 'status', hidden: true });

/** Listens; once. */
export function wireIssue() {
  on('issued', say);
  on('issue', () => issue());
}

function say(issued) {
  state.issued = Boolean(issued);
  const line = $('#issued');
  if (!line) return;
  line.hidden = !issued;
  if (!issued) return;
  const differs = issued.differs ? `，有 ${issued.differs} 段和定稿不同。下载和对比用的是定稿` : '，和定稿一样';
  fill(line, h('span', {}, `${inWords(state.year)}已于${issued.on}定稿。下面是用现在的数据和模板生成的${differs}。`),
    h('button.small', { type: 'button', on: { click: () => look() } }, '看定稿'));
}

/** A report as it was sent: of a year, and of a report where there are several. */
async function look(year = state.year, template = state.template) {
  try {
    const kept = await get(`/api/years/${year}/issued${query({ template })}`);
    const pages = h('div.kept', { tabindex: 0, role: 'region', 'aria-label': '定稿' }, kept.pages.map((page) => made(page)));
    await ask(`${inWords(year)}的定稿（${kept.on}）`, [pages], { close: '关闭' });
  } catch (failure) {
    failed(failure);
  }
}

const query = (words) => `?${new URLSearchParams(Object.entries(words).filter(([, value]) => value))}`;

/** What was issued when: the newest first, each with a look at it. */
function listed(issued) {
  if (!issued.length) return false;
  return h('details', { id: 'issued-list' }, h('summary', {}, `报出过的：${issued.length} 份`), h('ul.short', {}, issued.map((one) => h('li', {},
    one.line, ' ', one.on && h('button.small', { type: 'button', on: { click: () => look(one.year, one.report) } }, '看定稿')))));
}

/** Asks what is kept as the report of a year that was sent: what is on the page, or a file. */
export async function issue(year = state.year) {
  let known = { issued: [] };
  try {
    known = await get('/api/issued');
  } catch (failure) {
    return failed(failure);
  }
  const on = h('input', { id: 'issued-on', type: 'date', value: today(), max: today() });
  const pressed = await ask(`${inWords(year)}定稿`, [
    h('p', {}, '把报告原样存成定稿。以后的对比、花脸稿、下载都用这一份，改数、改模板都不会动它。'),
    h('p.hint', {}, '下载以后又在 Word 里改过的，或者签过字退回来的，请选报出的那个文件。'),
    h('label', { for: 'issued-on' }, '哪一天报出的'), on, listed(known.issued),
  ], { ok: '存现在的报告', file: '选报出的文件…', cancel: '取消' });
  const words = { year, on: on.value };
  if (pressed === 'ok') return keep(words);
  if (pressed === 'file') chooseFile(KINDS, ([file]) => file && keep({ ...words, file }));
  return undefined;
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

/** Keeps what is on the page, or a file, as the report of a year that was sent. */
export async function keep({ year = state.year, on: day, file, again, template = state.template }) {
  try {
    const words = { template, on: day, file: file && file.name, again };
    const kept = await call('POST', `/api/years/${year}/issue${query(words)}`, { raw: file || '' });
    toast(`${inWords(year)}已定稿（${kept.on}）`);
    emit('mended');
  } catch (failure) {
    if (failure.code !== 'already-issued') return failed(failure);
    const why = await askWords(failure.message, '更正的理由', { hint: '原来的定稿仍在历史里；理由会记在新的定稿里。', button: '更正' });
    if (why) await keep({ year, on: day, file, again: why, template });
  }
  return undefined;
}
