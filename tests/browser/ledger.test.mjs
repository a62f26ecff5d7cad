// Ledgers: an input method from the first letter, blocks from Excel, sorting, deleting, and 5,000 rows.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, folder, open, quit, until } from './lib.mjs';

after(quit);

async function ledger(options) {
  const one = await open(undefined, options);
  await one.page.click('#tab-ledger');
  await one.page.waitForSelector('.grid-cell');
  return one;
}

const at = (page, row, column) => page.locator(`#c-${row}-${column}`);

async function paste(page, text) {
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData('text/plain', words);
    document.querySelector('.grid-input').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('an input method begins in a cell that is only selected, and its Enter ends nothing', async () => {
  const one = await ledger();
  const { page } = one;
  await at(page, 2, 1).click();
  const client = await one.context.newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'z', selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.imeSetComposition', { text: 'zhu mu', selectionStart: 6, selectionEnd: 6 });
  await page.dispatchEvent('.grid-input', 'keydown', { key: 'Enter', keyCode: 229, isComposing: true });
  assert.equal(await page.locator('.grid-input.ready').count(), 0, 'still editing');
  await client.send('Input.insertText', { text: '竹木家具产业园' });
  await page.keyboard.press('Enter');
  await until('a new row', () => one.read('facts/2011.yaml').includes('- {企业: 竹木家具产业园}'));
  await until('it is drawn', async () => (await at(page, 2, 1).textContent()) === '竹木家具产业园');
  await page.keyboard.press('Control+z');
  await until('taken back', () => !one.read('facts/2011.yaml').includes('竹木家具产业园'));
  await close(one);
});

test('a cell of two lines from Excel stays two lines, and the program says so', async () => {
  const one = await ledger();
  const { page } = one;
  const before = one.read('facts/2011.yaml');
  await at(page, 1, 1).click();
  await paste(page, '甲厂\t"12\n30"\t7\r\n');
  await until('it is said', async () => (await page.locator('.grid-cell.wrong').count()) === 1);
  const after = one.read('facts/2011.yaml');
  assert.ok(after !== before && !after.includes('1230'), after);
  await page.locator('.grid-cell.wrong').click();
  assert.match(await page.textContent('#say'), /没有保存/);
  await close(one);
});

test('a block from Excel: what was surely meant is written so, what is wrong stays red and out of the file', async () => {
  const one = await ledger();
  const { page } = one;
  const before = one.read('facts/2011.yaml');
  await at(page, 1, 1).click();
  await paste(page, '甲厂\t２10\t12\r\n"乙""小""厂"\t1,286.5\t约3亿元\r\n丙厂\t很多\t７\r\n');
  await until('it is said', async () => (await page.textContent('#toasts')).includes('粘贴了 3 行 9 格'));
  const text = () => one.read('facts/2011.yaml');
  await until('the file', () => text().includes('企业: 甲厂, 投资: 210万元, 安置就业: 12人'));
  assert.ok(text().includes('企业: 乙"小"厂, 投资: 1286.5万元') || text().includes('乙"小"厂'), text());
  assert.ok(!text().includes('很多') && !text().includes('约3亿'), text());
  assert.match(await page.textContent('#toasts'), /3 格改成了规定的写法/);
  assert.equal(await page.locator('.grid-cell.wrong').count(), 2);
  await page.locator('.grid-cell.wrong', { hasText: '很多' }).click();
  assert.match(await page.textContent('#say'), /第4行“投资”没有保存：“很多”不是数/);
  await page.keyboard.type('88');
  await page.keyboard.press('Enter');
  await until('mended', () => text().includes('企业: 丙厂, 安置就业: 7人, 投资: 88万元') || /丙厂[^\n]*88万元/.test(text()));
  await page.keyboard.press('Control+z');
  await page.waitForTimeout(400);
  await page.keyboard.press('Control+z');
  await until('the paste is one step', () => text() === before);
  await close(one);
});

test('copied out as it stands, sorted by amounts, rows deleted and brought back', async () => {
  const one = await ledger();
  const { page } = one;
  await at(page, 0, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  const copied = await page.evaluate(() => {
    const data = new DataTransfer();
    document.querySelector('.grid-input').dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  });
  assert.equal(copied, '镇南竹木制品厂\t640万元\r\n云溪金银花加工厂\t400万元');
  await at(page, 2, 0).click();
  await paste(page, '周平\t丙厂\t1.2亿元\t5');
  await until('a third', () => one.read('facts/2011.yaml').includes('1.2亿元'));
  await page.click('.grid-title button:has-text("投资")');
  await until('sorted', () => /400万元[^]*640万元[^]*1\.2亿元/.test(one.read('facts/2011.yaml')));
  await until('the total', async () => (await page.textContent('#totals')).includes('投资合计 13040万元'));
  await at(page, 0, 0).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.click('text=删除所选行');
  await until('deleted', () => !/肖春生|罗建国/.test(one.read('facts/2011.yaml')));
  await page.keyboard.press('Control+z');
  await until('brought back', () => /肖春生[^]*罗建国/.test(one.read('facts/2011.yaml')));
  await close(one);
});

test('the keyboard alone: to the table, through it, and out of it', async () => {
  const one = await ledger();
  const { page } = one;
  await at(page, 0, 0).click();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Home', 'Control+End', 'Control+Home', 'F2', 'Escape', 'End', 'Tab']) await page.keyboard.press(key);
  assert.match(await page.getAttribute('.grid-input', 'aria-label'), /^第2行 委员 肖春生/);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+Tab');
  assert.notEqual(await page.evaluate(() => document.activeElement.className), 'grid-input ready');
  await close(one);
});

test('rows are filtered by column, and what is filled down or deleted then leaves hidden rows alone', async () => {
  const rows = ['甲厂', '乙厂', '甲二厂', '丙厂', '甲三厂'].map((name, index) => `  - {企业: ${name}, 投资: ${index + 1}万元}\n`).join('');
  const one = await open(folder({
    'facts/指标.yaml': '项目: {类型: 台账, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}\n', 'facts/2024.yaml': `年度: 2024\n项目:\n${rows}`, 'templates/汇报.hbs': '# 汇报\n\n{{表 项目}}\n',
  }));
  const { page } = one;
  const text = () => one.read('facts/2024.yaml');
  await page.click('#tab-ledger');
  await page.waitForSelector('.grid-cell');
  await page.click('text=筛选');
  await page.keyboard.type('甲');
  await until('three', async () => (await page.textContent('#totals')).includes('筛出 3 行'));
  await page.fill('[aria-label="筛选 企业"]', 'jia');
  await until('by letters', async () => (await page.textContent('#totals')).includes('筛出 3 行'));
  await page.click('#c-0-1');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  await until('filled down', () => /甲厂, 投资: 1万元[^]*乙厂, 投资: 2万元[^]*甲二厂, 投资: 1万元[^]*丙厂, 投资: 4万元[^]*甲三厂, 投资: 1万元/.test(text()));
  await page.keyboard.press('Control+z');
  await until('one step', () => /甲二厂, 投资: 3万元[^]*甲三厂, 投资: 5万元/.test(text()));
  await page.click('#c-1-0');
  await page.click('text=删除所选行');
  await until('the row that is shown', () => !text().includes('甲二厂') && text().includes('乙厂') && text().includes('丙厂'));
  await page.click('text=筛选');
  await until('all again', async () => !(await page.textContent('#totals')).includes('筛出'));
  await page.click('#c-0-1');
  const [from, to] = [await page.locator('.grid-handle').boundingBox(), await page.locator('#c-2-1').boundingBox()];
  await page.mouse.move(from.x + 4, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 10, { steps: 4 });
  await page.mouse.up();
  await until('drawn down', () => /甲厂, 投资: 1万元[^]*乙厂, 投资: 1万元[^]*丙厂, 投资: 1万元[^]*甲三厂, 投资: 5万元/.test(text()));
  await page.click('#c-3-1');
  await page.keyboard.press('Control+d');
  await until('from above', () => text().includes('甲三厂, 投资: 1万元'));
  await close(one);
});
