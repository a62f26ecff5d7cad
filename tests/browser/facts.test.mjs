// The form: typed, seen, saved; what is wrong is said and kept out; nothing is overwritten unseen.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { cell, close, open, quit, report, take, until } from './lib.mjs';

after(quit);

test('what is typed is seen in the report at once and in the file after Enter', async () => {
  const one = await open();
  const { page } = one;
  const input = await take(page, '宣传.会议');
  assert.equal(await input.inputValue(), '14次');
  await page.keyboard.type('20');
  await until('the report follows', async () => (await report(page)).includes('开会宣讲44次'));
  assert.match(await page.textContent('.row.selected .change'), /53\.8%/);
  assert.ok(one.read('facts/2011.yaml').includes('会议: {值: 14次'), 'not saved while it is typed');
  await page.keyboard.press('Enter');
  await until('the file', () => one.read('facts/2011.yaml').includes('会议: {值: 20次, 说明'));
  await until('the unit', async () => (await cell(page, '宣传.会议').inputValue()) === '20次');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-宣传.专栏', 'Enter goes down');
  await close(one);
});

test('an input method composes in the cell without being disturbed', async () => {
  const one = await open();
  const { page } = one;
  const input = await take(page, '调研.主题');
  await input.fill('');
  const client = await one.context.newCDPSession(page);
  for (const text of ['n', 'nong', 'nong cun', 'nong cun shui']) {
    await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(30);
  }
  await page.dispatchEvent('[id="f-调研.主题"]', 'keydown', { key: 'Enter', keyCode: 229, isComposing: true });
  assert.equal(await input.inputValue(), 'nong cun shui');
  assert.ok(!(await report(page)).includes('nongcunshui'), 'what is being composed is no value yet');
  await client.send('Input.insertText', { text: '农村水利建设' });
  await until('the report follows', async () => (await report(page)).includes('就农村水利建设开展专题调研'));
  await page.keyboard.press('Enter');
  await until('the file', () => one.read('facts/2011.yaml').includes('主题: 农村水利建设'));
  await close(one);
});

test('what is wrong is explained at the cell while it is typed and never reaches the file', async () => {
  const one = await open();
  const { page } = one;
  const before = one.read('facts/2011.yaml');
  await take(page, '宣传.会议');
  for (const [typed, words] of [['15个', '单位是“个”，指标表里是“次”'], ['很多', '“很多”不是数'], ['约15多次', '约数词用了两个']]) {
    await cell(page, '宣传.会议').fill(typed);
    await until(words, async () => (await page.textContent('.row.selected .why')).includes(words));
    assert.equal(await cell(page, '宣传.会议').getAttribute('aria-invalid'), 'true');
  }
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  assert.equal(one.read('facts/2011.yaml'), before);
  await cell(page, '宣传.会议').fill('十六次');
  await page.click('.row .why button');
  await until('what was meant', () => one.read('facts/2011.yaml').includes('会议: {值: 16次'));
  assert.equal(await page.textContent('.row[data-path="宣传.会议"] .why'), '');
  await close(one);
});

test('a change in Notepad is noticed, and both values are shown before one is overwritten', async () => {
  const one = await open();
  const { page } = one;
  await take(page, '宣传.会议');
  await page.keyboard.type('21');
  one.write('facts/2011.yaml', one.read('facts/2011.yaml').replace('14次', '17次').replace('专栏: {值: 4期', '专栏: {值: 5期'));
  await until('it is said', async () => (await page.textContent('#toasts')).includes('宣传.专栏 4期 → 5期'));
  assert.equal(await cell(page, '宣传.会议').inputValue(), '21', 'what is being typed stays');
  assert.equal(await cell(page, '宣传.专栏').inputValue(), '5期');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  const question = await page.textContent('dialog[open]');
  assert.ok(question.includes('17次') && question.includes('21'), question);
  assert.ok(one.read('facts/2011.yaml').includes('17次'));
  await page.click('dialog[open] button[value=theirs]');
  await until('the value of the file', async () => (await cell(page, '宣传.会议').inputValue()) === '17次');
  assert.ok(one.read('facts/2011.yaml').includes('会议: {值: 17次') && one.read('facts/2011.yaml').includes('专栏: {值: 5期'));
  await close(one);
});

