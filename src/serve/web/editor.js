// A text of the project as it is written: a template with facts and helpers offered, what is wrong at its line, and
// the report beside it. It saves itself as soon as it has no errors.

import { $, fill, h } from './dom.js';
import { Failure, call, get, isStale } from './api.js';
import { completion } from './complete.js';
import { queue } from './edit.js';
import { ask, failed, toast } from './notice.js';
import { preview, reload } from './preview.js';
import { reportButton } from './rename.js';
import { inWords } from './period.js';
import { emit, on, state } from './store.js';

const LATER = 900; // milliseconds without a key, then it is saved
let open = { id: '', revision: '', saved: '' };
let vocabulary = null;
let timer = 0;

/** Shows the view; `detail` says which text and line. */
export async function templateView(main, detail = {}) {
  const names = [...state.project.templates.map((name) => [`templates/${name}`, `模板 ${name}`]),
    [`facts/${state.year}`, `${inWords(state.year)}的数据`], ['facts/指标', '指标表（口径）']].filter(([id]) => id in state.known || id.startsWith('templates/'));
  const wanted = detail.id || (names.some(([id]) => id === open.id) ? open.id : names[0][0]);
  if (detail.again && $('.editor.unsaved')) return;
  const choose = h('select', { 'aria-label': '哪个文件', on: { change: (event) => openText(event.target.value) } },
    names.map(([id, words]) => h('option', { value: id, selected: id === wanted }, words)));
  const area = h('textarea', { id: 'text', spellcheck: 'false', autocomplete: 'off', 'aria-label': '内容', wrap: 'soft', on: {
    input: (event) => !event.isComposing && typed(), compositionend: typed, scroll: () => ($('#lines').scrollTop = area.scrollTop), keydown: tab,
  } });
  fill(main,
    h('section.pane.editor', { 'aria-label': '模板' },
      h('div.head', {}, choose, reportButton(() => (open.id.startsWith('templates/') ? open.id.slice('templates/'.length) : '')), h('span.grow'), h('span', { id: 'text-state', role: 'status' })),
      h('div.sheet', {}, h('div', { id: 'lines', 'aria-hidden': 'true' }), area, completion(area, () => (open.id.startsWith('templates/') ? vocabulary : null))),
      h('div', { id: 'text-findings', role: 'region', 'aria-label': '这个文件里的错误' }),
      h('p.tip', {}, '写话就像平时写稿；', h('kbd', {}, '{{'), ' 后面写指标或帮助词，会列出可以写的。没有错误就自动保存。')),
    preview());
  vocabulary = await get('/api/vocabulary').catch(() => ({ facts: [], helpers: [] }));
  await openText(wanted, detail.line, detail.note);
  reload();
}

/** Opens a text, at a line. */
export async function openText(id, line, note) {
  try {
    const text = await get(`/api/texts/${id.split('/').map(encodeURIComponent).join('/')}`);
    open = { id, revision: text.revision, saved: text.text };
    const area = $('#text');
    area.value = text.text;
    mark(false);
    found = note;
    findings(text.findings);
    if (line) goLine(line);
    emit('written', null);
  } catch (failure) {
    failed(failure);
  }
}

function typed() {
  mark($('#text').value !== open.saved);
  if (open.id.startsWith('templates/')) {
    emit('written', { name: open.id.slice('templates/'.length), text: $('#text').value });
  }
  clearTimeout(timer);
  timer = setTimeout(save, LATER);
  number();
}

/** Two blanks, not a jump to the next button, while the caret is in the text of a fact file. */
function tab(event) {
  if (event.key !== 'Tab' || event.shiftKey || event.defaultPrevented || !open.id.startsWith('facts/')) return;
  event.preventDefault();
  event.target.setRangeText('  ', event.target.selectionStart, event.target.selectionEnd, 'end');
  typed();
}

function mark(unsaved, words) {
  const editor = $('.editor');
  if (!editor) return;
  editor.classList.toggle('unsaved', unsaved);
  fill($('#text-state'), words || (unsaved ? '有改动，还没有保存' : '✓ 已保存'));
  emit('standing');
}

