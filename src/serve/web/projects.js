// The projects that were opened before: a list at the name of this one and on the first page, to switch between them.

import { $, fill, h, icon, ICONS } from './dom.js';
import { get, post } from './api.js';
import { leave } from './facts.js';
import { chooseKinds } from './kinds.js';
import { failed } from './notice.js';

/** The name of the project, with the list of the others. */
export function projectMenu() {
  const list = h('div.list', { id: 'projects', hidden: true, role: 'region', 'aria-label': '最近的项目' });
  const button = h('button.bare', { id: 'project', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'projects', title: '最近的项目' },
    h('span', { id: 'project-name' }), icon(ICONS.down));
  const box = h('div.menu.projects', {}, button, list);
  const toggle = async (open) => {
    list.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    await draw(list);
    const first = $('button', list);
    if (first && !list.hidden) first.focus();
  };
  button.addEventListener('click', () => toggle(list.hidden));
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    toggle(false);
    button.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!list.hidden && !box.contains(event.target)) toggle(false);
  });
  return box;
}

async function draw(list) {
  try {
    const { projects } = await get('/api/recent');
    fill(list, h('p.hint', {}, '最近的项目'), projects.map((one) => line(one, () => draw(list))),
      h('p.hint', {}, '别的文件夹里的项目，在那个文件夹里打开一次程序，就会列在这里。'),
      h('button.small', { id: 'add-kind', type: 'button', on: { click: () => chooseKinds('加一种报告', '加进这个项目') } }, '加一种报告……'));
  } catch (failure) {
    failed(failure);
  }
}

/** A project: the way to it, or that it is gone. */
function line(one, again) {
  const open = async () => {
    if (!(await leave())) return;
    await act('open', one, () => location.assign('/'));
  };
  return h('div.recent', {},
    h('button', { type: 'button', disabled: one.open || one.gone, on: { click: open } }, one.name,
      h('small', {}, `${one.folder}${one.open ? '（正在看的）' : ''}${one.gone ? '（不在了：改了名、移走了，或者盘没有插上）' : ''}`)),
    !one.open && h('button.bare', { type: 'button', 'aria-label': `不再列出 ${one.name}`, title: '不再列出，文件夹不动', on: { click: () => act('forget', one, again) } }, icon(ICONS.close)));
}

async function act(how, { folder }, then) {
  try {
    await post('/api/recent', { how, folder });
    await then();
  } catch (failure) {
    failed(failure);
  }
}

/** The same on the first page; nothing where none was opened. */
export async function recentProjects(place) {
  const { projects } = await get('/api/recent').catch(() => ({ projects: [] }));
  if (!projects.length) return;
  fill(place, h('h2', {}, '最近的项目'), projects.map((one) => line(one, () => recentProjects(place))));
}
