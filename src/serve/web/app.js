// The page from its start: what the folder holds decides what is shown; views take turns in one frame.

import { $, $$, fill, h } from './dom.js';
import { enter, get, whenGone } from './api.js';
import { settle } from './edit.js';
import { bar, failed, toast } from './notice.js';
import { factsView, leave, load, select, wireFacts } from './facts.js';
import { preview, reload, revealLine, wirePreview } from './preview.js';
import { wireIssue } from './issue.js';
import { check, problems, wireProblems } from './problems.js';
import { ledgerView, openLedger } from './ledger.js';
import { compareView } from './compare.js';
import { trendView } from './trend.js';
import { openText, templateView } from './editor.js';
import { footer, fresh, header, readProject, reviewTab, theme, VIEWS, wireFrame } from './frame.js';
import { forms } from './forms.js';
import { newIndicator, start } from './start.js';
import { drop } from './import.js';
import { reviewView } from './review.js';
import { keys } from './keys.js';
import { panes, wirePanes } from './panes.js';
import { wirePrint } from './print.js';
import { wireStatus } from './status.js';
import { oneLine } from './oneline.js';
import { closeOrigin } from './origin.js';
import { watch } from './live.js';
import { named } from './named.js';
import { inWords, newest } from './period.js';
import { emit, entry, on, state } from './store.js';

whenGone((why) => bar(why === 'other' ? '另一个窗口里换了项目，这个窗口还是原来的。请刷新页面。' : why === 'locked'
  ? '这个页面已经失效：程序重新启动过。请用新窗口里显示的网址打开。'
  : '“汇报”已经退出。请再打开一次程序，用它新开的窗口，这个页面可以关掉；已保存的内容都在。'));

async function boot() {
  theme();
  oneLine();
  try {
    await enter();
    await readProject();
  } catch (failure) {
    return fill($('#app'), h('p.loading', {}, `${failure.message}。${failure.fix || ''}`));
  }
  if (state.project.state === 'empty') return start($('#app'));
  if (location.hash === '#review') {
    state.view = 'review';
    history.replaceState(null, '', '/');
  }
  keys();
  wire();
  drop($('#app'));
  await open(newest(state.project.years));
  watch();
}

/** The reports that are written of a period; all of them where none is. */
function reportsOf(year) {
  const written = state.project.written[String(year)] || [];
  return written.length ? written : state.project.reports;
}

/** Shows a year. */
async function open(year) {
  state.year = year;
  const reports = reportsOf(year);
  if (!reports.includes(state.template)) state.template = reports.length > 1 ? reports[0] : '';
  state.form = null;
  state.findings = null;
  if (!$('header')) fill($('#app'), header(), h('main', { id: 'view', role: 'tabpanel', tabindex: -1 }), footer());
  fresh();
  show(state.view);
}

const VIEW = { facts: showFacts, ledger: ledgerView, compare: compareView, trend: trendView, template: templateView, review: reviewView };

/** Shows a view. */
function show(view, detail) {
  closeOrigin();
  state.view = view;
  document.title = `${VIEWS[view]} — ${state.project.name} ${inWords(state.year)} — 汇报`;
  $$('[role=tab]').forEach((tab) => {
    tab.setAttribute('aria-selected', String(tab.dataset.view === view));
    tab.tabIndex = tab.dataset.view === view ? 0 : -1;
  });
  const main = $('#view');
  main.className = view;
  main.setAttribute('aria-labelledby', `tab-${view}`);
  reviewTab();
  VIEW[view](main, detail);
}

let facts = null; // the parts of the view, drawn once
function showFacts(main) {
  if (!facts) facts = [...factsView(), panes(), preview(), problems()];
  fill(main, facts);
  reports();
  load();
  reload();
  check();
}

/** Which report is shown, where there are several. */
function reports() {
  const names = reportsOf(state.year);
  const choose = (event) => {
    state.template = event.target.value;
    reload();
    check();
  };
  fill($('#reports'), names.length > 1 ? h('select', { 'aria-label': '报告', on: { change: choose } },
    names.map((name) => h('option', { value: name, selected: name === state.template }, name))) : names[0] || '');
}

