// Two years of an office, on the page, with real typing: last year's Word file becomes a project, the new year is
// filled in, sent, kept, marked by the leader, compared, and the third year begins. What it costs a clerk is printed;
// docs/两年.md tells it in words. HUIBAO_PICTURES names a folder that its pictures are put into.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { drop } from './dropped.mjs';
import { picture } from './picture.mjs';
import { cell, close, folder, open, quit, report, until } from './lib.mjs';
import { changed, LAST, QUARRELS, sides, text, word } from './office.mjs';

after(quit);

/** Somebody at the page: presses, types, and counts both. */
class Clerk {
  constructor(page) {
    Object.assign(this, { page, clicks: 0, keys: 0, began: Date.now(), steps: [] });
  }

  /** What was done since the step before. */
  step(words) {
    const [clicks, keys, time] = [this.clicks, this.keys, Date.now()];
    const before = this.steps[this.steps.length - 1] || { clicks: 0, keys: 0, time: this.began };
    this.steps.push({ words, clicks, keys, time });
    console.log(`${words}：点 ${clicks - before.clicks} 次，按键 ${keys - before.keys} 次，${((time - before.time) / 1000).toFixed(1)} 秒`);
  }

  async click(what) {
    this.clicks += 1;
    await (typeof what === 'string' ? this.page.locator(what).first() : what.first()).click();
  }

  /** A button that says these words. */
  async press(words) {
    await this.click(this.page.locator('button:visible', { hasText: words }));
  }

  async type(words) {
    this.keys += [...words].length;
    await this.page.keyboard.type(words);
  }

  async key(name) {
    this.keys += 1;
    await this.page.keyboard.press(name);
  }

  /** Values into the cell in hand and those below it, as they come. */
  async column(values) {
    for (const value of values) {
      await this.type(value);
      await this.key('Enter');
    }
  }

  /** A file that a button gives. */
  async download(what) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), what()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  /** A file for a question that asks for one. */
  async choose(words, name, bytes) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.press(words)]);
    await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
  }

  async option(select, value) {
    this.clicks += 2;
    await this.page.selectOption(select, value);
  }
}

