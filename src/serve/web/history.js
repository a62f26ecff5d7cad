// Versions: every change is kept; a state can be named, and any of them brought back.

import { $, fill, h, icon, ICONS } from './dom.js';
import { get, post } from './api.js';
import { queue, settle } from './edit.js';
import { ask, askWords, failed, toast } from './notice.js';
import { emit } from './store.js';

const KINDS = { outside: '别处改动', undo: '撤销', redo: '重做', restore: '还原', mark: '' };

/** Opens the drawer. */
export async function history() {
  close();
  const list = h('ol', { id: 'versions' }, h('li.empty', {}, '正在读……'));
  const box = h('aside.drawer', { id: 'history', role: 'dialog', 'aria-label': '历史版本' },
    h('div.head', {}, h('h2', {}, '历史版本'), h('span.grow'),
      h('button.bare', { type: 'button', 'aria-label': '关闭', on: { click: close } }, icon(ICONS.close))),
    h('p.hint', {}, '每次改动都自动留着，随时可以还原；还原也可以撤销。'),
    h('div.buttons', {}, h('button.primary', { type: 'button', on: { click: name } }, '给现在的样子起个名')),
    list);
  box.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  document.body.append(box);
  $('button', box).focus();
  await draw();
}

function close() {
  const box = $('#history');
  if (box) box.remove();
}

async function draw() {
  try {
    const { steps } = await get('/api/history');
    const list = $('#versions');
    if (!list) return;
    let day = '';
    fill(list, grouped(steps).flatMap((one) => {
      const head = one.date === day ? [] : [h('li.day', {}, one.date)];
      day = one.date;
      return [...head, version(one)];
    }), !steps.length && h('li.empty', {}, '还没有改动。'));
  } catch (failure) {
    failed(failure);
  }
}

/** Changes of the same minute stand together, the newest of them in front. */
function grouped(steps) {
  const groups = [];
  for (const step of steps) {
    const last = groups[groups.length - 1];
    const same = last && !last.name && !step.name && last.date === step.date && last.time === step.time && last.kind === step.kind;
    if (same) last.more.push(step.label);
    else groups.push({ ...step, more: [] });
  }
  return groups;
}

function version(one) {
  const words = [KINDS[one.kind], one.kind === 'mark' ? '' : one.label].filter(Boolean).join('：');
  return h('li.version', { data: { id: one.id } },
    h('span.time', {}, one.time),
    h('div.what', {}, one.name && h('b.name', {}, one.name), h('span', {}, words),
      one.more.length > 0 && h('span.more', { title: one.more.join('\n') }, `等${one.more.length + 1}处改动`)),
    h('button.small', { type: 'button', 'aria-label': `还原到 ${one.date} ${one.time}`, on: { click: () => restore(one) } }, '还原'),
    h('button.small', { type: 'button', on: { click: () => name(one) } }, one.name ? '改名' : '命名'));
}

async function name(one) {
  const known = one && one.id ? one : null;
  const words = await askWords('给这一版起个名', '名称', { value: known && known.name ? known.name : '', hint: '例如：初稿、送审稿、定稿' });
  if (words === undefined) return;
  await queue(async () => {
    try {
      await post(known ? `/api/history/${known.id}/name` : '/api/history', { name: words });
      await settle();
    } catch (failure) {
      failed(failure);
    }
  });
  await draw();
}

async function restore(one) {
  const pressed = await ask('还原到这一版？', [
    h('p', {}, `所有事实、台账和模板都回到 ${one.date} ${one.time}${one.name ? `（${one.name}）` : ''} 的样子。现在的样子也留在历史里，可以撤销回来。`),
  ], { yes: '还原', no: '不还原' });
  if (pressed !== 'yes') return;
  await queue(async () => {
    try {
      await post(`/api/history/${one.id}/restore`);
      await settle();
      emit('turned', { way: 'restore', label: one.name || `${one.date} ${one.time}`, texts: [] });
    } catch (failure) {
      if (failure.code === 'nothing') toast('现在就是这个样子，没有要还原的');
      else failed(failure);
    }
  });
  await draw();
}
