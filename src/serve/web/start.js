// The first run, and a new indicator.

import { $, add, fill, h } from './dom.js';
import { call, post } from './api.js';
import { importChosen, drop } from './import.js';
import { queue, settle } from './edit.js';
import { chooseKinds } from './kinds.js';
import { newColumns } from './newcolumns.js';
import { ask, failed } from './notice.js';
import { recentProjects } from './projects.js';
import { emit, state } from './store.js';

/** What an empty folder is offered. */
export function start(root) {
  const choice = (number, title, words, run, first) => h('button.choice', { type: 'button', class: first ? 'first' : '', on: { click: run } },
    h('span.number', { 'aria-hidden': 'true' }, number), h('b', {}, title), h('span', {}, words));
  fill(root, h('main.start', {},
    h('h1.brand', {}, '汇报', h('small', {}, '一个数字只写一处，报告自动生成，处处查得到来源')),
    h('h2', {}, '第一次用？选一个开始'),
    h('div.choices', {},
      choice('1', '从去年的报告开始（推荐）', '选去年定稿的 Word 文件，自动找出里面的数字，变成今年要填的表。也可以把文件拖到这里。', importChosen, true),
      choice('2', '选一种报告', '政府工作报告、党建、安全、乡村振兴、平安、财政、上半年总结等，先看样子，再换成自己的事实。', () => chooseKinds('选一种报告', '新建')),
      choice('3', '用样例新建', '一份镇工作汇报的样子：改名称、改指标，填空就能出稿。', () => begin('starter')),
      choice('4', '先看看示例', '完整的示例，六年数据、一份汇报，随便改，改坏了也没关系。', () => begin('example'))),
    h('div', { id: 'recent' }),
    h('p.where', {}, '项目放在：', h('b', {}, state.project.folder)),
    h('p.good', {}, '本程序只在这台电脑上运行，不上传任何内容，拔掉网线也能用。关闭黑色窗口即可退出。'),
    h('p.hint', {}, '涉密文件请不要录入。')));
  drop(root);
  recentProjects($('#recent'));
}

async function begin(how) {
  try {
    await post('/api/start', { how });
    location.assign('/');
  } catch (failure) {
    failed(failure);
  }
}

const KINDS = [['时期', '时期：一年里累计发生的，如会议、投资'], ['时点', '时点：到年底有多少，如人数、面积'], ['比率', '比率：百分比、平均数'],
  ['文本', '文本：名称、一句话'], ['日期', '日期'], ['名单', '名单：几个名称'], ['台账', '台账：一条一行的表']];

/** Asks for a new indicator and registers it; `chosen` is the 类型 to begin with. */
export async function newIndicator(chosen) {
  const inputs = {};
  const line = (id, label, props = {}) => {
    inputs[id] = h('input', { id, autocomplete: 'off', maxlength: 60, ...props });
    return [h('label', { for: id }, label), inputs[id]];
  };
  const more = h('div.more');
  const kind = h('select', { id: 'kind', on: { change: () => more.classList.toggle('ledger', kind.value === '台账') } },
    KINDS.map(([value, words]) => h('option', { value, selected: value === chosen }, words)));
  more.classList.toggle('ledger', chosen === '台账');
  const table = newColumns();
  const own = ['台账', '其他'].includes(state.group) ? '' : state.group;
  add(more, [h('div.plain', {}, line('unit', '单位', { placeholder: '如 条、万元；文本不用写' })),
    h('div.table', {}, h('p.sub', {}, '有哪些列；认行用的一列（主键）在右边点上，导入、和上年比时，这一列一样的就是同一行'), table.box)]);
  const value = (id) => inputs[id].value.trim();
  const path = () => [value('group'), value('name')].filter(Boolean).join('.');
  const pressed = await ask(chosen === '台账' ? '新建台账' : '新增指标', [
    line('name', '名称', { placeholder: '如 短视频' }), line('group', '分组', { value: own, placeholder: '如 宣传；台账可以不写' }),
    h('label', { for: 'kind' }, '类型'), kind, more,
    line('source', '来源', { placeholder: '如 党政办宣传台账' }), line('definition', '口径', { placeholder: '算什么、不算什么' }),
  ], { ok: '新增', cancel: '取消' }, () => queue(async () => {
    await call('POST', `/api/years/${state.year}/indicators`, { body: {
      path: path(), kind: kind.value, unit: value('unit'), source: value('source'), definition: value('definition'),
      columns: kind.value === '台账' ? table.columns() : [], key: table.key(),
    } });
    await settle();
    emit('mended');
  }));
  if (pressed === 'ok') emit('select-path', path());
}