test('two years of an office', { timeout: 240000 }, async () => {
  const one = await open(folder({ '说明.txt': '' }, '柳河街道'), { wait: '.choice' });
  const { page } = one;
  const clerk = new Clerk(page);
  const shown = async (name) => {
    if (!process.env.HUIBAO_PICTURES) return;
    await page.evaluate(() => document.querySelector('#toasts').replaceChildren());
    await page.waitForTimeout(600);
    await picture(page, process.env.HUIBAO_PICTURES, `two-years-${name}`);
  };
  const said = (selector) => page.locator(selector).first().textContent();

  // Last year's report becomes a project.
  await drop(page, '2024年基层治理工作总结（报出）.docx', word(LAST));
  await page.waitForSelector('dialog[open]');
  assert.equal(await page.inputValue('#import-year'), '2024');
  await clerk.press('建好项目');
  await page.waitForSelector('#review-left');
  await until('the report', async () => (await report(page)).includes('全年排查矛盾纠纷214起，化解209起'));
  assert.ok(one.read('golden/柳河街道基层治理工作总结-2024.定稿.md').includes('新园社区'), 'what was sent is kept at once');
  clerk.step('去年的报告拖进来，建好项目');

  // The table has become a ledger; a name is made better.
  await page.click('button:has-text("全部")');
  const item = (path) => page.locator('.item', { has: page.locator('.link', { hasText: new RegExp(`^${path}$`) }) });
  assert.match(await item('矛盾调解.社区情况').textContent(), /4行台账/);
  await clerk.click(item('为民办事.开展志愿服务').locator('button', { hasText: '改名' }));
  await page.waitForSelector('#answer');
  await clerk.type('为民办事.志愿活动');
  await clerk.key('Enter');
  await until('the name', () => one.read('templates/柳河街道基层治理工作总结.hbs').includes('{{为民办事.志愿活动}}'));
  await shown('names');
  clerk.step('核对找到的数和名称');

  // The new year: nothing is wrong, there is only something to fill in.
  await clerk.press('开始填 2025 年');
  await until('the new year', async () => (await page.inputValue('#year')) === '2025');
  await until('the tasks', async () => /要填的：6 项，已填 0 项/.test(await said('#problems')));
  assert.match(await said('#problem-count'), /^6 项要填，4 项请核$/, 'nothing is called wrong');
  await shown('year');
  clerk.step('开新一年');

  // The department's table: the community that handed in late is told, and typed by hand.
  await drop(page, '2025年矛盾纠纷台账.csv', QUARRELS);
  await page.waitForSelector('#workbook');
  await shown('ledger');
  await clerk.press('写入 4 处');
  await until('the rows', () => one.read('facts/2025.yaml').includes('新园社区'));
  await until('the sum', async () => (await report(page)).includes('全年排查矛盾纠纷164起'));
  await clerk.click(page.locator('#to-fill button', { hasText: '社区情况（临江社区）.化解' }));
  await page.waitForSelector('[role=grid], .grid');
  await page.locator('.grid .active, .grid [aria-selected=true], .grid :focus').first().waitFor();
  await clerk.column(['1']);
  await until('the cell', () => one.read('facts/2025.yaml').includes('排查: 1起, 化解: 1起'));
  clerk.step('部门台账拖进来，缺的一格补上');

  // The rest is typed: Enter leads from field to field, digits of any width are digits.
  await clerk.click('#tab-facts');
  await clerk.click(page.locator('#to-fill button', { hasText: '办理民生实事' }));
  await clerk.column(['14', '４１００万元', '172', '2010']);
  await until('the fields', () => one.read('facts/2025.yaml').includes('2010人次'));
  await clerk.click(page.locator('#to-fill button', { hasText: '街道将抓好' }));
  await clerk.column(['2项']);
  clerk.step('其余的数打字填好');

  // What is left of last year: one figure has changed, the others have not.
  await clerk.click(page.locator('#to-look-at button.link', { hasText: '综合.党员' }));
  await clerk.column(['1268名']);
  await until('one less', async () => /上年沿用，请核：3 项/.test(await said('#problems')));
  await clerk.press('全部属实');
  await until('the day alone', async () => /上年沿用，请核：1 项[^]*落款日期还是上年的“12月20日”/.test(await said('#problems')));
  await clerk.click(page.locator('#to-look-at button', { hasText: '改模板' }));
  await page.waitForSelector('#text');
  await until('the text', async () => (await page.inputValue('#text')).includes('12月20日'));
  clerk.clicks += 1; // a double click on the day
  await page.$eval('#text', (area) => {
    const at = area.value.indexOf('12月20日') + '12月'.length;
    area.focus();
    area.setSelectionRange(at, at + 2);
  });
  await clerk.type('26');
  await until('it is saved', () => one.read('templates/柳河街道基层治理工作总结.hbs').includes('{{年度}}12月26日'));
  await clerk.click('#tab-facts');
  await until('none left', async () => !/上年沿用/.test(await said('#problems')));
  assert.ok(!one.read('facts/2025.yaml').includes('待核') && !one.read('facts/2025.yaml').includes('上年'), one.read('facts/2025.yaml'));
  clerk.step('上年沿用的数核一遍');

  // A digit too many is asked back; it is mended where it was typed.
  const doubt = page.locator('.card.warning', { hasText: '投入资金' });
  await doubt.waitFor();
  assert.match(await doubt.textContent(), /4100万元/);
  await shown('doubt');
  await clerk.click(doubt.locator('button.title'));
  await clerk.column(['410万元']);
  await doubt.waitFor({ state: 'detached' });
  // The same as last year, and rightly so: somebody says it.
  const same = page.locator('.card.hint', { hasText: '“计划.街道将抓好”今年是2项，上年是2项' });
  await clerk.click(same.locator('button', { hasText: '确认属实' }));
  await page.waitForSelector('#by');
  await clerk.click('#by');
  await clerk.type('李敏');
  await clerk.click('dialog[open] button[value=ok]');
  await same.waitFor({ state: 'detached' });
  await until('nothing left', async () => (await said('#problems')).startsWith('没有发现问题。'));
  clerk.step('看问题：改一处多打的零，确认一处没有变');

  // Word, and what was sent is kept.
  await clerk.click('#download');
  const sent = await clerk.download(() => clerk.press('Word 文档'));
  assert.match(sent.name, /柳河街道基层治理工作总结_2025年_\d{8}-\d{4}\.docx/);
  await clerk.press('报出以后，点这里定稿');
  await clerk.press('存现在的报告');
  await until('it is kept', async () => /2025年已于.*定稿.*和定稿一样/.test(await said('#issued')));
  clerk.step('下载 Word，定稿');

  // The leader's pen: words in one sentence at two places, a figure, a paragraph gone.
  const marked = changed(sent.bytes, [['办理民生实事', '办好民生实事'], ['投入资金', '共投入资金'], ['172场次', '175场次'], ['抓调解', '抓源头调解']]);
  await drop(page, '总结（领导改）.docx', marked);
  await page.waitForSelector('dialog[open]');
  assert.match(await said('dialog[open]'), /稿件改了 4 处[^]*可以采纳 4 处。/);
  await shown('leader');
  await clerk.click('#take-all');
  await until('all of them', async () => (await said('#edits')).includes('都处理完了'));
  assert.ok(one.read('facts/2025.yaml').includes('175场次'));
  const template = one.read('templates/柳河街道基层治理工作总结.hbs');
  assert.ok(['全年办好民生实事{{', '，共投入资金{{', '抓源头调解'].every((words) => template.includes(words)), template);
  await clerk.press('已经报出，存成定稿');
  await page.waitForSelector('#answer');
  await clerk.type('领导改了几处文字和一个数');
  await clerk.press('更正');
  await until('it is kept again', () => one.read('golden/柳河街道基层治理工作总结-2025.定稿.md').includes('更正: '));
  await until('it agrees', async () => /和定稿一样/.test(await said('#issued')));
  clerk.step('领导改过的稿子拖进来，全部采纳，更正定稿');

  // The redline is against what was sent last year, though the template has changed since.
  await clerk.click('#tab-compare');
  await page.waitForSelector('#prose tr.block');
  assert.match((await page.locator('.basis').allTextContents()).join(), /2024年用的是2024年12月20日的定稿.*2025年用的是.*定稿/);
  await shown('compare');
  const redline = await clerk.download(() => clerk.click('#redline'));
  const [before, now] = sides(redline.bytes);
  assert.deepEqual(before, LAST.flat(2), 'all rejected, it is last year’s report to the letter');
  assert.deepEqual(now, text(marked), 'all accepted, it is this year’s');
  clerk.step('花脸稿：和去年报出的逐字对比');

  // The third year.
  await clerk.option('#year', 'new');
  assert.equal(await page.locator('#unissued').count(), 0, 'this year’s report is kept');
  await clerk.press('建好');
  await until('the third year', async () => (await page.inputValue('#year')) === '2026');
  await clerk.click('#tab-facts');
  await until('its tasks', async () => /^6 项要填，4 项请核$/.test(await said('#problem-count')));
  assert.match(one.read('facts/2026.yaml'), /参加志愿者: # 上年：2010人次\n/);
  clerk.step('第三年');
  const all = clerk.steps[clerk.steps.length - 1];
  console.log(`一共：点 ${all.clicks} 次，按键 ${all.keys} 次，${((all.time - clerk.began) / 1000).toFixed(0)} 秒`);
  await close(one);
});
