// Kinds of reports that are ready to use: chosen by their names, looked at before they are taken.

import { fill, h, made } from './dom.js';
import { get, part, post } from './api.js';
import { ask, failed } from './notice.js';

/** Asks which kinds a project is to have, and gives them to it; then the page begins anew. */
export async function chooseKinds(title, button) {
  let kinds;
  try {
    ({ kinds } = await get('/api/kinds'));
  } catch (failure) {
    return failed(failure);
  }
  const box = h('div.kinds', { role: 'group', 'aria-label': '报告种类' }, kinds.map(line));
  const pressed = await ask(title, [
    h('p.hint', {}, '可以选几种：共用一张指标表、一份事实，同一个数只填一处。里面的单位、人名、数字都是示例。'), box,
  ], { ok: button, cancel: '取消' }, async () => {
    const chosen = [...box.querySelectorAll('input:checked:not(:disabled)')].map((one) => one.value);
    await post('/api/kinds', { kinds: chosen });
  });
  if (pressed === 'ok') location.assign('/');
  return undefined;
}

function line(kind) {
  const id = `kind-${kind.name}`;
  return h('div.kind', {},
    h('input', { id, type: 'checkbox', value: kind.name, checked: kind.there, disabled: kind.there }),
    h('label', { for: id }, h('b', {}, kind.name), h('span.sub', {}, kind.there ? `${kind.about}（已有）` : kind.about)),
    h('button.small', { type: 'button', 'aria-label': `看${kind.name}的样子`, on: { click: () => look(kind) } }, '看样子'));
}

async function look(kind) {
  const pages = h('div.kept', { tabindex: 0, role: 'region', 'aria-label': '样子' }, '正在排版……');
  ask(`${kind.name}的样子`, [pages], { close: '关闭' });
  try {
    const sample = await get(`/api/kinds/${part(kind.name)}/pages`);
    fill(pages, sample.pages.map((page) => made(page)));
  } catch (failure) {
    failed(failure);
  }
}
