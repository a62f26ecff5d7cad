// Excel files that are dropped onto the page: what they would change is shown first, then written as one step.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { drop, dropAll } from './dropped.mjs';
import { cell, close, folder, open, quit, report, root, take, until, unzip } from './lib.mjs';
import { downloaded, TABLE, typed, VILLAGES } from './workbooks.mjs';

after(quit);

const shown = 'dialog[open] #workbook';
const write = 'dialog[open] button[value=write]';
const text = (page) => page.textContent(shown);

/** A picture for whoever looks at them, where a folder for that is named. */
async function picture(page, name) {
  const pictures = process.env.HUIBAO_PICTURES;
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

test('our own workbook: nothing, then what was typed, written, seen on the page and in the file, taken back', async () => {
  const one = await open();
  const { page } = one;
  const before = one.read('facts/2011.yaml');
  const book = await downloaded(page, '#downloads [data-kind=facts]');
  assert.match(book.name, /^2011年事实_\d{8}-\d{4}\.xlsx$/);
  const choosing = page.waitForEvent('filechooser');
  await page.click('#import');
  await (await choosing).setFiles({ name: book.name, mimeType: 'application/octet-stream', buffer: book.bytes });
  await until('it is said', async () => (await page.textContent('#toasts')).includes('没有改动'));
  const rows = unzip(book.bytes)['xl/worksheets/sheet1.xml'].toString('utf8');
  const strings = unzip(book.bytes)['xl/sharedStrings.xml'].toString('utf8').split('<si>').slice(1).map((si) => si.replace(/<[^>]*>/g, ''));
  const place = (path) => {
    const found = [...rows.matchAll(/<c r="A(\d+)"[^>]*t="s"[^>]*><v>(\d+)<\/v>/g)].find(([, , index]) => strings[index].trim() === path);
    return Number(found[1]);
  };
  const at = place('宣传.会议');
  await drop(page, '事实.xlsx', typed(book.bytes, 1, { [`E${at}`]: 19, [`F${at}`]: '会议登记簿第3册' }));
  await page.waitForSelector(shown);
  assert.match(await text(page), new RegExp(`2011年要改 2 处[^]*指标!E${at}[^]*宣传\\.会议[^]*14次[^]*19次`));
  assert.equal(await page.textContent(write), '写入 2 处');
  assert.equal(one.read('facts/2011.yaml'), before, 'nothing is written before it is asked for');
  await picture(page, 'own');
  await page.click(write);
  await until('the file', () => one.read('facts/2011.yaml').includes('19次'));
  await take(page, '宣传.会议');
  await until('the form', async () => (await cell(page, '宣传.会议').inputValue()).startsWith('19'));
  await until('the report', async () => (await report(page)).includes('开会宣讲43次'));
  await page.keyboard.press('Escape');
  await page.click('#undo');
  await until('taken back', () => one.read('facts/2011.yaml') === before);
  await close(one);
});

test('what the checks refuse stands in red at its cell, and cannot be written', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  const book = await downloaded(page, '#downloads [data-kind=facts]');
  await drop(page, '事实.xlsx', typed(book.bytes, 1, { E2: 15, E3: 20 }));
  await page.waitForSelector('.found.bad');
  assert.match(await page.textContent('.found.bad'), /不能写入（1）指标!E3[^]*超过了/);
  assert.ok(await page.isDisabled(write));
  await picture(page, 'blocked');
  assert.equal(one.read('facts/2011.yaml'), VILLAGES['facts/2011.yaml']);
  await drop(page, '事实（改）.xlsx', typed(book.bytes, 1, { E2: 15, E3: 5 }));
  await until('the mended one', async () => (await page.locator(shown).count()) === 1 && (await page.textContent('dialog[open] h2')).includes('事实（改）'));
  await page.click(write);
  await until('the file', () => one.read('facts/2011.yaml').includes('扩大会议: 5次'));
  await close(one);
});

test('a department’s table: columns are chosen, cells that cannot be read are named, the rest is written', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  await drop(page, '招商台账.csv', TABLE);
  await page.waitForSelector(shown);
  assert.equal(await page.inputValue('#wb-ledger'), '招商项目');
  await picture(page, 'table-doubt');
  assert.match(await page.textContent('#wb-columns summary'), /“投资”没有对上/);
  await page.focus('#wb-col-D');
  await page.selectOption('#wb-col-D', '投资');
  await until('it is read anew', async () => (await page.inputValue('#wb-col-D')) === '投资' && !(await page.isDisabled(write)));
  assert.match(await text(page), /D5[^]*洽谈中/);
  assert.match(await text(page), /640\.50万元[^]*700/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'wb-col-D', 'the focus stays');
  await picture(page, 'table');
  await page.click(write);
  await until('the file', () => one.read('facts/2011.yaml').includes('乙厂, 投资: 1286.5万元'));
  assert.ok(one.read('表头对照.yaml').includes('表头: 完成投资, 列: 投资'));
  await drop(page, '招商台账.csv', TABLE);
  await page.waitForSelector(shown);
  assert.match(await text(page), /没有改动/);
  await picture(page, 'table-same');
  const chosen = await page.evaluate(async () => {
    const { chosen: choose } = await import('/columns.js');
    const headings = [{ title: '甲', name: '投资' }, { title: '乙', name: null }, { title: '丙', name: '企业' }];
    const once = choose([], headings, '乙', '投资');
    return [once, choose(once, headings, '丙', '投资'), choose([], headings, '丙', '')];
  });
  assert.deepEqual(chosen, [
    [['甲', ''], ['乙', '投资']],
    [['甲', ''], ['乙', ''], ['丙', '投资']],
    [['丙', '']],
  ], 'a column stands for one head only');
  await close(one);
});

