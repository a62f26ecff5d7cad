// Everything else on the page, and what holds for all of it: downloads, the first run, the keyboard alone, axe.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';

import { cell, close, folder, open, quit, report, take, unzip, until } from './lib.mjs';

after(quit);

const VIEWS = ['facts', 'ledger', 'compare', 'trend', 'template'];
const READY = { facts: '#pages .page', ledger: '.grid-cell', compare: 'table.prose', trend: '.chart', template: '#pages .page' };

async function fetched(page, kind) {
  await page.click('#download');
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`#downloads [data-kind=${kind}]`)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('a table of the report stands on its page, its rows as high as Word sets them', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages table');
  const tables = await page.$$eval('#pages table', (all) => all.map((table) => {
    const sheet = table.closest('.page').getBoundingClientRect();
    const own = table.getBoundingClientRect();
    const rows = [...table.rows].map((row) => row.getBoundingClientRect().height / sheet.height);
    return { inside: own.bottom <= sheet.bottom, highest: Math.max(...rows) };
  }));
  assert.ok(tables.length > 0);
  for (const table of tables) {
    assert.ok(table.inside, 'on its page');
    assert.ok(table.highest < 0.04, `a row takes ${table.highest} of a page`);
  }
  await close(one);
});

test('every download opens and holds what the page shows', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const words = (files, name) => files[name].toString('utf8').replace(/<w:delText[^]*?<\/w:delText>/g, '').replace(/<[^>]+>/g, '').replace(/\s+/g, '');
  const docx = await fetched(page, 'docx');
  assert.match(docx.name, /^政协工作汇报_2011年_\d{8}-\d{4}\.docx$/);
  const text = words(unzip(docx.bytes), 'word/document.xml');
  assert.ok(text.includes('开会宣讲38次') && text.includes('成文') === false && text.includes('2011年12月20日'));
  const redline = unzip((await fetched(page, 'redline')).bytes)['word/document.xml'].toString('utf8');
  assert.ok(redline.includes('<w:ins ') && redline.includes('<w:del '));
  const annotated = unzip((await fetched(page, 'annotated')).bytes);
  assert.ok(annotated['word/comments.xml'].toString('utf8').includes('宣传.会议'));
  const trace = await fetched(page, 'trace');
  assert.match(trace.name, /数字核对表.*\.xlsx$/);
  assert.ok(unzip(trace.bytes)['xl/sharedStrings.xml'].toString('utf8').includes('facts/2011.yaml'));
  assert.ok((await fetched(page, 'html')).bytes.toString('utf8').startsWith('<!DOCTYPE html>'));
  const plain = (await fetched(page, 'txt')).bytes.toString('utf8');
  assert.ok((await report(page)).includes(plain.split('\n')[2].trim().slice(0, 20)));
  await close(one);
});

test('a download with gaps is asked for first', async () => {
  const one = await open();
  const { page } = one;
  await take(page, '宣传.简报');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await until('a gap', async () => (await page.locator('#pages .missing').count()) > 0);
  await page.click('#download');
  await page.click('#downloads [data-kind=docx]');
  await page.waitForSelector('dialog[open]');
  assert.match(await page.textContent('dialog[open]'), /还有 1 处待填[^]*宣传\.简报/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('dialog[open] button[value=draft]')]);
  assert.match(file.suggestedFilename(), /草稿/);
  await close(one);
});

test('problems are live, lead to their place, and are mended or confirmed by one press', async () => {
  const one = await open();
  const { page } = one;
  one.write('templates/政协工作汇报.hbs', one.read('templates/政协工作汇报.hbs').replace('渠道一齐用，政协', '渠道一齐用,政协'));
  await page.waitForSelector('.card:has-text("改成“，”")');
  await page.click('.card:has-text("改成“，”") .title');
  await page.click('.card:has-text("改成“，”") button.do');
  await until('mended', () => one.read('templates/政协工作汇报.hbs').includes('渠道一齐用，政协'));
  await until('gone', async () => (await page.locator('.card:has-text("改成“，”")').count()) === 0);
  await page.click('.card:has-text("宣传.专栏") button:has-text("确认属实")');
  await page.fill('#by', '张三');
  await page.keyboard.press('Enter');
  await until('confirmed', () => { try { return one.read('确认.yaml').includes('确认人: 张三'); } catch { return false; } });
  await until('put aside', async () => (await page.textContent('.aside summary')).includes('4 处'));
  await take(page, '委员.女委员');
  await page.keyboard.type('18');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.card.error');
  await until('the figure is marked', async () => (await page.locator('#pages .figure[data-level=error]').count()) > 0);
  await page.keyboard.press('F8');
  await until('the next one is open', async () => (await page.locator('.card.open').count()) === 1);
  await close(one);
});