function save() {
  clearTimeout(timer);
  const area = $('#text');
  if (!area || area.value === open.saved) return undefined;
  const sent = area.value;
  const { id, revision } = open;
  return queue(async () => {
    try {
      const answer = await call('PUT', `/api/texts/${id.split('/').map(encodeURIComponent).join('/')}`, { body: { text: sent }, revision });
      if (open.id !== id) return;
      open = { id, revision: answer.revision, saved: sent };
      state.known[id] = answer.revision;
      mark(area.value !== sent);
      found = undefined;
      findings([]);
      emit('saved', { year: state.year, changes: [] });
    } catch (failure) {
      if (isStale(failure)) return meet(failure, sent);
      if (failure instanceof Failure && failure.status === 422) {
        mark(true, '有错误，改好后才保存');
        return findings(failure.body.findings || []);
      }
      failed(failure);
    }
  });
}

/** The file was changed elsewhere: both texts are kept, one of them in the history. */
async function meet(failure, mine) {
  const pressed = await ask('这个文件刚刚在别处改过', [
    h('p', {}, '两边的内容不一样。没有选用的那一份也不会丢：文件里的在“历史版本”里，您写的会复制到剪贴板。'),
    h('div.both', {}, h('label', {}, '文件里现在的', h('textarea', { readonly: true, rows: 10 }, failure.body.current)),
      h('label', {}, '您写的', h('textarea', { readonly: true, rows: 10 }, mine))),
  ], { mine: '用我写的', theirs: '用文件里的' });
  if (pressed === 'mine') {
    open.revision = failure.body.revision;
    return save();
  }
  if (navigator.clipboard) await navigator.clipboard.writeText(mine).catch(() => {});
  await openText(open.id);
  toast('用了文件里的内容，您写的已复制到剪贴板');
}

let found; // what the checks said of the line that was gone to
/** What is wrong, each at its line. */
function findings(list) {
  const place = $('#text-findings');
  if (!place) return;
  const bad = list.filter((one) => one.level === 'error');
  fill(place, found && h('button.finding.note', { type: 'button', on: { click: () => goLine(found.line, found.column) } },
    h('b', {}, `第${found.line}行`), ` ${found.message}`, found.hints.map((hint) => h('span', {}, `　${hint}`))), bad.map((one) => h('button.finding', { type: 'button', on: { click: () => goLine(one.line, one.column) } },
    h('b', {}, `第${one.line}行`), ` ${one.message}`, one.hint && h('span', {}, `　${one.hint}`))));
  number(new Set(bad.map((one) => one.line)));
}

let wrong = new Set();
/** Numbers of the lines, each as high as its line is. */
function number(lines = wrong) {
  wrong = lines;
  const area = $('#text');
  const mirror = h('div.mirror', { 'aria-hidden': 'true' }, area.value.split('\n').map((line) => h('div', {}, line || '\u200b')));
  mirror.style.width = `${area.clientWidth}px`;
  area.parentElement.append(mirror);
  const heights = Array.from(mirror.children, (line) => line.offsetHeight);
  mirror.remove();
  const numbers = $('#lines');
  fill(numbers, heights.map((high, index) => {
    const one = h('div', { class: wrong.has(index + 1) ? 'wrong' : '' }, String(index + 1));
    one.style.height = `${high}px`;
    return one;
  }), h('div.rest'));
  numbers.scrollTop = area.scrollTop;
}

function goLine(line, column = 1) {
  const area = $('#text');
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start + column - 1, start + column - 1);
  const numbered = $('#lines').children[line - 1];
  if (numbered) area.scrollTop = Math.max(0, numbered.offsetTop - area.clientHeight / 3);
}

on('judged', (answer) => {
  if (state.view !== 'template' || !$('#text')) return;
  const list = answer.hindered || [];
  if (open.id.startsWith('templates/')) findings(list.filter((one) => one.file === `${open.id}.hbs`));
});
on('view', () => {
  emit('written', null);
  if ($('#text')) save();
});
on('save-now', (wait) => $('#text') && wait(save()));
