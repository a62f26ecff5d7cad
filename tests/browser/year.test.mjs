// A new year: what is to be filled in, what is left of last year, and nothing else.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, folder, open, quit, until } from './lib.mjs';

after(quit);

const files = () => ({
  'facts/指标.yaml': '综合.行政村: {类型: 时点, 单位: 个}\n综合.社区: {类型: 时点, 单位: 个}\n产业.项目: {类型: 时期, 单位: 个, 来源: 经发办}\n产业.资金: {类型: 时期, 单位: 万元}\n',
  'facts/2024.yaml': '年度: 2024\n\n综合:\n  行政村: 14个\n  社区: 2个\n\n产业:\n  项目: 5个\n  资金: 9850万元\n',
  'templates/汇报.hbs': '# 云溪镇{{年度}}工作总结\n\n全镇辖{{综合.行政村}}行政村、{{综合.社区}}社区。\n\n全年引进项目{{产业.项目}}，到位资金{{产业.资金}}。\n',
});

test('a new year lists what is to be filled in and what is left of last year, and finds no fault', async () => {
  const one = await open(folder(files()));
  const { page } = one;
  await page.selectOption('#year', 'new');
  await page.waitForSelector('dialog[open]');
  await page.click('dialog[open] button.primary');
  await until('the year is there', async () => (await page.inputValue('#year')) === '2025');
  await page.waitForSelector('#to-fill');
  assert.equal(await page.textContent('#to-fill summary'), '要填的：2 项，已填 0 项');
  assert.ok((await page.textContent('#to-fill')).includes('经发办产业.项目'), 'by who gives it');
  assert.equal(await page.textContent('#to-look-at summary'), '上年沿用，请核：2 项');
  assert.equal(await page.locator('#problems .card').count(), 0);
  assert.equal(await page.textContent('#filled'), '已填 0/2');

  await page.click('#to-fill .link:has-text("产业.项目")');
  await page.waitForSelector('.row.selected[data-path="产业.项目"]');
  await until('the gap is a use', async () => (await page.textContent('.detail .places')).includes('等着填'));
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await until('progress', async () => (await page.textContent('#to-fill summary')).includes('已填 1 项'));
  assert.ok(one.read('facts/2025.yaml').includes('  项目: 6个\n'), one.read('facts/2025.yaml'));
  await close(one);
});

test('typing a value takes 待核 away, and one press says that all others still hold', async () => {
  const one = await open(folder({ ...files(), 'facts/2025.yaml': '年度: 2025\n\n综合:\n  行政村: {值: 14个, 待核: 是}\n  社区: {值: 2个, 待核: 是}\n\n产业:\n  项目: 6个\n  资金: 10600万元\n' }));
  const { page } = one;
  await page.waitForSelector('#to-look-at');
  await page.click('#to-look-at .link:has-text("综合.行政村")');
  await page.waitForSelector('.row.selected[data-path="综合.行政村"]');
  assert.equal(await page.textContent('.row.selected .about'), '待核：上年的数');
  await page.fill('.row.selected input', '15');
  await page.keyboard.press('Enter');
  await until('no caption', async () => (await page.textContent('.row[data-path="综合.行政村"] .about')) === '');
  assert.ok(one.read('facts/2025.yaml').includes('  行政村: 15个\n'), one.read('facts/2025.yaml'));
  await until('one is left', async () => (await page.textContent('#to-look-at summary')) === '上年沿用，请核：1 项');
  await page.click('#to-look-at button:has-text("属实")');
  await until('nothing is left', async () => (await page.locator('#to-look-at').count()) === 0);
  assert.ok(one.read('facts/2025.yaml').includes('  社区: 2个\n'), one.read('facts/2025.yaml'));
  await page.click('#undo');
  await until('it is back', async () => one.read('facts/2025.yaml').includes('社区: {值: 2个, 待核: 是}'));
  await close(one);
});
