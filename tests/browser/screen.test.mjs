// Where everything is: on small windows, on paper, and in what the page says of itself.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { close, folder, open, quit, take, until } from './lib.mjs';

after(quit);

/** Windows as offices have them: 1366×768 at 125 % and 150 %, a tablet, and whole. */
const SIZES = [[1093, 614], [911, 512], [768, 1024], [1024, 768], [1366, 768], [1600, 950]];

/** Whether an element is seen whole: inside the window, inside what scrolls it, and under nothing. */
const seen = (page, selector) => page.$eval(selector, (element) => {
  const box = element.getBoundingClientRect();
  const inside = (other) => box.left >= other.left - 1 && box.right <= other.right + 1 && box.top >= other.top - 1 && box.bottom <= other.bottom + 1;
  if (!box.width || !inside({ left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight })) return `outside: ${JSON.stringify(box)}`;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return element.contains(top) || top.contains(element) ? 'seen' : `under ${top.outerHTML.slice(0, 120)}`;
});

/** Brings a pane to the front where panes take turns. */
async function front(page, pane) {
  const button = page.locator(`.panes [data-pane=${pane}]`);
  if (await button.isVisible()) await button.click();
}

test('at every size nothing lies under anything else, and everything can be reached', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const at = `${width}×${height}`;
    for (const tool of ['#year', '#tab-template', '#undo', '#import', '#download', '#issue', 'footer']) assert.equal(await seen(page, tool), 'seen', `${tool} ${at}`);
    await front(page, 'form');
    await take(page, '宣传.会议');
    for (const part of ['#search', '.columns span:nth-child(4)', '.columns span:nth-child(5)', '.row.selected .change', '.row.selected .source']) {
      assert.equal(await seen(page, part), 'seen', `${part} ${at}`);
    }
    await front(page, 'report');
    for (const part of ['button[aria-label=放大]', 'button[aria-label=缩小]', '#zoom']) assert.equal(await seen(page, part), 'seen', `${part} ${at}`);
    const room = await page.$eval('#pages', (pages) => pages.scrollWidth - pages.clientWidth);
    assert.ok(room <= 0, `the report is cut off at ${at}`);
    await front(page, 'problems');
    await page.waitForSelector('#problems .card .title');
    await page.$eval('.problems', (pane) => pane.scrollTo(0, 0));
    for (const part of ['.problems .head button', '#problems .card .title']) assert.equal(await seen(page, part), 'seen', `${part} ${at}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false, at);
  }
  await close(one);
});

test('on a narrow window a click leads to the pane where the thing stands', async () => {
  const one = await open(folder(), { width: 911, height: 512 });
  const { page } = one;
  await page.waitForSelector('.panes .count');
  assert.equal(await page.getAttribute('.panes [data-pane=form]', 'aria-pressed'), 'true');
  await page.keyboard.press('F8');
  await until('the fact that the finding is about', () => page.isVisible('.row.selected'));
  await until('and what the finding says', async () => (await page.textContent('#toasts')).includes('宣传.专栏'));
  await front(page, 'report');
  assert.equal(await page.getAttribute('.panes [data-pane=report]', 'aria-pressed'), 'true');
  await page.locator('#pages .figure', { hasText: /^38次$/ }).first().click();
  await page.waitForSelector('#origin');
  assert.ok(await page.isVisible('#pages .page'), 'a figure shows its origin where it stands');
  await page.locator('#origin .link').first().click();
  await until('the field', () => page.isVisible('.row.selected'));
  await close(one);
});

test('a zoom that somebody chose goes on from what is seen', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const wide = () => page.$eval('#pages .page', (sheet) => sheet.getBoundingClientRect().width);
  const before = await wide();
  await page.click('button[aria-label=放大]');
  const after = await wide();
  assert.ok(after > before && after < before * 1.35, `${before} → ${after}`);
  await page.click('button[aria-label=缩小]');
  assert.ok(await wide() < after);
  await close(one);
});

/** The texts of the pages of a PDF are not read here; their number and size are. */
const pages = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) || []).length;

test('the print of the browser itself gives the pages of the report, from every view, and nothing that is marked on the screen', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const count = await page.locator('#pages .page').count();
  await take(page, '宣传.会议');
  await page.waitForSelector('#pages .figure.selected');
  await page.emulateMedia({ media: 'print' });
  const marked = await page.$eval('#pages .figure.selected', (figure) => {
    const style = getComputedStyle(figure);
    return [style.color, style.backgroundColor, style.boxShadow];
  });
  assert.deepEqual(marked, ['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)', 'none']);
  const shown = await page.$$eval('body *', (all) => all.filter((each) => !each.closest('#pages') && !each.contains(document.querySelector('#pages')) && each.getBoundingClientRect().height > 0 && getComputedStyle(each).display !== 'none').map((each) => each.outerHTML.slice(0, 80)));
  assert.deepEqual(shown, []);
  await page.emulateMedia({ media: null });
  for (const view of ['facts', 'ledger', 'compare', 'trend', 'template']) {
    await page.click(`#tab-${view}`);
    await page.waitForTimeout(200);
    assert.equal(pages(await page.pdf({ preferCSSPageSize: true })), count, view);
  }
  await close(one);
});

