// Another year is shown, or the next one begun: what was sent is kept before its template is changed for the next.

import { h } from './dom.js';
import { get, post } from './api.js';
import { settle } from './edit.js';
import { leave } from './facts.js';
import { issue } from './issue.js';
import { ask, toast } from './notice.js';
import { inWords, newest, periodOf, yearOf } from './period.js';
import { emit, state } from './store.js';

/** What was chosen in the list of years. */
export async function chooseYear(select) {
  const wanted = select.value;
  select.value = String(state.year);
  if (!(await leave())) return;
  if (wanted !== 'new') return emit('year', periodOf(wanted));
  await begin();
}

async function begin() {
  const last = newest(state.project.years);
  const { open } = await get('/api/issued').catch(() => ({ open: [] }));
  const input = h('input', { id: 'new-year', value: yearOf(last) + 1, maxlength: 12, autocomplete: 'off' });
  const unissued = open.includes(last);
  let made;
  const pressed = await ask('开新一年', [h('label', { for: 'new-year' }, '年度'), input,
    h('p.hint', {}, '照上一年的样子建好：要填的空着，旁边是上年的数；存量标“待核”；名称照抄。半年、季度、月份的，写 2026上半年、2026第三季度、2026年1—10月、2026年6月。'),
    unissued && h('p.remind', { id: 'unissued' }, `${inWords(last)}还没有定稿。报告已经报出的，请先存成定稿：以后改模板、改数都不会动它，对比和花脸稿才对得上报出的那一份。`)],
  { ok: '建好', ...(unissued && { issue: `先给${inWords(last)}定稿` }), cancel: '取消' }, async () => {
    made = await post('/api/years', { year: periodOf(input.value.trim()) });
    await settle();
  });
  if (pressed === 'issue') {
    await issue(last);
    return begin();
  }
  if (pressed !== 'ok') return undefined;
  emit('project', { year: made.year });
  toast(`已建好${inWords(made.year)}：${made.blank} 处待填，${made.unverified} 处待核`);
  return undefined;
}
