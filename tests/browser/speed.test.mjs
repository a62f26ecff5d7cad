// How fast the page is with 500 facts and a ledger of 5,000 rows; the figures are printed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { cell, close, folder, open, quit } from './lib.mjs';

after(quit);

const GROUPS = 20;
const EACH = 25;
const ROWS = 5000;
/** Milliseconds that the page may take on a computer that does nothing else; a busy one gets more. */
const PAINT = 500;
const KEY = 100;
const SLACK = Number(process.env.HUIBAO_SLACK || 1);

function large() {
  const paths = Array.from({ length: GROUPS }, (_, group) => Array.from({ length: EACH }, (_, fact) => [`第${group + 1}组`, `指标${fact + 1}`]));
  const year = (number, extra) => [`年度: ${number}`,
    ...paths.flatMap((group, at) => [`${group[0][0]}:`, ...group.map(([, name], index) => `  ${name}: ${100 + at * EACH + index + extra}件`)]),
    '企业:', ...Array.from({ length: ROWS }, (_, row) => `  - {名称: 企业${row + 1}, 投资: ${row + 1}万元}`)].join('\n');
  const registry = [...paths.flat().map((path) => `${path.join('.')}: {类型: 时期, 单位: 件}`), '企业:', '  类型: 台账', '  列:', '    名称: {类型: 文本}', '    投资: {类型: 时期, 单位: 万元}'].join('\n');
  const template = ['# 工作汇报', ...paths.map((group) => `${group[0][0]}完成${group.map((path) => `{{${path.join('.')}}}`).join('、')}。`), '共投资{{合计 企业.投资}}。'].join('\n\n');
  return { 'facts/指标.yaml': `${registry}\n`, 'facts/2010.yaml': `${year(2010, 0)}\n`, 'facts/2011.yaml': `${year(2011, 7)}\n`, 'templates/工作汇报.hbs': `${template}\n` };
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

test('500 facts and 5,000 rows', async () => {
  const one = await open(folder(large()), { wait: '#rows .row' });
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const paints = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await page.goto(one.address);
    await page.waitForSelector('#rows .row');
    paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
  }
  await page.waitForSelector('#pages .page');
  await page.waitForTimeout(1500);
  const input = cell(page, '第1组.指标3');
  await input.click();
  await page.waitForTimeout(500);
  const keys = [];
  for (const letter of '1234567') {
    keys.push(await page.evaluate((typed) => new Promise((resolve) => {
      const field = document.activeElement;
      const begin = performance.now();
      const seen = new MutationObserver(() => {
        if (!document.querySelector('#pages').textContent.includes(`${typed}件`)) return;
        seen.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - begin));
      });
      seen.observe(document.querySelector('#pages'), { childList: true, subtree: true });
      field.value = typed;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }), `98765${letter}`));
    await page.waitForTimeout(300);
  }
  await page.keyboard.press('Escape');
  const begin = Date.now();
  await page.click('#tab-ledger');
  await page.waitForSelector('.grid-cell');
  const ledger = Date.now() - begin;
  const scroll = await page.evaluate(() => new Promise((resolve) => {
    const box = document.querySelector('.grid');
    const frames = [];
    let last = performance.now();
    const step = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      box.scrollTop += 1700;
      if (frames.length < 60) requestAnimationFrame(step);
      else resolve(frames.sort((a, b) => a - b)[56]);
    };
    requestAnimationFrame(step);
  }));
  assert.ok((await page.locator('.grid-row').count()) < 120, 'only the rows in sight are drawn');
  const [paint, key] = [median(paints), median(keys)].map(Math.round);
  console.log(`first paint ${paint} ms (${paints.map(Math.round)}), key to preview ${key} ms (${keys.map(Math.round)}), ledger of ${ROWS} rows open ${ledger} ms, a frame while scrolling ${Math.round(scroll)} ms`);
  assert.ok(paint <= PAINT * SLACK, `first paint ${paint} ms`);
  assert.ok(key <= KEY * SLACK, `key to preview ${key} ms`);
  await close(one);
});
