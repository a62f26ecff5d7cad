// Files to take away. They are made by the program; the browser only saves them.

import { $, h, icon, ICONS } from './dom.js';
import { Failure, ask as request, get, part } from './api.js';
import { ask, failed, toast } from './notice.js';
import { others, yearOf } from './period.js';
import { emit, state } from './store.js';

/** The menu. */
export function menu() {
  const list = h('div.list', { id: 'downloads', role: 'menu', hidden: true, 'aria-label': '下载' });
  const button = h('button.primary', { id: 'download', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': 'downloads' },
    '下载 ', icon(ICONS.down));
  const toggle = (open) => {
    list.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    $('button', list).focus();
    offer();
  };
  const item = ({ kind, words, about }, run) => h('button', { type: 'button', role: 'menuitem', data: { kind },
    on: { click: () => { toggle(false); button.focus(); run(kind); } } }, words, h('small', {}, about));
  const own = state.project.downloads.map((file) => item(file, fetchFile));
  let items = own;
  list.append(...items);
  /** Forms, where something can be collected this year. */
  const offer = async () => {
    const { year } = state;
    const { collections } = await get(`/api/years/${year}/collections`).catch(() => ({ collections: [] }));
    if (year !== state.year) return;
    items.filter((one) => !own.includes(one)).forEach((one) => one.remove());
    const more = collections.map(({ ledger, count }) => item({ kind: 'forms', words: `采集表（${ledger}）`, about: `${count}张 Excel 表，一个压缩包；发下去填，收回来一起拖进来汇总` },
      () => fetchFrom(`/api/years/${year}/forms?${new URLSearchParams({ ledger })}`)));
    list.append(...more);
    items = [...own, ...more];
  };
  button.addEventListener('click', () => toggle(list.hidden));
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      toggle(false);
      if (event.key === 'Escape') button.focus();
    }
  });
  document.addEventListener('pointerdown', (event) => {
    if (!list.hidden && !box.contains(event.target)) toggle(false);
  });
  const box = h('div.menu', {}, button, list);
  return box;
}

/** Sends a file and hands the browser the one that comes back. */
export const postFile = (address, file) => fetchFrom(address, { method: 'POST', body: file });

/** Fetches a file from an address and hands it to the browser. */
export async function fetchFrom(address, how = {}, actions = {}) {
  try {
    const response = await request(address, how);
    if (!response.ok) throw new Failure(response.status, await response.json().catch(() => ({})));
    save(await response.blob(), name(response.headers.get('content-disposition') || ''), actions, notices(response));
  } catch (failure) {
    if (failure.code === 'gaps') throw failure;
    failed(failure instanceof Failure ? failure : new Failure(0, { message: '没有下载成', fix: '请看看“汇报”的窗口还在不在' }));
  }
}

/** Fetches a file and hands it to the browser; where something is missing, asks whether a draft will do. */
export async function fetchFile(kind, draft = false) {
  if (kind === 'facts') return fetchFrom(`/api/years/${state.year}/workbook`);
  const query = new URLSearchParams();
  if (state.template) query.set('template', state.template);
  if (draft) query.set('draft', 'true');
  if (kind === 'redline') {
    const before = others(state.project.years, state.year).find((year) => yearOf(year) < yearOf(state.year));
    if (!before && state.against !== 'own') return toast('没有上年的事实文件，做不出花脸稿', { kind: 'bad' });
    const wanted = state.project.years.map(String).includes(String(state.against)) && state.against; // what is no year is compared in its own view
    query.set('against', state.against === 'own' ? state.year : wanted || before);
  }
  try {
    await fetchFrom(`/api/years/${state.year}/download/${part(kind)}?${query}`, {}, kind === 'docx' && !draft && !state.issued
      ? { '报出以后，点这里定稿': () => emit('issue') } : {});
  } catch (failure) {
    drafts(kind, failure);
  }
}

async function drafts(kind, failure) {
  const missing = failure.body.missing || [];
  const pressed = await ask(`还有 ${missing.length} 处待填`, [
    h('p', {}, '可以先下载草稿，缺的地方标【待填】：'),
    h('ul.short', {}, missing.slice(0, 12).map((one) => h('li', {}, one)), missing.length > 12 && h('li', {}, '……')),
  ], { draft: '下载草稿', fill: '先去填', cancel: '取消' });
  if (pressed === 'draft') fetchFile(kind, true);
  if (pressed === 'fill') emit('select-path', missing[0]);
}

const name = (disposition) => {
  const coded = /filename\*=UTF-8''([^;]+)/.exec(disposition);
  return coded ? decodeURIComponent(coded[1]) : '报告';
};

/** What there is to say of the faces of a file: which stand in for others, which characters are in none. */
export const notices = (response) => JSON.parse(decodeURIComponent(response.headers.get('x-huibao-notices') || '[]'))
  .map(({ message, hint }) => [message, hint].filter(Boolean).join('。'));

function save(blob, file, actions, noticed) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  toast(`已下载 ${file}`, { actions, stay: Object.keys(actions).length ? 12000 : 6000 });
  noticed.forEach((one) => toast(one, { kind: 'note', stay: 30000, actions: { 知道了: () => {} } }));
}