test('where a head cannot be told, it has to be chosen before anything can be written; the dialog is fit for everybody', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  await drop(page, '招商台账.xlsx', readFileSync(join(root, 'tests', '样表', '招商台账.xlsx')));
  await page.waitForSelector('.map.doubt');
  assert.ok(await page.isDisabled(write));
  assert.match(await page.textContent('.found.bad'), /分不清是哪一列/);
  await picture(page, 'table-choose');
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const found = await page.evaluate(async (code) => {
    if (!window.axe) (0, Function)(code).call(window);
    const result = await window.axe.run('dialog[open]', { resultTypes: ['violations'] });
    return result.violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) => `${each.id}: ${each.nodes[0].html}`);
  }, source);
  assert.deepEqual(found, []);
  await page.locator('.map.doubt select').last().selectOption('投资');
  await until('it is chosen', async () => !(await page.locator('.map.doubt').count()) && !(await page.isDisabled(write)));
  await page.keyboard.press('Escape');
  await close(one);
});

test('forms go out in one archive, and what comes back is put together', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  const packed = await downloaded(page, '#downloads [data-kind=forms]');
  assert.match(packed.name, /^各村_2011年采集表_.*\.zip$/);
  const forms = unzip(packed.bytes);
  assert.deepEqual(Object.keys(forms), ['东湾村.xlsx', '西岭村.xlsx', '南坡村.xlsx']);
  const east = typed(forms['东湾村.xlsx'], 1, { C5: 1200, C6: 12.3 });
  await dropAll(page, [['东湾村.xlsx', east], ['东湾村（二）.xlsx', typed(forms['东湾村.xlsx'], 1, { C5: 1300, C6: 12.3 })],
    ['西岭村.xlsx', typed(forms['西岭村.xlsx'], 1, { C5: 980, C6: '3亩' })]]);
  await page.waitForSelector(shown);
  assert.match(await text(page), /应交 3 个，已交 2 个，还差 1 个：南坡村/);
  assert.match(await page.textContent('.found.warn'), /3亩[^]*有两个数/);
  await picture(page, 'forms');
  await page.keyboard.press('Escape');
  await dropAll(page, [['东湾村.xlsx', east], ...['西岭村', '南坡村'].map((unit, index) => [`${unit}.xlsx`, typed(forms[`${unit}.xlsx`], 1, { C5: 900 + index, C6: 3 })])]);
  await until('all', async () => (await page.locator(shown).count()) && (await text(page)).includes('都交齐了'));
  await page.click(write);
  await page.waitForSelector('dialog[open] dl.two');
  assert.match(await page.textContent('dialog[open]'), /汇总写好了[^]*全镇\.人口[^]*3001人（3个数相加）/);
  await picture(page, 'forms-done');
  await page.click('dialog[open] button');
  assert.ok(one.read('facts/2011.yaml').includes('{值: 1200人, 来源: 东湾村.xlsx 指标!C5}'));
  await until('the report', async () => (await report(page)).includes('3001人'));
  await close(one);
});

test('facts that are changed meanwhile are compared anew before anything is written', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  const book = await downloaded(page, '#downloads [data-kind=facts]');
  await drop(page, '事实.xlsx', typed(book.bytes, 1, { E2: 15 }));
  await page.waitForSelector(shown);
  one.write('facts/2011.yaml', VILLAGES['facts/2011.yaml'].replace('扩大会议: 4次', '扩大会议: 5次'));
  await page.click(write);
  await page.waitForSelector('#workbook .again');
  assert.ok(!one.read('facts/2011.yaml').includes('15次'));
  await page.click(write);
  await until('both', () => /会议: 15次 {3}# 登记簿\n {2}扩大会议: 5次/.test(one.read('facts/2011.yaml')));
  await close(one);
});

test('files that cannot be read are refused in the words of the program', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  for (const [name, bytes, words] of [['坏.xlsx', Buffer.from('PK\x03\x04 nothing'), '“坏.xlsx”'], ['空.xls', Buffer.from(''), '是空的'], ['旧.xlsm', Buffer.from('x'), '“旧.xlsm”']]) {
    await drop(page, name, bytes);
    await until(name, async () => (await page.textContent('#toasts')).includes(words));
  }
  await dropAll(page, [['甲.docx', Buffer.from('x')], ['乙.xlsx', Buffer.from('x')]]);
  await until('one at a time', async () => (await page.textContent('#toasts')).includes('分开导入'));
  await close(one);
});

test('a table comes again to a ledger that nothing names the rows of: it is asked, a column is chosen, the row is changed', async () => {
  const one = await open(folder(VILLAGES, '云溪镇'));
  const { page } = one;
  // Which column names the rows is chosen above the ledger, here taken away.
  await page.click('#tab-ledger');
  await page.waitForSelector('#ledger-key');
  assert.equal(await page.inputValue('#ledger-key'), '企业');
  await page.selectOption('#ledger-key', '');
  await until('the registry', () => !/主键: 企业/.test(one.read('facts/指标.yaml')));
  await drop(page, '招商台账.csv', Buffer.from('企业,投资（万元）\n甲厂,700\n').toString('base64'));
  await page.waitForSelector(shown);
  assert.match(await text(page), /分不清是改了这一行还是又一行[^]*认行用/);
  assert.ok(await page.isDisabled(write));
  await page.selectOption('#wb-key', '企业');
  await until('it is read anew', async () => !(await page.isDisabled(write)));
  assert.match(await text(page), /640\.50万元[^]*700/);
  await page.click(write);
  await until('the file', () => one.read('facts/2011.yaml').includes('甲厂, 投资: 700万元'));
  assert.match(one.read('facts/指标.yaml'), /主键: 企业/);
  await close(one);
});
