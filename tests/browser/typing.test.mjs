// What people type and paste into the form as they do in WPS: columns of Excel, full-width digits, commas, signs.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { cell, close, folder, open, quit, take, until } from './lib.mjs';

after(quit);

const files = {
  'facts/指标.yaml': '经济.产值: {单位: 万元, 类型: 时期}\n经济.企业: {单位: 家, 类型: 时点}\n项目: {类型: 台账, 列: {企业: 文本, 税收: {单位: 万元, 类型: 时期}}}\n经济.税收: {单位: 万元, 类型: 时期, 公式: {合计: 项目.税收}}\n'
    + '经济.培训: {单位: 人次, 类型: 时期}\n经济.占比: {单位: "%", 类型: 比率}\n区划.社区: {单位: 个, 类型: 时点}\n区划.村: {单位: 个, 类型: 时点}\n区划.镇名: {类型: 文本}\n',
  'facts/2023.yaml': '年度: 2023\n经济: {产值: 11870万元, 企业: 96家, 培训: 300人次, 占比: 30%}\n区划: {社区: 3个, 村: 12个, 镇名: 云溪镇}\n',
  'facts/2024.yaml': '年度: 2024\n经济:\n  产值:\n  企业:\n  培训:\n  占比:\n区划:\n  社区: 3个\n  村: 12个\n  镇名: 云溪镇\n项目:\n  - {企业: 甲厂, 税收: 5万元}\n',
  'templates/汇报.hbs': '# 汇报\n\n产值{{经济.产值}}，企业{{经济.企业}}，培训{{经济.培训}}，占比{{经济.占比}}，{{区划.社区}}社区，{{区划.村}}村，{{区划.镇名}}。\n',
};

const paste = (input, text) => input.evaluate((field, words) => {
  const data = new DataTransfer();
  data.setData('text/plain', words);
  field.focus();
  field.select();
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, text);
const text = (one) => one.read('facts/2024.yaml');

test('a column of Excel fills the fields downwards in one step, past what is computed', async () => {
  const one = await open(folder(files));
  const { page } = one;
  const before = text(one);
  await paste(await take(page, '经济.产值'), '4,520\r\n97\r\n３１０\r\n33%\r\n');
  await until('all four', () => /产值: 4520万元\n[^]*企业: 97家\n[^]*培训: 310人次\n[^]*占比: 33%/.test(text(one)));
  await until('each is named', async () => /经济\.产值 4,520、经济\.企业 97/.test(await page.textContent('#toasts')));
  assert.equal(await cell(page, '经济.产值').inputValue(), '4520万元');
  await page.click('#undo');
  await until('one step', () => text(one) === before);
  await close(one);
});

test('of a pasted column the next group gets its share, wrong cells stay red, and nothing is dropped in silence', async () => {
  const one = await open(folder(files));
  const { page } = one;
  await paste(await take(page, '经济.培训'), '310\n三成半\n5个\n十二户\n"7\n8"\n99\n');
  await until('the right ones', () => /培训: 310人次\n[^]*社区: 5个/.test(text(one)));
  assert.ok(text(one).includes('占比:\n') && text(one).includes('村: 12个'), text(one));
  const said = await until('the others are said', async () => /没有填的：99/.test(await page.textContent('#toasts')) && page.textContent('#toasts'));
  for (const words of ['经济.占比 “三成半”', '区划.村 “十二户”']) assert.ok(said.includes(words), said);
  assert.equal(await cell(page, '经济.占比').inputValue(), '三成半');
  await until('red', async () => (await page.getAttribute('.row[data-path="经济.占比"]', 'class')).includes('wrong'));
  assert.match(await page.textContent('#saved'), /没有保存/);
  await close(one, { faults: true });
});

test('several columns are refused, and one cell of two lines stays two lines', async () => {
  const one = await open(folder(files));
  const { page } = one;
  const before = text(one);
  await paste(await take(page, '经济.产值'), '4520\t97\n310\t33%\n');
  await until('it is said', async () => /有 2 列/.test(await page.textContent('#toasts')));
  await paste(cell(page, '经济.产值'), '"12\n345"\r\n');
  assert.equal(await cell(page, '经济.产值').inputValue(), '12⏎345');
  await until('it is explained', async () => /这个值分了几行/.test(await page.textContent('.row.selected .why')));
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  assert.equal(text(one), before);
  await close(one);
});

test('full-width digits, commas and blanks are read as the number they are, and judged as it', async () => {
  const one = await open(folder(files));
  const { page } = one;
  for (const [path, typed, written, change] of [
    ['经济.产值', '11,900', '产值: 11900万元', '▲0.3%'], ['经济.产值', '１１，８７０', '产值: 11870万元', '持平'],
    ['经济.企业', '９７ 家', '企业: 97家', '▲1.0%'], ['经济.占比', '３３．５％', '占比: 33.5%', '▲3.5个百分点'],
  ]) {
    await take(page, path);
    await page.keyboard.type(typed);
    await until(`${typed} is judged`, async () => (await page.textContent(`.row[data-path="${path}"] .change`)) === change);
    await page.keyboard.press('Enter');
    await until(`${typed} is saved`, () => text(one).includes(written));
  }
  await take(page, '经济.产值');
  await page.keyboard.type('12,34');
  await until('it is refused', async () => (await page.textContent('.row.selected .why')).includes('一个数还是两个数'));
  assert.equal(await page.textContent('.row.selected .change'), '', 'no growth of what was typed before');
  await page.keyboard.press('Escape');
  assert.equal(await page.textContent('.row.selected .change'), '持平');
  await close(one);
});

test('a count below nothing is asked back, and may be meant', async () => {
  const one = await open(folder(files));
  const { page } = one;
  await take(page, '区划.社区');
  await page.keyboard.type('-3个');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  assert.match(await page.textContent('dialog[open]'), /区划\.社区.*-3个.*负数/);
  await page.click('dialog[open] button[value=mend]');
  await page.waitForTimeout(200);
  assert.ok(text(one).includes('社区: 3个'), 'not saved');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-区划.社区');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('-4');
  await page.keyboard.press('Enter');
  await page.click('dialog[open] button[value=sure]');
  await until('what was meant', () => text(one).includes('社区: -4个'));
  await until('and is a finding', async () => /区划\.社区.*负数/.test(await page.textContent('#problems')));
  await close(one);
});
