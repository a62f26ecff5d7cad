// Excel files taken in: what they would change is shown cell by cell, and nothing is written before 写入. The program
// reads them; here a department's sheet, ledger and columns are only chosen.

import { $, fill, h } from './dom.js';
import { call, isStale } from './api.js';
import { queue, settle } from './edit.js';
import { ask, failed, toast } from './notice.js';
import { columnTable } from './columns.js';
import { inWords, periodOf } from './period.js';
import { emit, state } from './store.js';

/** Endings of files that are handed to the reader of workbooks; it says what it does not take. */
export const ENDINGS = ['.xlsx', '.xls', '.et', '.ods', '.csv', '.xlsm', '.xlsb'];
const LARGEST = 32 * 1024 * 1024;

/** Whether a file is a workbook by its name. */
export const isWorkbook = (file) => ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending));

/** Files and what was chosen, as one body: a line that says what follows, and the files one behind the other. */
function send(where, files, asked, revision) {
  const head = { files: files.map((file) => ({ name: file.name, size: file.size })), shown: state.year, ...asked };
  return call('POST', where, { raw: new Blob([`${JSON.stringify(head)}\n`, ...files]), revision });
}

/** Takes workbooks in. @param {File[]} files */
export async function importWorkbooks(files) {
  const title = files.length === 1 ? `“${files[0].name}”` : `${files.length} 个文件`;
  if (files.reduce((sum, file) => sum + file.size, 0) > LARGEST) {
    return failed({ message: `${title}太大，不像台账`, fix: '请核对是不是选错了文件；几个文件的，分几次导入' });
  }
  const asked = { sheet: null, ledger: null, year: null, said: [], replace: false, key: null, add: false };
  const close = toast(`正在读${title}……`, { stay: 0 });
  let seen;
  try {
    seen = await send('/api/workbook/look', files, asked);
  } catch (failure) {
    return failed(failure);
  } finally {
    close();
  }
  if (seen.kind === 'own' && !seen.count && !seen.found) return toast(`${title}和项目里的数一样，没有改动`);
  for (let again = ''; ;) {
    const shown = preview(files, title, asked, seen, again);
    if ((await shown.pressed) !== 'write') return;
    seen = shown.seen();
    try {
      return await write(files, asked, seen);
    } catch (failure) {
      if (!isStale(failure)) return failed(failure);
      again = '刚才事实文件在别处改过，已经重新比对，还没有写入。请再看一遍。';
      try {
        seen = await send('/api/workbook/look', files, asked);
      } catch (other) {
        return failed(other);
      }
    }
  }
}

/** The dialog with what would change; choices are answered anew by the program. */
function preview(files, title, asked, first, again) {
  let seen = first;
  let turn = 0;
  const box = h('div', { id: 'workbook', tabindex: 0, role: 'region', 'aria-label': '要改的地方' });
  const draw = () => {
    const focus = document.activeElement && box.contains(document.activeElement) ? document.activeElement.id : '';
    fill(box, again && h('p.again', { role: 'alert' }, again), seen.kind === 'table' && choices(seen.about, asked, choose),
      seen.kind === 'forms' && units(seen.about), summary(seen), findings(seen), changes(seen), notes(seen));
    if (focus && $(`[id="${focus}"]`)) $(`[id="${focus}"]`).focus({ preventScroll: true });
    button();
  };
  const button = (busy = false) => {
    const one = $('dialog[open] button[value=write]');
    if (!one) return;
    one.disabled = busy || seen.blocked || !seen.count;
    const can = seen.count && !seen.blocked;
    fill(one, can ? `写入 ${seen.count} 处` : '写入');
    fill($('dialog[open] button[value=cancel]'), can ? '取消' : '关闭');
  };
  const choose = async (what) => {
    const before = { ...asked };
    Object.assign(asked, what);
    turn += 1;
    const mine = turn;
    button(true);
    try {
      const fresh = await send('/api/workbook/look', files, asked);
      if (mine !== turn) return;
      seen = fresh;
    } catch (failure) {
      if (mine === turn) Object.assign(asked, before);
      failed(failure);
    }
    if (mine === turn) draw();
  };
  const pressed = ask(`导入${files.length === 1 ? '' : ' '}${title}`, box, { write: '写入', cancel: '取消' });
  const dialog = box.closest('dialog');
  dialog.classList.add('wide');
  // A file that was mended meanwhile takes the place of the one that is shown.
  dialog.ondragover = (event) => event.preventDefault();
  dialog.ondrop = (event) => {
    dialog.close();
    $('#app').ondrop(event);
  };
  draw();
  const start = box.querySelector('select') || $('dialog[open] button[value=write]:not(:disabled)') || $('dialog[open] button[value=cancel]');
  start.focus();
  return { pressed, seen: () => seen };
}

