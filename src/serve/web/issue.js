// 定稿: a report that was sent is kept as it was. A button keeps it; a line over the pages says that this year's is kept.

import { $, fill, h, made } from './dom.js';
import { get, post } from './api.js';
import { ask, askWords, failed, toast } from './notice.js';
import { emit, on, state } from './store.js';

/** The button beside the downloads. */
export const issueButton = () => h('button.tool', { id: 'issue', type: 'button',
  title: '报告已经报出：原样存下，以后改数、改模板都不会动它', on: { click: issue } }, '定稿');

/** The line over the pages. */
export const issuedLine = () => h('div', { id: 'issued', role: 'status', hidden: true });

/** Listens; once. */
export function wireIssue() {
  on('issued', say);
}

function say(issued) {
  const line = $('#issued');
  if (!line) return;
  line.hidden = !issued;
  if (!issued) return;
  const differs = issued.differs ? `，有 ${issued.differs} 段和定稿不同。下载和对比用的是定稿` : '，和定稿一样';
  fill(line, h('span', {}, `${state.year}年已于${issued.on}定稿。下面是用现在的数据和模板生成的${differs}。`),
    h('button.small', { type: 'button', on: { click: look } }, '看定稿'));
}

/** The report as it was sent, beside what is being edited. */
async function look() {
  try {
    const kept = await get(`/api/years/${state.year}/issued${query()}`);
    const pages = h('div.kept', { tabindex: 0, role: 'region', 'aria-label': '定稿' }, kept.pages.map((page) => made(page)));
    await ask(`${state.year}年的定稿（${kept.on}）`, [pages], { close: '关闭' });
  } catch (failure) {
    failed(failure);
  }
}

const query = () => (state.template ? `?${new URLSearchParams({ template: state.template })}` : '');

async function issue() {
  const pressed = await ask(`${state.year}年定稿`, [
    h('p', {}, '把现在的报告原样存成定稿。以后的对比、花脸稿、下载都用这一份，改数、改模板都不会动它。'),
    h('p.hint', {}, '在 Word 里又改过再报出的，请用命令行 huibao issue 年度 文件.docx 存那个文件。'),
  ], { ok: '定稿', cancel: '取消' });
  if (pressed === 'ok') keep();
}

async function keep(again) {
  try {
    const kept = await post(`/api/years/${state.year}/issue`, { template: state.template || null, again: again || null });
    toast(`已定稿：${kept.file}`);
    emit('mended');
  } catch (failure) {
    if (failure.code !== 'already-issued') return failed(failure);
    const why = await askWords(failure.message, '更正的理由', { hint: '原来的定稿仍在历史里；理由会记在新的定稿里。', button: '更正' });
    if (why) keep(why);
  }
}