test('what is said of saving is true at every moment, also of what is refused', async () => {
  const one = await open();
  const { page } = one;
  const saved = () => page.textContent('#saved');
  assert.equal(await saved(), '', 'nothing was saved yet');
  await take(page, '宣传.会议');
  await page.keyboard.type('3个村');
  assert.match(await saved(), /正在填写|没有保存/);
  await page.keyboard.press('Enter');
  await until('it is refused', async () => /有 1 格没有保存/.test(await saved()));
  await page.waitForTimeout(400);
  assert.match(await saved(), /有 1 格没有保存/, 'and stays so');
  await page.keyboard.press('Control+s');
  await until('Ctrl+S says which and why', async () => /“宣传\.会议”没有保存：.*单位/.test(await page.textContent('#toasts')));
  await take(page, '宣传.会议');
  await page.keyboard.type('31');
  await page.keyboard.press('Control+s');
  await until('Ctrl+S saves what is being typed', () => one.read('facts/2011.yaml').includes('会议: {值: 31次'));
  await until('and says so', async () => /都已保存/.test(await page.textContent('#toasts')));
  assert.match(await saved(), /✓ 已自动保存 \d\d:\d\d/);
  await page.keyboard.press('Control+z');
  await until('taken back', () => one.read('facts/2011.yaml').includes('会议: {值: 14次'));
  await until('no word of saving is left', async () => !/正在保存/.test(await saved()));
  await close(one);
});

test('Ctrl+Z in a field takes back letters while something is typed, and a step of the project else', async () => {
  const one = await open();
  const { page } = one;
  await take(page, '宣传.会议');
  await page.keyboard.type('31');
  await page.keyboard.press('Enter');
  await until('saved', () => one.read('facts/2011.yaml').includes('会议: {值: 31次'));
  await take(page, '宣传.会议');
  const note = page.locator('.detail input[aria-label="会议 说明"]');
  await note.focus();
  await page.keyboard.type('甲');
  await page.keyboard.press('Control+z');
  await until('the letter', async () => !(await note.inputValue()).includes('甲'));
  assert.ok(one.read('facts/2011.yaml').includes('会议: {值: 31次'), 'the project keeps its step');
  await page.keyboard.press('Control+z');
  await until('the step', () => one.read('facts/2011.yaml').includes('会议: {值: 14次'));
  await close(one);
});

test('words to the user cover nothing, and a question does not hide what went wrong', async () => {
  const one = await open();
  const { page } = one;
  await take(page, '宣传.会议');
  await page.keyboard.press('Control+s');
  await page.waitForSelector('.toast');
  const apart = await page.evaluate(() => {
    const said = document.querySelector('#toasts').getBoundingClientRect();
    return document.querySelector('#app').getBoundingClientRect().bottom <= said.top && said.bottom <= window.innerHeight;
  });
  assert.ok(apart, 'what is said has a place of its own');
  await page.selectOption('#year', 'new');
  await page.fill('#new-year', '2010');
  await page.click('dialog[open] button[value=ok]');
  await page.waitForSelector('dialog[open] .said .toast.bad');
  assert.equal(await page.inputValue('#new-year'), '2010', 'what was typed stays');
  await page.fill('#new-year', '2012');
  await page.click('dialog[open] button[value=ok]');
  await until('made', async () => (await page.inputValue('#year')) === '2012');
  await close(one);
});

test('findings say the place in the report and the field, never a file, and code only beside the template', async () => {
  const one = await open();
  const { page } = one;
  const hbs = one.read('templates/政协工作汇报.hbs');
  one.write('templates/政协工作汇报.hbs', `${hbs.trimEnd()}\n\n2011年，又开会{{宣传.会议}}。\n`);
  one.write('facts/2011.yaml', one.read('facts/2011.yaml').replace(/会议: \{值: 14次[^}]*\}/, '会议: {值: 14次, 待核: 是}'));
  await page.waitForSelector('.task:has-text("手写")');
  const said = await page.$eval('#problems', (place) => place.innerText);
  assert.ok(!/\.yaml|\.hbs|\{\{|facts\/|templates\//.test(said), said);
  assert.match(said, /报告第\d+页第\d+行/);
  await page.locator('.task:has-text("手写")').locator('button:has-text("改模板")').click();
  await page.waitForSelector('#text');
  await until('how it is written is said there', async () => /\{\{年度\}\}/.test(await page.textContent('#text-findings')));
  const whole = await page.$eval('body', (body) => body.innerText);
  assert.ok(!/\.yaml|\.hbs/.test(whole), whole);
  await page.click('#tab-facts');
  one.write('facts/2011.yaml', one.read('facts/2011.yaml').replace('女委员: 5名', '女委员：5名'));
  await until('a broken file', async () => /全角冒号/.test(await page.textContent('#form')));
  assert.ok(!/\.yaml/.test(await page.$eval('body', (body) => body.innerText)));
  assert.match(await page.textContent('#toasts'), /2011年的数据 刚在别的程序里改过|2011年的数据/);
  await close(one);
});

test('what opens the page goes to no other port, and stays with its window', async () => {
  const one = await open();
  const { page } = one;
  assert.ok(!page.url().includes('k='), 'the key does not stay in the address');
  assert.deepEqual(await one.context.cookies(), []);
  const heads = [];
  const other = createServer((request, answer) => {
    heads.push(request.rawHeaders.join(' '));
    answer.end('<p>x</p>');
  });
  await new Promise((listening) => other.listen(0, '127.0.0.1', listening));
  const session = await page.evaluate(() => sessionStorage.getItem('huibao.session'));
  const tab = await one.context.newPage();
  await tab.goto(`http://127.0.0.1:${other.address().port}/`);
  assert.ok(session.length > 20 && heads.length > 0 && !heads.some((head) => head.includes(session) || /cookie/i.test(head)), heads.join());
  assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  await tab.goto(new URL(one.address).origin);
  await until('a window without it is sent away', async () => /黑色窗口/.test(await tab.textContent('body')));
  other.close();
  await page.reload();
  await page.waitForSelector('#pages .page');
  await close(one);
});