test('a template: names are offered, errors stand at their line, the report is beside it', async () => {
  const one = await open();
  const { page } = one;
  await page.click('#tab-template');
  await page.waitForSelector('#pages .page');
  const text = page.locator('#text');
  await text.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n\n补一句：{{宣');
  await page.waitForSelector('#offers:not([hidden]) li');
  assert.match(await page.textContent('#offers li >> nth=0'), /宣传\.会议/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('}}。');
  await until('the report', async () => (await report(page)).includes('补一句：14次。'));
  await until('saved', () => one.read('templates/政协工作汇报.hbs').includes('补一句：{{宣传.会议}}。'));
  await page.keyboard.type('{{没有的}}');
  await until('the error', async () => /没有“没有的”/.test(await page.textContent('#text-findings')));
  await page.waitForTimeout(1300);
  assert.ok(!one.read('templates/政协工作汇报.hbs').includes('没有的'), 'not saved with an error');
  for (let letter = 0; letter < 7; letter += 1) await page.keyboard.press('Backspace');
  await until('saved again', async () => (await page.textContent('#text-state')).includes('已保存'));
  await close(one);
});

test('an empty folder: the example, and a project that gives a report in a moment', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  const { page } = one;
  for (const words of ['从去年的报告开始', '选一种报告', '用样例新建', '先看看示例']) assert.ok((await page.textContent('main')).includes(words));
  await page.click('text=先看看示例');
  await page.waitForSelector('#pages .page');
  assert.match(await page.textContent('#project-name'), /示例/);
  await page.click('#back');
  await page.click('text=用样例新建');
  await page.waitForSelector('#pages .page');
  await page.selectOption('#year', 'new');
  await page.click('dialog[open] button[value=ok]');
  await until('the new year', async () => (await page.inputValue('#year')) === '2026');
  await until('gaps to fill in', async () => (await page.locator('#pages .missing').count()) > 3);
  await page.waitForSelector('#groups .todo');
  await close(one);
});

test('a new indicator is registered and can be filled in', async () => {
  const one = await open();
  const { page } = one;
  await page.click('#groups [data-group=宣传]');
  await page.click('text=新增指标');
  await page.fill('#name', '短视频');
  await page.fill('#unit', '条');
  await page.fill('#source', '党政办');
  await page.click('dialog[open] button[value=ok]');
  await cell(page, '宣传.短视频').waitFor();
  await cell(page, '宣传.短视频').fill('12');
  await page.keyboard.press('Enter');
  await until('filled in', () => one.read('facts/2011.yaml').includes('短视频: 12条'));
  assert.ok(one.read('facts/指标.yaml').includes('宣传.短视频: {类型: 时期, 单位: 条, 来源: 党政办}'));
  await page.click('#undo');
  await page.click('#undo');
  await until('both taken back', () => !one.read('facts/指标.yaml').includes('短视频') && !one.read('facts/2011.yaml').includes('短视频'));
  await close(one);
});

test('the keyboard alone fills a year in and fetches Word', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('媒体用稿');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-宣传.媒体用稿');
  await page.keyboard.type('25');
  await page.keyboard.press('Enter');
  await until('saved', () => one.read('facts/2011.yaml').includes('媒体用稿: {值: 25篇'));
  for (const number of [2, 3, 4, 5, 1]) {
    await page.keyboard.press(`Alt+${number}`);
    await page.waitForSelector(READY[VIEWS[number - 1]]);
  }
  await page.focus('#download');
  await page.keyboard.press('Enter');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(file.suggestedFilename(), /\.docx$/);
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(ring, 'solid', 'the focus is seen');
  await close(one);
});

test('axe finds nothing serious on any view, at both sizes and by night', async () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const [width, height, theme] of [[1366, 768, 'dark'], [1600, 950, 'light']]) {
    const one = await open(folder(), { width, height });
    const { page } = one;
    await page.selectOption('#theme', theme);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
    for (const view of VIEWS) {
      await page.click(`#tab-${view}`);
      await page.waitForSelector(READY[view]);
      if (view === 'facts') await take(page, '宣传.会议');
      await page.waitForTimeout(300);
      const found = await page.evaluate(async (code) => {
        // The policy of the page forbids scripts in text; the test puts axe in through the debugger's own door.
        if (!window.axe) (0, Function)(code).call(window);
        const result = await window.axe.run(document, { resultTypes: ['violations'] });
        return result.violations.map((one) => ({ id: one.id, impact: one.impact, nodes: one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`) }));
      }, source);
      const serious = found.filter((each) => ['serious', 'critical'].includes(each.impact));
      assert.deepEqual(serious, [], `${view} ${width} ${theme}`);
    }
    await close(one);
  }
});

test('a page whose program has ended says so', async () => {
  const one = await open();
  one.server.kill();
  await until('it is said', async () => (await one.page.locator('#bar').count()) === 1);
  assert.match(await one.page.textContent('#bar'), /“汇报”已经退出/);
  await close(one, { faults: false });
});
