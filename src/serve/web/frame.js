// What stands around every view: years, views, saving, undo, downloads; and the line at the foot.

import { $, $$, fill, h, icon, ICONS } from './dom.js';
import { get, post, shows } from './api.js';
import { turn } from './edit.js';
import { failed } from './notice.js';
import { menu } from './download.js';
import { importChosen } from './import.js';
import { issueButton } from './issue.js';
import { projectMenu } from './projects.js';
import { chooseYear } from './year.js';
import { history } from './history.js';
import { inWords, isYear } from './period.js';
import { emit, entries, on, state } from './store.js';

export const VIEWS = { facts: '填数据', ledger: '台账', compare: '对比上年', trend: '趋势图', template: '模板', review: '导入核对' };

/** The bar at the top. */
export function header() {
  const years = h('select', { id: 'year', 'aria-label': '年度', on: { change: (event) => chooseYear(event.target) } });
  return h('header', {},
    h('h1.brand', {}, icon(ICONS.brand || 'M3 4h10M3 7h10M3 10h6M3 13h4'), '汇报'),
    h('div.project', {}, projectMenu(), years),
    h('nav', { role: 'tablist', 'aria-label': '视图' }, Object.entries(VIEWS).map(([view, words]) =>
      h('button', { type: 'button', role: 'tab', id: `tab-${view}`, 'aria-selected': 'false', 'aria-controls': 'view', data: { view },
        on: { click: () => emit('view', view), keydown: along } }, words))),
    h('span.grow'),
    h('span', { id: 'saved', role: 'status' }),
    h('button.tool', { id: 'undo', type: 'button', title: 'Ctrl+Z', on: { click: () => turn('undo') } }, icon(ICONS.undo), '撤销'),
    h('button.tool', { id: 'redo', type: 'button', title: 'Ctrl+Y', on: { click: () => turn('redo') } }, icon(ICONS.redo), h('span.wide', {}, '重做')),
    h('button.tool', { id: 'import', type: 'button', title: '导入往年的报告、改过的稿件、Excel 表；也可以把文件拖进来', on: { click: importChosen } }, '导入'),
    h('button.tool', { type: 'button', on: { click: history } }, '历史版本'),
    menu(), issueButton());
}

/** Tabs are walked with the arrows. */
function along(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = $$('[role=tab]:not([hidden])');
  tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length].focus();
}

/** The line at the foot. */
export function footer() {
  return h('footer', {},
    h('span', { id: 'filled' }), h('span', { id: 'length' }), h('span.grow'),
    h('label.theme', {}, '外观 ', h('select', { id: 'theme', on: { change: (event) => chooseTheme(event.target.value) } },
      Object.entries(THEMES).map(([value, words]) => h('option', { value, selected: value === themed() }, words)))),
    h('span.local', {}, icon(ICONS.lock), h('span', { id: 'local' })));
}

const THEMES = { '': '跟随系统', light: '浅色', dark: '深色' };
const night = window.matchMedia('(prefers-color-scheme: dark)');
const themed = () => localStorage.getItem('huibao.theme') || '';

function chooseTheme(value) {
  localStorage.setItem('huibao.theme', value);
  theme();
}

/** Light or dark: as was chosen here, else as the system is. */
export function theme() {
  document.documentElement.dataset.theme = themed() || (night.matches ? 'dark' : 'light');
}

/** Listens; once. */
export function wireFrame() {
  night.addEventListener('change', theme);
  on('stacks', stacks);
  on('form-shown', foot);
  on('findings', foot);
  on('pages', foot);
  on('undo', () => turn('undo'));
  on('history', history);
}

/** What can be taken back and made again. */
function stacks(now) {
  state.undo = now.undo;
  state.redo = now.redo;
  const button = (id, words, key, label) => {
    const one = $(`#${id}`);
    if (!one) return;
    one.disabled = !label;
    one.title = label ? `${words}：${label}（${key}）` : `没有可以${words}的（${key}）`;
  };
  button('undo', '撤销', 'Ctrl+Z', now.undo);
  button('redo', '重做', 'Ctrl+Y', now.redo);
}

/** The table of an import has a view as long as something in it is open. */
export function reviewTab() {
  const tab = $('#tab-review');
  tab.hidden = !state.project.review && state.view !== 'review';
  fill(tab, VIEWS.review, state.project.review > 0 && h('span.count.todo', {}, state.project.review));
}

/** Names of years, project and folder. */
export function fresh() {
  const { project } = state;
  fill($('#project-name'), project.example ? '示例' : project.name);
  $('#project-name').title = project.folder;
  fill($('#year'), [...project.years].reverse().map((year) => h('option', { value: year, selected: year === state.year }, isYear(year) ? `${year} 年度` : inWords(year))),
    h('option', { value: 'new' }, '＋ 开新一年……'));
  $('#year').value = String(state.year);
  fill($('#local'), `本机运行，不联网，数据保存在 ${project.folder}`);
  $('#local').title = project.folder;
  reviewTab();
  if (project.example && !$('#back')) {
    $('.project').append(h('button.small', { id: 'back', type: 'button', on: { click: back } }, '看完了，返回'));
  }
}

async function back() {
  await post('/api/start', { how: 'back' }).catch(failed);
  location.assign('/');
}

function foot() {
  if (!$('#filled')) return;
  const { total, filled } = (state.findings && state.findings.tasks) || { total: 0, filled: 0 };
  fill($('#filled'), total > 0 && ['已填 ', h('b', {}, `${filled}/${total}`), h('progress', { max: total, value: filled, 'aria-label': '填写进度' })]);
  fill($('#length'), state.pages ? ['全文 ', h('b', {}, state.characters.toLocaleString('zh-CN')), ' 字 · ', h('b', {}, state.pages), ' 页'] : '');
}

/** The project anew: its years, reports and revisions. */
export async function readProject() {
  state.project = await get('/api/project');
  shows(state.project.id);
  state.known = state.project.changes.revisions;
  stacks(state.project.changes);
  return state.project;
}
