// A report that this project wrote and somebody changed: every change with what it means, taken over one by one or all at
// once; what has to be made by hand says why beside it.

import { fill, h } from './dom.js';
import { call } from './api.js';
import { queue, settle } from './edit.js';
import { keep } from './issue.js';
import { ask, failed, toast } from './notice.js';
import { emit } from './store.js';

const key = (one) => [one.what, one.old, one.new].join('\n');
const send = (file, words) => call('POST', `/api/import/accept?${new URLSearchParams({ name: file.name, ...words })}`, { raw: file });

/** Shows what was changed in a file; `remarks` is what is to be said of how it was read. */
export async function returned(file, found, remarks) {
  const sent = () => keep({ file, year: found.year, template: found.template });
  if (!found.edits.length && !found.read.length) {
    return toast(`${found.title}和项目生成的一样，没有改动`, { stay: 12000, actions: { '已经报出，存成定稿': sent } });
  }
  const along = new Set(); // what changed along with something that was taken over
  const head = h('p', { id: 'edits-left', role: 'status' });
  const list = h('div', { id: 'edits', tabindex: 0, role: 'region', 'aria-label': '稿件的改动' });
  const take = (words) => queue(async () => {
    const answer = await send(file, words);
    answer.followed.forEach((one) => along.add(key(one)));
    draw(answer.edits);
    await settle();
    emit('mended');
    if (answer.failed.length) failed({ message: answer.failed.join('；') });
    else toast(`采纳了 ${answer.done} 处${answer.followed.length ? `，另有 ${answer.followed.length} 处跟着变了` : ''}`);
  }).catch(failed);
  const draw = (edits) => {
    const shown = edits.map((one) => (along.has(key(one)) ? { ...one, note: '采纳以后跟着变的，稿件里没有改。请核对' } : one));
    const open = shown.filter((one) => !one.note);
    fill(head, shown.length > 0 && `可以采纳 ${open.length} 处${shown.length > open.length ? `，另有 ${shown.length - open.length} 处请看说明` : ''}。 `,
      open.length > 0 && h('button.small.do', { id: 'take-all', type: 'button', on: { click: () => take({ all: 'true' }) } }, '全部采纳'));
    fill(list, shown.map((one) => row(one, take)), !shown.length && h('p.good', {}, '都处理完了。'));
  };
  draw(found.edits);
  const pressed = await ask(`${found.title}：稿件改了 ${found.edits.length} 处`, [
    h('p', {}, '这是本项目生成、又被改过的报告。采纳的改动会写进事实或模板，以后生成的报告都带着它；不采纳的不用管。'), remarks, head, list], { ok: '完成', sent: '已经报出，存成定稿' });
  return pressed === 'sent' ? sent() : undefined;
}

function row(one, take) {
  const { what, old, around, note } = one;
  return h('section.edit', {},
    h('p', {}, h('b', {}, what)),
    h('p', {}, old && h('del', {}, old), ' ', one.new && h('ins', {}, one.new)),
    around && h('p.hint', {}, around),
    note ? h('p.doubt', {}, note)
      : h('button.small', { type: 'button', on: { click: () => take({ what, old, new: one.new, around }) } }, '采纳'));
}
