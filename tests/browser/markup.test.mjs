// Markup in whatever a user brings in: shown as it was typed, never taken as markup, in every view.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { drop } from './dropped.mjs';
import { close, folder, open, quit, until } from './lib.mjs';

after(quit);

const BAD = '<img src=x onerror="window.hit=1">';
const files = () => {
  const made = {
    'facts/指标.yaml': `甲: {类型: 时期, 单位: 件, 口径: '${BAD}'}\n名: {类型: 文本}\n单: {类型: 名单}\n台: {类型: 台账, 主键: 村, 列: {村: 文本, 数: {单位: 件, 类型: 时期}}}\n`,
    'templates/汇报.hbs': `# 汇报\n\n${BAD}甲{{甲}}，{{名}}。{{列举 单}}。\n\n{{表 台}}\n`,
  };
  for (const year of [2023, 2024]) {
    made[`facts/${year}.yaml`] = `年度: ${year}\n甲: {值: ${year - 2000}件, 来源: '${BAD}${year}', 说明: '${BAD}'}\n名: '${BAD}${year}'\n单: ['${BAD}', 乙]\n台:\n  - {村: '${BAD}', 数: ${year - 2020}件}\n`;
  }
  return made;
};

test('no view, pop-up, question or message takes markup for more than words', async () => {
  const one = await open(folder(files(), BAD.replace(/[/"]/g, '')));
  const { page } = one;
  const still = async (where) => {
    await page.waitForTimeout(150);
    assert.equal(await page.evaluate(() => window.hit), undefined, where);
    assert.equal(await page.locator('img').count(), 0, where);
  };
  await page.waitForSelector('#pages .page');
  await page.click('.row');
  await still('the form and its details');
  await page.locator('#pages .figure').first().click();
  await until('the origin', async () => (await page.textContent('#origin')).includes('<img'));
  await still('the origin of a figure');
  await page.keyboard.press('Escape');
  for (const view of ['ledger', 'compare', 'trend', 'template']) {
    await page.click(`#tab-${view}`);
    await page.waitForTimeout(400);
    if (view !== 'trend') assert.ok((await page.$eval('#view', (main) => `${main.textContent}${[...main.querySelectorAll('textarea')].map((area) => area.value).join()}`)).includes('<img'), view);
    await still(view);
  }
  await page.click('#tab-compare');
  await page.waitForSelector('table.prose');
  if (await page.locator('text=事实').first().isVisible()) await page.locator('button:has-text("事实")').first().click();
  await still('facts against last year');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('img');
  await until('found', async () => (await page.textContent('#find-list')).includes('<img'));
  await still('查找');
  await page.keyboard.press('Escape');
  await page.click('#project');
  await until('the projects', async () => (await page.locator('.recent').count()) > 0);
  await still('recent projects');
  await page.click('#project');
  await page.click('#tab-facts');
  for (const [name, bytes] of [[`${BAD.replace(/"/g, '')}.docx`, 'kein Word'], [`${BAD}.png`, 'x'], [`${BAD}.xlsx`, 'x']]) {
    await drop(page, name, Buffer.from(bytes));
    await until('the failure names the file', async () => /onerror/.test(await page.textContent('body')));
    await still(`a file that cannot be read: ${name}`);
    await page.keyboard.press('Escape');
  }
  await drop(page, '台账.csv', Buffer.from(`村,数\n${BAD.replace(/"/g, "'")},9\n<b>新村</b>,很多\n`));
  await page.waitForSelector('dialog[open] #workbook');
  assert.ok((await page.textContent('dialog[open]')).includes('<b>新村</b>'));
  await still('a workbook before it is written');
  await page.keyboard.press('Escape');
  await drop(page, `${BAD}.txt`, Buffer.from(`${BAD}2022年汇报\n\n${BAD}甲22件，名。\n`));
  await page.waitForSelector('dialog[open]');
  await still('a report before it is taken in');
  await page.keyboard.press('Escape');
  await page.click('text=历史版本');
  await still('history');
  await close(one, { faults: false });
});
