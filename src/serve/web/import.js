// A finished report becomes facts, registry and template; what would be made of it is shown before anything is
// written, and a report that came back is gone through change by change.

import { chooseFile, fill, h } from './dom.js';
import { call } from './api.js';
import { queue, settle } from './edit.js';
import { keep } from './issue.js';
import { ask, failed, toast } from './notice.js';
import { returned } from './returned.js';
import { emit, state } from './store.js';
import { ENDINGS, importWorkbooks, isWorkbook } from './workbook.js';

const KINDS = ['.docx', '.txt', '.md', ...ENDINGS].join();
const LARGEST = 32 * 1024 * 1024;

/** Asks for files to take in. */
export const importChosen = () => chooseFile(KINDS, take, true);

/** A report alone, or workbooks. */
function take(files) {
  if (!files.length) return undefined;
  if (files.every(isWorkbook)) return importWorkbooks(files);
  if (files.length === 1) return importFile(files[0]);
  return failed({ message: '报告一次导入一份，Excel 表可以几张一起', fix: '请分开导入' });
}

/** Takes a file that is dropped anywhere. */
export function drop(root) {
  const holds = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  root.ondragover = (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    root.classList.add('over');
  };
  root.ondragleave = (event) => event.target === root && root.classList.remove('over');
  root.ondrop = (event) => {
    root.classList.remove('over');
    if (!holds(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
}

const send = (where, file, words) => call('POST', `${where}?${new URLSearchParams({ name: file.name, ...words })}`, { raw: file });

/** Takes a file in. */
export async function importFile(file) {
  if (file.size > LARGEST) return failed({ message: `“${file.name}”太大，不像一份报告`, fix: '请核对是不是选错了文件' });
  const close = toast(`正在读“${file.name}”……`, { stay: 0 });
  try {
    const found = await send('/api/import/look', file, {});
    close();
    const kinds = { new: project, year: another, returned: () => returned(file, found, remarks(found)) };
    if (found.kind !== 'untidy') return await kinds[found.kind](file, found, {});
    const tidy = await untidy(file, found);
    if (!tidy) return undefined;
    const looked = await send('/api/import/look', file, { tidy });
    return await kinds[looked.kind](file, looked, { tidy });
  } catch (failure) {
    close();
    return failed(failure);
  }
}

/** A text that was copied from a web page: whether it is tidied first; nothing where the question was closed. */
async function untidy(file, found) {
  const pressed = await ask(`先整理“${file.name}”吗？`, [
    h('p', {}, '这份稿子像是从网页复制来的。整理会改下面这些地方，不动数字和人名；不整理就照原样导入。点开可以逐处看。'),
    found.mendings.map(note)], { tidy: '整理后导入', keep: '照原样导入', cancel: '取消' });
  return { tidy: 'true', keep: 'false' }[pressed];
}

const yearField = (year) => [h('label', { for: 'import-year' }, '这是哪一年的报告'),
  h('input', { id: 'import-year', value: year || '', inputmode: 'numeric', maxlength: 4, autocomplete: 'off', placeholder: '四位数字' })];
const value = (content, id) => content.flat().find((one) => one.id === id).value.trim();

/** The first report of a project. */
async function project(file, found, agreed) {
  const content = [...yearField(found.year),
    h('label', { for: 'import-report' }, '报告叫什么'), h('input', { id: 'import-report', value: found.report, maxlength: 60, autocomplete: 'off' })];
  const about = found.year ? [
    h('p', {}, '找到 ', h('b', {}, found.found), ' 个要每年更新的数和名称，', h('b', {}, found.open), ' 个要请您看一眼。建好以后，生成的报告和这一份一字不差。'),
    h('ul.short', {}, found.items.slice(0, 6).map((one) => h('li', {}, h('b', {}, one.path), ` ${one.value}`)), found.items.length > 6 && h('li', {}, '……')),
    found.notes.map(note),
  ] : [h('p', {}, '标题、开头和文件名里都没有年份。')];
  const pressed = await ask(`从“${file.name}”开始`, [content, about], { ok: '建好项目', cancel: '取消' });
  if (pressed !== 'ok') return;
  await send('/api/import', file, { ...agreed, year: value(content, 'import-year'), report: value(content, 'import-report') });
  location.hash = 'review';
  location.reload();
}

/** What is to be said of how the file was read. */
const remarks = (found) => found.read.length > 0 && h('ul.short', {}, found.read.map((line) => h('li', {}, line)));

const note = (one) => h('details', {}, h('summary', {}, `${one.head}：${one.lines.length} 处`), h('ul.short', {}, one.lines.map((line) => h('li', {}, line))));

/** Another year of the project. */
async function another(file, found, agreed) {
  const content = [...yearField(found.year)];
  const choose = h('select', { id: 'import-report' }, found.templates.map((name) => h('option', { value: name, selected: name === state.template }, name)));
  if (found.templates.length > 1) content.push(h('label', { for: 'import-report' }, '是哪一种报告'), choose);
  const pressed = await ask(`从“${file.name}”填一年的数`, [content,
    h('p.hint', {}, '按现有的模板逐句对照，把对得上的数填进那一年的事实文件。已经有的数不会改动；对不上的列出来给您看。'), remarks(found)], { ok: '导入', cancel: '取消' });
  if (pressed !== 'ok') return;
  await queue(async () => {
    const done = await send('/api/import', file, { ...agreed, year: value(content, 'import-year'), ...(choose.value && { report: choose.value }) });
    await settle();
    emit('project', { year: done.year });
    await ask(`${done.year}年填好 ${done.found} 项`, [
      h('p', {}, done.same ? '项目生成的这一年报告和它一字不差。' : `和模板不同的地方列在下面，也写在“${done.page}”里。`), done.notes.map(note)], { ok: '知道了' });
  }).catch(failed);
}
