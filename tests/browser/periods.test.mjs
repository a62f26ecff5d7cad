// Halves and months beside years: they are chosen in the same list, and each has the reports that are written of it.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, folder, open, quit, until } from './lib.mjs';

after(quit);

const files = () => ({
  'facts/指标.yaml': '税收: {类型: 时期, 单位: 万元}\n单位: {类型: 文本}\n',
  'facts/2024上半年.yaml': '期间: 2024年上半年\n税收: 630万元\n',
  'facts/2024.yaml': '年度: 2024\n税收: 1240万元\n单位: 青石镇\n',
  'facts/2025上半年.yaml': '期间: 2025年上半年\n税收: 650万元\n',
  'facts/2025.yaml': '年度: 2025\n税收: 1300万元\n单位: 青石镇\n',
  '项目.yaml': '报告:\n  半年小结: {期间: 上半年}\n',
  'templates/汇报.hbs': '# {{单位}}{{年度}}工作总结\n\n税收{{税收}}，{{同比 税收}}。\n',
  'templates/半年小结.hbs': '# {{单位}}{{年度}}{{期间}}小结\n\n{{期间}}税收{{税收}}，{{同比 税收}}。\n',
});

test('a half is a period of its own: its facts, its report, last year\'s half beside it', async () => {
  const one = await open(folder(files()));
  const { page } = one;
  assert.equal(await page.inputValue('#year'), '2025', 'the newest year is shown first');
  assert.deepEqual(await page.locator('#year option').allTextContents(),
    ['2025 年度', '2025年上半年', '2024 年度', '2024年上半年', '＋ 开新一年……']);
  await until('the report of the year', async () => (await page.textContent('#pages')).includes('2025年工作总结'));

  await page.selectOption('#year', '2025上半年');
  await until('the report of the half', async () => (await page.textContent('#pages')).includes('2025年上半年小结'));
  assert.ok((await page.textContent('#pages')).includes('上半年税收650万元，同比增长3.2%'));
  const columns = await page.textContent('.columns');
  assert.ok(columns.includes('2025年上半年') && columns.includes('2024年上半年'), columns);
  assert.ok((await page.title()).includes('2025年上半年'));

  await page.fill('.row[data-path="税收"] input', '660');
  await page.keyboard.press('Enter');
  await until('it is in the file of the half', async () => one.read('facts/2025上半年.yaml').includes('税收: 660万元'));
  assert.ok(one.read('facts/2025.yaml').includes('税收: 1300万元'));
  await close(one);
});

test('the next half is begun from the list of years', async () => {
  const one = await open(folder(files()));
  const { page } = one;
  await page.selectOption('#year', 'new');
  await page.waitForSelector('dialog[open]');
  assert.equal(await page.inputValue('#new-year'), '2026');
  await page.fill('#new-year', '2026上半年');
  await page.click('dialog[open] button.primary');
  await until('the half is there', async () => (await page.inputValue('#year')) === '2026上半年');
  assert.ok(one.read('facts/2026上半年.yaml').startsWith('期间: 2026年上半年\n'), one.read('facts/2026上半年.yaml'));
  await close(one);
});

test('a kind is looked at and taken, and another is added to it', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  const { page } = one;
  await page.click('text=选一种报告');
  await page.waitForSelector('.kind');
  assert.equal(await page.locator('.kind').count(), 9);
  await page.click('button[aria-label="看安全生产工作总结的样子"]');
  await until('its pages', async () => (await page.locator('.kept .page').count()) > 3);
  await page.keyboard.press('Escape');
  await page.check('input[value="安全生产工作总结"]');
  await page.click('dialog[open] button[value=ok]');
  await page.waitForSelector('#pages .page');
  await until('the report', async () => (await page.textContent('#pages')).includes('安全生产工作总结'));
  await page.click('#project');
  await page.click('#add-kind');
  await page.waitForSelector('.kind');
  assert.ok(await page.isDisabled('input[value="安全生产工作总结"]'), 'it is there');
  await page.check('input[value="党建工作总结"]');
  await page.click('dialog[open] button[value=ok]');
  await until('two reports', async () => (await page.locator('#reports option').count()) === 2);
  await close(one);
});