function wire() {
  wireFrame();
  wireStatus();
  wirePanes();
  wirePrint();
  wireFacts();
  wirePreview();
  wireIssue();
  wireProblems();
  on('year', open);
  on('view', async (view) => {
    if (view !== state.view && (state.view !== 'facts' || (await leave()))) show(view);
  });
  on('view-number', (number) => emit('view', Object.keys(VIEWS)[number - 1]));
  on('project', async ({ year }) => {
    await readProject();
    open(year || state.year);
  });
  on('select-path', (path, how) => (/[[（]/.test(path) || isLedger(path) ? goLedger(path) : goFact(path, how)));
  on('open-ledger', (path) => goLedger(path));
  on('open-text', (detail) => show('template', detail));
  on('mend', (findings) => show('template', { id: textOf(findings), line: lineOf(findings) }));
  on('show-line', ({ page, row }) => {
    if (['facts', 'template'].includes(state.view)) return revealLine(page, row);
    coming = { page, row };
    return emit('view', 'facts');
  });
  on('pages', () => {
    if (coming) revealLine(coming.page, coming.row);
    coming = null;
  });
  on('new-indicator', newIndicator);
  on('forms', forms);
  on('turned', ({ way, label }) => {
    toast(`已${{ undo: '撤销', redo: '重做', restore: '还原' }[way]}：${label}`);
    again();
  });
  on('mended', again);
  on('outside', outside);
  window.addEventListener('beforeunload', (event) => {
    if ($('.row.wrong, .editor.unsaved')) event.preventDefault();
  });
}

const isLedger = (path) => Boolean(entry(path)) && entry(path).kind === '台账';

let coming = null; // the line that is shown as soon as the pages are there

/** `keep` leaves the focus where it is. */
function goFact(path, { keep = false } = {}) {
  if (state.view !== 'facts') show('facts');
  const wait = (tries) => {
    if (state.form && entry(path)) select(path, !keep);
    else if (tries) setTimeout(() => wait(tries - 1), 50);
  };
  wait(40);
}

function goLedger(path) {
  // A row is told by its number, or by what names it.
  const [, ledger, number, key, column] = /^(.*?)(?:(?:\[(\d+)\]|（(.*)）)\.?([^）]*))?$/.exec(path) || [];
  const row = { number: Number(number) || 0, key, column };
  if (state.view === 'ledger') openLedger(ledger, row);
  else show('ledger', { path: ledger, row });
}

const textOf = (findings) => {
  const one = findings.find((each) => each.level === 'error' && each.file);
  return one ? one.file.replace(/\.(ya?ml|hbs)$/, '') : `facts/${state.year}`;
};
const lineOf = (findings) => (findings.find((each) => each.level === 'error' && each.line) || {}).line;

/** Everything that is shown, read anew. */
async function again() {
  const years = state.project.years.join();
  await readProject().catch(failed);
  if (!state.project.years.includes(state.year)) return open(newest(state.project.years));
  if (years !== state.project.years.join()) fresh();
  if (state.view === 'facts') {
    await load();
    reload();
    check();
  } else show(state.view, { again: true });
}

/** Texts that were changed by another program: what became of the facts is said, and nothing typed is lost. */
async function outside(ids) {
  const before = state.form;
  const names = ids.map(named).join('、');
  await again();
  const fresh = state.view === 'facts' ? state.form : await get(`/api/years/${state.year}/form`).catch(() => null);
  const changes = before && fresh && before.year === fresh.year ? differing(before, fresh) : [];
  toast(`${names} 刚在别的程序里改过${changes.length ? `：${changes.join('；')}` : ''}`, {
    kind: 'note', stay: 0, actions: { 撤销那次改动: () => emit('undo') },
  });
}

function differing(before, after) {
  const all = (form) => new Map(form.groups.flatMap((group) => group.entries).map((one) => [one.path, one.value]));
  const [old, now] = [all(before), all(after)];
  const changed = [...now].filter(([path, value]) => old.has(path) && old.get(path) !== value);
  const words = changed.slice(0, 5).map(([path, value]) => `${path} ${old.get(path) || '（空）'} → ${value || '（空）'}`);
  return changed.length > 5 ? [...words, `等${changed.length}处`] : words;
}

export { openText, settle };
boot();
