// 查找: Ctrl+F means what it means in WPS, and names are found by the letters of an input method.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, folder, open, quit, until } from './lib.mjs';

after(quit);

const files = {
  'facts/指标.yaml': '质检.测数: {单位: 次, 类型: 时期}\n质检.增长: {单位: 次, 类型: 时期}\n宣传.会议: {单位: 次, 类型: 时期}\n项目: {类型: 台账, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}\n',
  'facts/2024.yaml': '年度: 2024\n质检: {测数: 35次, 增长: 6次}\n宣传: {会议: 14次}\n项目:\n  - {企业: 甲厂, 投资: 5万元}\n  - {企业: 云溪竹业, 投资: 7万元}\n',
  'templates/汇报.hbs': `# 汇报\n\n测了{{质检.测数}}，开会{{宣传.会议}}。${'这一年我们认真做好各项工作。'.repeat(4)}干部群众齐心。\n\n{{表 项目}}\n`,
};

const results = (page) => page.$$eval('#find-list [role=option]', (all) => all.map((one) => one.innerText.replace(/\s+/g, ' ')));

test('pinyin, its first letters, full-width letters, values: the form and 查找 find an indicator by each', async () => {
  const one = await open(folder(files));
  const { page } = one;
  for (const words of ['ceshu', 'cs', 'CESHU', 'ｃｓ', 'zjcs', 'ces', '测数', '35']) {
    await page.fill('#search', words);
    await until(`the form by ${words}`, async () => (await page.$$eval('#rows .row', (rows) => rows.map((row) => row.dataset.path))).join() === '质检.测数');
  }
  await page.fill('#search', 'zengzhang');
  await until('either reading', async () => (await page.$$eval('#rows .row', (rows) => rows.map((row) => row.dataset.path))).join() === '质检.增长');
  await page.fill('#search', 'xyz');
  await until('nothing', async () => /没有找到/.test(await page.textContent('#rows')));
  await page.fill('#search', '');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('hy');
  await until('found', async () => (await results(page)).some((words) => words.includes('宣传.会议')));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-宣传.会议');
  assert.equal(await page.locator('#find').count(), 0);
  await close(one);
});

test('words of the report and rows of ledgers are found from every view, also over the end of a line', async () => {
  const one = await open(folder(files));
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await page.click('#tab-trend');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('干部群众');
  await until('the report', async () => (await results(page)).some((words) => /报告.*第1页第\d+行/.test(words)));
  await page.keyboard.press('Enter');
  await until('it is shown', async () => (await page.locator('#pages .flash').count()) > 0);
  assert.equal(await page.locator('#find').count(), 1, 'the next can follow');
  await page.fill('#find-words', 'zhuye');
  await until('the row', async () => (await results(page)).some((words) => words.includes('项目 第2行')));
  await page.keyboard.press('Enter');
  await until('its ledger', async () => (await page.getAttribute('.grid-input', 'aria-label').catch(() => '') || '').startsWith('第2行'));
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#find').count(), 0);
  assert.ok((await page.evaluate(() => document.activeElement.className)).includes('grid-input'), 'the focus goes back');
  await close(one);
});

test('behind 表 only ledgers are offered, and names by their letters', async () => {
  const one = await open(folder(files));
  const { page } = one;
  await page.click('#tab-template');
  await until('the text is there', async () => (await page.inputValue('#text')).includes('{{表 项目}}'));
  await page.focus('#text');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n{{表 ');
  await page.waitForSelector('#offers:not([hidden]) li');
  assert.deepEqual(await page.$$eval('#offers li b', (all) => all.map((each) => each.textContent)), ['项目']);
  for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('{{ceshu');
  await until('by its sound', async () => (await page.$$eval('#offers li b', (all) => all.map((each) => each.textContent))).join() === '质检.测数');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await close(one);
});