const NO_KEY = '（还没有定）';

/** Which sheet goes to which ledger of which year. */
function choices(about, asked, choose) {
  const select = (id, label, names, value, run) => h('div', {}, h('label', { for: id }, label),
    h('select', { id, on: { change: (event) => run(event.target.value) } }, names.map((name) => h('option', { value: name, selected: String(name) === String(value) }, name))));
  const years = [...state.project.years].reverse();
  const tick = (id, checked, run) => h('input', { id, type: 'checkbox', checked, on: {
    change: (event) => run(event.target.checked),
    keydown: (event) => event.key === 'Enter' && event.preventDefault(),
  } });
  // A column that names the rows can be chosen as long as the ledger has none.
  const read = about.headings.map((one) => one.name).filter(Boolean);
  const fresh = { key: null, add: false, said: [] };
  return h('div.choose', {},
    select('wb-sheet', '读哪一张表', about.sheets, about.sheet, (sheet) => choose({ sheet, ledger: null, ...fresh })),
    select('wb-ledger', '导入到台账', about.ledgers, about.ledger, (ledger) => choose({ sheet: about.sheet, ledger, ...fresh })),
    select('wb-year', '年度', years, about.year, (year) => choose({ year: periodOf(year) })),
    !about.key && read.length > 0 && select('wb-key', '认行用（主键）', [NO_KEY, ...read], asked.key || NO_KEY, (key) => choose({ key: key === NO_KEY ? null : key })),
    h('label.tick', { for: 'wb-replace' }, tick('wb-replace', asked.replace, (replace) => choose({ replace, add: false })), '以表为准：台账里有、表里没有的行删去'),
    !about.key && !asked.key && h('label.tick', { for: 'wb-add' }, tick('wb-add', asked.add, (add) => choose({ add, replace: false })), '都是新的行：台账里没有的，添在后面'),
    columnTable(about, asked, choose));
}

/** Who has returned the form, and who has not. */
function units(about) {
  const missing = about.units.filter((one) => !one.returned).map((one) => one.name);
  const back = about.units.length - missing.length;
  return h('p.lead', {}, `${inWords(about.year)}“${about.ledger}”：应交 ${about.units.length} 个，已交 ${back} 个`,
    missing.length ? ['，', h('b.missing', {}, `还差 ${missing.length} 个：${missing.join('、')}`)] : h('span.good', {}, '，都交齐了'));
}

function summary(seen) {
  const blocks = seen.findings.filter((one) => one.blocks).length;
  if (seen.blocked) {
    return h('p.refused', { role: 'alert' }, h('b', {}, `有 ${blocks} 处不能写入，改好以前一处也不写。`),
      seen.kind === 'table' ? '请照下面的提示改选，或在表里改好、保存，再导入一次。' : '请在表里改好、保存，再导入一次。');
  }
  if (!seen.count) return h('p.lead.good', {}, '和项目里的数一样，没有改动。');
  const years = [...new Set(seen.changes.map((one) => one.year))];
  return h('p.lead', {}, `${years.map(inWords).join('、')}要改 `, h('b', {}, seen.count), ' 处，写入以后可以撤销。');
}

