// Another name, unit, kind; two that are one, one that is two: shown first, done in one step, taken back.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { close, open, quit, report, take, until } from './lib.mjs';

after(quit);

const planned = (page) => page.textContent('dialog .planned');
const opened = async (page, path) => {
  await take(page, path);
  await page.click('.detail .rename');
  await page.waitForSelector('dialog[open] .primary:disabled');
};

test('a name is typed over the old one, what follows is shown, and one undo takes it back', async () => {
  const one = await open();
  const { page } = one;
  const files = ['facts/2011.yaml', 'facts/2010.yaml', 'facts/指标.yaml', 'templates/政协工作汇报.hbs'];
  const before = files.map(one.read);
  const said = await report(page);
  await opened(page, '宣传.会议');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'new-name');
  await page.keyboard.type('宣传.专栏');
  await until('what hinders it', async () => (await planned(page)).includes('已经有“宣传.专栏”这个指标'));
  assert.ok(await page.isDisabled('dialog .primary'));
  await page.fill('#new-name', '动员会');
  await until('the preview', async () => (await planned(page)).includes('各年的报告一个字也不变'));
  const words = await planned(page);
  assert.match(words, /2006—2011年的事实：6处/);
  assert.match(words, /报告“政协工作汇报”的模板：\d处/);
  assert.ok(!words.includes('{{') && !words.includes('.yaml'), words);
  assert.equal(one.read(files[0]), before[0], 'nothing is written before the button');
  await page.click('dialog .primary');
  await until('the file', () => one.read('facts/2011.yaml').includes('动员会: {值: 14次'));
  await page.waitForSelector('[id="f-宣传.动员会"]');
  await until('it is in hand', async () => (await page.textContent('.row.selected')).includes('动员会'));
  assert.equal(await report(page), said);
  await page.click('.toast button:has-text("撤销")');
  await until('all is back', () => files.every((name, index) => one.read(name) === before[index]));
  await close(one);
});

test('a unit is converted, and what the report says then is shown', async () => {
  const one = await open();
  const { page } = one;
  await opened(page, '委员.总数');
  await page.fill('#new-unit', '元');
  await until('two families', async () => (await planned(page)).includes('不能换算'));
  await page.fill('#new-unit', '位');
  await page.click('dialog label.tick:has-text("只改叫法")');
  await until('what is compared with it', async () => (await planned(page)).includes('单位不同'));
  await page.click('dialog label.tick:has-text("一起改")');
  await until('the preview', async () => (await planned(page)).includes('报告里有'));
  assert.match(await planned(page), /17名[^→]* → [^→]*17位/);
  await page.click('dialog button:has-text("取消")');
  assert.ok(one.read('facts/2011.yaml').includes('17名'), 'only looked at');
  await close(one);
});

test('one is merged into another, and one is split off where the report means it', async () => {
  const one = await open();
  const { page } = one;
  await opened(page, '宣传.会议');
  await page.click('dialog label.way:has-text("合并")');
  await page.selectOption('#merge-into', '宣传.专栏');
  await until('two values', async () => /不能合并|不一样/.test(await planned(page)));
  await page.click('dialog label.way:has-text("分出")');
  await page.fill('#split-name', '村会议');
  await page.locator('dialog .ticks:not(.years) input').first().check();
  await until('the preview', async () => (await planned(page)).includes('各年的报告一个字也不变'));
  await page.click('dialog .primary');
  await until('the registry', () => one.read('facts/指标.yaml').includes('宣传.村会议'));
  await until('the template', () => one.read('templates/政协工作汇报.hbs').includes('宣传.村会议'));
  await page.waitForSelector('[id="f-宣传.村会议"]');
  await close(one);
});

test('columns of a ledger get other names, and the table goes on under its own', async () => {
  const one = await open();
  const { page } = one;
  await page.keyboard.press('Escape');
  await page.click('[role=tab][data-view=ledger]');
  await page.waitForSelector('.sheet .rename');
  const name = await page.textContent('.sheet h2');
  await page.click('.sheet .rename');
  const column = page.locator('dialog .name-columns input').first();
  const old = await column.inputValue();
  await column.fill('新列名');
  await until('the preview', async () => (await planned(page)).includes('指标表'));
  await page.waitForSelector('dialog .primary:enabled');
  await page.click('dialog .primary');
  await until('the registry', () => one.read('facts/指标.yaml').includes('新列名'));
  assert.ok(!new RegExp(`^- .*${old}:`, 'm').test(one.read('facts/2011.yaml')));
  await until('the table', async () => (await page.textContent('.grid')).includes('新列名'));
  assert.equal(await page.textContent('.sheet h2'), name);
  await close(one);
});

test('a report gets another name where its template is written', async () => {
  const one = await open();
  const { page } = one;
  await page.click('[role=tab][data-view=template]');
  // A report has to be open before it gets another name.
  await page.waitForFunction(() => document.querySelector('.editor #text')?.value);
  await page.click('.editor button:has-text("报告改名")');
  await page.waitForSelector('#report-name');
  await page.fill('#report-name', '甲/乙');
  await page.click('dialog .primary');
  await until('what hinders it', async () => (await page.textContent('dialog')).includes('不能作报告的名称'));
  await page.fill('#report-name', '年终总结');
  await page.click('dialog .primary');
  await until('the file', () => existsSync(join(one.place, 'templates/年终总结.hbs')));
  await until('the view', async () => (await page.textContent('.editor .head')).includes('年终总结'));
  await page.click('.toast button:has-text("撤销")');
  await until('it is back', async () => (await page.textContent('.editor .head')).includes('政协工作汇报'));
  await close(one);
});
