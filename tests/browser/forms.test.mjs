// Forms for villages: set up without a file being edited, handed out, dropped when they come back, put together in one
// step; and a ledger that is made on the page.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { dropAll } from './dropped.mjs';
import { close, folder, open, quit, unzip, until } from './lib.mjs';
import { typed } from './workbooks.mjs';

after(quit);

const files = () => ({
  'facts/指标.yaml': '党建.党员: {类型: 时点, 单位: 名}\n宣传.会议: {类型: 时期, 单位: 次}\n',
  'facts/2024.yaml': '年度: 2024\n党建:\n  党员: 1500名\n宣传:\n  会议: 12次\n',
  'facts/2025.yaml': '年度: 2025\n党建:\n  党员: 1536名\n宣传:\n  会议: 14次\n',
  'templates/汇报.hbs': '# {{年度}}汇报\n\n党员{{党建.党员}}，开会{{宣传.会议}}。\n',
});

test('forms are set up from the registry, handed out, and what comes back is one step', async () => {
  const one = await open(folder(files()));
  const { page } = one;
  await page.click('#tabs [data-view=ledger], nav button:has-text("台账")');
  await page.click('button:has-text("向各村、各单位收数")');
  await page.waitForSelector('dialog[open] #forms-name');
  await page.fill('#forms-name', '各村');
  await page.selectOption('#forms-pick', '党建.党员');
  const names = page.locator('.new-columns .name');
  await names.nth(1).fill('集体收入');
  await page.locator('.new-columns .unit').nth(1).fill('万元');
  await page.fill('#forms-units', '东/村\n东_村\nCON\n南坡村\n');
  await page.fill('#forms-due', '2025-12-20');
  await page.click('dialog[open] button.primary');
  await page.waitForSelector('#forms .collection');
  const said = await page.textContent('#forms .collection');
  assert.ok(said.includes('收 党员、集体收入，请在 2025-12-20 前报回'), said);
  assert.ok(said.includes('应交 4 个，已交 0 个，还差 4 个：东/村、东_村、CON、南坡村'), said);
  assert.ok(one.read('facts/指标.yaml').includes('各村合计.党员: {类型: 时点, 单位: 名, 公式: {合计: 各村.党员}}'), one.read('facts/指标.yaml'));

  const waiting = page.waitForEvent('download');
  await page.click('#forms button:has-text("下载")');
  const path = await (await waiting).path();
  const { readFileSync } = await import('node:fs');
  const packed = unzip(readFileSync(path));
  assert.deepEqual(Object.keys(packed), ['东／村.xlsx', '东_村.xlsx', 'CON_.xlsx', '南坡村.xlsx']);
  await page.click('#forms button:has-text("存到项目文件夹")');
  await until('they are there', () => existsSync(join(one.place, '采集表', '2025年各村', 'CON_.xlsx')));

  const filled = (name, people, income) => typed(packed[name], 1, { C5: people, C6: income });
  await dropAll(page, [['东村.xlsx', filled('东／村.xlsx', 300, 12)], ['东村2.xlsx', filled('东／村.xlsx', 310, 12)],
    ['东_村.xlsx', filled('东_村.xlsx', 200, 8)], ['CON_.xlsx', filled('CON_.xlsx', 100, 9)]]);
  await page.waitForSelector('#workbook');
  const seen = await page.textContent('#workbook');
  assert.ok(seen.includes('应交 4 个，已交 3 个，还差 1 个：南坡村'), seen);
  assert.ok(seen.includes('“东/村”的“党员”有两个数：300名'), seen);
  await page.click('dialog[open] button[value=write]');
  await until('it is written', () => one.read('facts/2025.yaml').includes('{村: CON, 党员: {值: 100名'));
  await page.click('dialog[open] button:has-text("知道了")');

  await page.click('#collect');
  await page.waitForSelector('#forms .collection');
  const now = await page.textContent('#forms .collection');
  assert.ok(now.includes('已交 3 个，还差 1 个：南坡村') && now.includes('东/村 已交，还差 党员'), now);
  await page.click('#forms button:has-text("改名单")');
  await page.waitForSelector('dialog[open] #forms-units');
  assert.equal(await page.inputValue('#forms-due'), '2025-12-20');
  await page.uncheck('[data-column="集体收入"]');
  await page.click('dialog[open] button.primary');
  await until('one column is asked', async () => (await page.textContent('#forms .collection')).includes('收 党员，请在'));
  await page.click('dialog[open] button[value=close]');
  // 设置, 汇总, 改设置: three steps, and three presses take them back.
  for (let step = 0; step < 3; step += 1) {
    const before = await page.textContent('#toasts');
    await page.click('#undo');
    await until('a step back', async () => (await page.textContent('#toasts')) !== before);
  }
  await until('all as it was', () => one.read('facts/2025.yaml') === files()['facts/2025.yaml'] && one.read('facts/指标.yaml') === files()['facts/指标.yaml']);
  await close(one);
});

test('a ledger is made with its columns, units and 主键', async () => {
  const one = await open(folder(files()));
  const { page } = one;
  await page.click('nav button:has-text("台账")');
  await page.click('button:has-text("新建台账")');
  await page.waitForSelector('dialog[open] #name');
  assert.equal(await page.inputValue('#kind'), '台账');
  await page.fill('#name', '招商项目');
  await page.fill('#group', '');
  const rows = page.locator('.new-columns tbody tr');
  await rows.nth(0).locator('.name').fill('序号');
  await rows.nth(1).locator('.name').fill('企业');
  await rows.nth(1).locator('.kind').selectOption('文本');
  await rows.nth(1).locator('input[type=radio]').check();
  await rows.nth(2).locator('.name').fill('投资');
  await page.click('dialog[open] button.primary');
  await until('a unit is asked for', async () => (await page.textContent('dialog[open]')).includes('“投资”这一列是数字，要写单位'));
  assert.equal(await page.inputValue('#name'), '招商项目', 'what was typed is still there');
  await rows.nth(2).locator('.unit').fill('万元');
  await page.click('dialog[open] button.primary');
  await until('it is registered', () => one.read('facts/指标.yaml').includes('招商项目'));
  assert.ok(one.read('facts/指标.yaml').includes('招商项目: {类型: 台账, 列: {序号: 文本, 企业: 文本, 投资: {类型: 时期, 单位: 万元}}, 主键: 企业}'), one.read('facts/指标.yaml'));
  await close(one);
});