/** 招商项目[2].投资 is 招商项目 第2行 投资, 各村[东湾村].人口 is 各村 东湾村 人口. */
const called = (path) => path.replace(/\[(\d+)\]/, ' 第$1行 ').replace(/\[(.*)\]/, ' $1 ').replace(/ \./, ' ');
const place = (one) => one.at && h('span.at', {}, one.at);
const finding = (one) => h('li', {}, place(one), h('span', {}, one.message, one.fix && h('span.fix', {}, one.fix)));

/** What is wrong: what forbids to write, and what was not read or looks wrong. */
function findings(seen) {
  const part = (test) => seen.findings.filter(test);
  const list = (kind, head, all) => all.length > 0 && h(`section.found.${kind}`, {}, h('h3', {}, `${head}（${all.length}）`), h('ul', {}, all.map(finding)));
  return [
    list('bad', '不能写入', part((one) => one.blocks)),
    list('warn', '没有读，或请核对', part((one) => !one.blocks && one.level !== 'hint')),
  ];
}

/** What is only said: guesses, what is no data, what was left as it is. */
function notes(seen) {
  const hints = seen.findings.filter((one) => !one.blocks && one.level === 'hint');
  return [
    hints.length > 0 && h('details.found.note', { open: hints.length <= 4 }, h('summary', {}, `说明（${hints.length}）`), h('ul', {}, hints.map(finding))),
    seen.found > seen.findings.length && h('p.hint', {}, `另有 ${seen.found - seen.findings.length} 条没有列出。`),
  ];
}

/** The changes, each with its cell. */
function changes(seen) {
  if (!seen.changes.length) return false;
  const several = new Set(seen.changes.map((one) => one.year)).size > 1;
  const words = (text, empty) => (text === '' ? h('span.none', {}, empty) : text);
  const whole = { 新增: '（没有这一行）', 删去: '（删去这一行）' };
  const bad = new Set(seen.findings.filter((one) => one.blocks && one.at).map((one) => one.at));
  const row = (one) => h('tr', { class: bad.has(one.at) ? 'bad' : seen.blocked ? 'held' : '' },
    h('td.at', {}, one.at || '（按名单）'), several && h('td', {}, one.year),
    h('th', { scope: 'row' }, called(one.path), one.what !== '值' && h('span.what', {}, one.what)),
    h('td.old', {}, words(one.old, whole[one.what] || '（空）')), h('td.new', {}, words(one.new, whole[one.what] || '（空）')));
  return [h('table.changes', {}, h('caption', {}, seen.blocked ? '这些也没有写' : '要改的地方'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, '表里的位置'), several && h('th', { scope: 'col' }, '年度'), h('th', { scope: 'col' }, '指标'),
      h('th', { scope: 'col' }, '现在'), h('th', { scope: 'col' }, '改为'))),
    h('tbody', {}, seen.changes.map(row))),
  seen.count > seen.changes.length && h('p.hint', {}, `另有 ${seen.count - seen.changes.length} 处没有列出，写入时一起写。`)];
}

function write(files, asked, seen) {
  return queue(async () => {
    const done = await send('/api/workbook', files, asked, seen.revision);
    await settle();
    const year = done.years.includes(state.year) ? state.year : done.years[done.years.length - 1];
    if (year === state.year) emit('mended');
    else emit('project', { year });
    toast(`已写入 ${done.count} 处`, { actions: { 撤销: () => emit('undo') }, stay: 10000 });
    if (seen.kind === 'forms' && done.sums.length) {
      await ask('汇总写好了', h('dl.two', {}, done.sums.map(([path, words]) => [h('dt', {}, path), h('dd', {}, words)])), { ok: '知道了' });
    }
  });
}