test('two windows: what the other did not touch is saved, what it did is asked', async () => {
  const one = await open();
  const { page } = one;
  const other = await one.window();
  await take(page, '宣传.会议');
  await take(other, '宣传.专栏');
  await other.keyboard.type('9');
  await other.keyboard.press('Enter');
  await until('the other is saved', () => one.read('facts/2011.yaml').includes('专栏: {值: 9期'));
  await page.bringToFront();
  await page.keyboard.type('33');
  await page.keyboard.press('Enter');
  await until('both are saved', () => /会议: \{值: 33次[^]*专栏: \{值: 9期/.test(one.read('facts/2011.yaml')));
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await close(one);
});

test('undo and redo after a reload, and versions that are named and restored', async () => {
  const one = await open();
  const { page } = one;
  const before = one.read('facts/2011.yaml');
  await take(page, '宣传.会议');
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await until('saved', () => one.read('facts/2011.yaml').includes('30次'));
  await page.click('text=历史版本');
  await page.click('text=给现在的样子起个名');
  await page.fill('#answer', '送审稿');
  await page.keyboard.press('Enter');
  await until('named', async () => (await page.textContent('#versions')).includes('送审稿'));
  await page.keyboard.press('Escape');
  await page.reload();
  await page.waitForSelector('#undo:not([disabled])');
  await page.keyboard.press('Control+z');
  await until('taken back', () => one.read('facts/2011.yaml') === before);
  await until('and seen', async () => (await report(page)).includes('开会宣讲38次'));
  await page.keyboard.press('Control+y');
  await until('made again', () => one.read('facts/2011.yaml').includes('30次'));
  await page.keyboard.press('Control+z');
  await until('taken back', () => one.read('facts/2011.yaml') === before);
  await page.click('text=历史版本');
  await page.locator('.version', { hasText: '送审稿' }).locator('text=还原').click();
  await page.click('dialog[open] button[value=yes]');
  await until('restored', () => one.read('facts/2011.yaml').includes('30次'));
  await close(one);
});

test('a figure leads to its fact, a fact to its places, a gap to its cell', async () => {
  const one = await open();
  const { page } = one;
  await page.locator('#pages .figure', { hasText: /^38次$/ }).first().click();
  const origin = await page.textContent('#origin');
  assert.ok(!/\.yaml/.test(origin), origin);
  for (const words of ['近三年合计', '2009年', '2010年', '14次', '来源：']) assert.ok(origin.includes(words), origin);
  await until('the fact is in hand', async () => (await page.getAttribute('.row.selected', 'data-path')) === '宣传.会议');
  await page.keyboard.press('Escape');
  await take(page, '宣传.媒体用稿');
  const places = page.locator('.detail .places button');
  await until('its places', async () => (await places.count()) === 3);
  await take(page, '公益.办实事');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await until('a gap', async () => (await page.locator('#pages .missing').count()) > 0);
  await until('it is counted', async () => (await page.textContent('#groups [data-group=公益]')).includes('缺 1'));
  await page.click('#groups [data-group=宣传]');
  await page.locator('#pages .missing').first().click();
  await until('its cell', async () => (await page.evaluate(() => document.activeElement.id)) === 'f-公益.办实事');
  await close(one);
});

test('a fact file that was broken elsewhere is explained and can be mended here', async () => {
  const one = await open();
  const { page } = one;
  const whole = one.read('facts/2011.yaml');
  one.write('facts/2011.yaml', whole.replace('女委员: 5名', '女委员：5名'));
  await until('it is explained', async () => (await page.textContent('#form')).includes('全角冒号'));
  await page.click('text=打开文件改正');
  await page.waitForSelector('#text');
  await until('the line', async () => (await page.textContent('#text-findings')).includes('全角冒号'));
  await page.fill('#text', whole);
  await until('mended', () => one.read('facts/2011.yaml') === whole);
  await page.click('#tab-facts');
  await page.waitForSelector('#groups button');
  await close(one);
});
