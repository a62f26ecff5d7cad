// 定稿 on the page: the report as it is or a file that was sent is kept, told from what is being edited, and shown.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { close, open, quit, take, until } from './lib.mjs';

after(quit);

const button = (page, words) => page.locator('button', { hasText: words });
const notice = (page) => page.locator('#issued').textContent();

test('what was sent is kept, shown as it was beside later edits, and corrected from a file', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const place = (selector) => page.locator(`${selector} .page`).first().locator('.line').evaluateAll((all) => {
    const top = all[0].getBoundingClientRect().top;
    return all.map((line) => Math.round(line.getBoundingClientRect().top - top));
  });
  const wanted = await place('#pages');
  assert.equal(await page.locator('#issued').isVisible(), false);
  await page.click('#issue');
  await button(page, '存现在的报告').click();
  await until('it is said', async () => (await notice(page)).includes('和定稿一样'));

  await take(page, '宣传.会议');
  await page.keyboard.type('18');
  await page.keyboard.press('Enter');
  await until('it differs', async () => (await notice(page)).includes('有 1 段和定稿不同'));
  await button(page, '看定稿').click();
  await page.waitForSelector('.kept .page');
  assert.match(await page.locator('.kept').textContent(), /开会宣讲38次/);
  assert.deepEqual(await place('.kept'), wanted, 'the lines stand where they stand on the page');
  await button(page, '关闭').click();

  await page.click('#issue');
  const choosing = page.waitForEvent('filechooser');
  await button(page, '选报出的文件').click();
  await (await choosing).setFiles({ name: '报出.txt', mimeType: 'text/plain', buffer: Buffer.from('云溪镇政协工作汇报\n\n三年来，开会宣讲42次。\n') });
  await page.fill('#answer', '报出前又改过');
  await button(page, '更正').click();
  await until('it is kept', async () => one.read('golden/政协工作汇报-2011.定稿.md').includes('报出前又改过'));
  assert.match(one.read('golden/政协工作汇报-2011.定稿.md'), /来自: 报出\.txt/);
  await close(one);
});

test('before the next year begins, this year’s report is kept; what was issued is listed and compared', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await page.selectOption('#year', 'new');
  assert.match(await page.textContent('#unissued'), /2011年还没有定稿/);
  await button(page, '先给2011年定稿').click();
  await page.fill('#issued-on', '2011-12-20');
  await button(page, '存现在的报告').click();
  await page.waitForSelector('#new-year');
  assert.equal(await page.locator('#unissued').count(), 0, 'the reminder has gone');
  await button(page, '取消').click();
  await take(page, '宣传.会议');
  await page.keyboard.type('18');
  await page.keyboard.press('Enter');
  await until('it differs', async () => (await notice(page)).includes('有 1 段和定稿不同'));

  await page.click('#issue');
  await page.click('#issued-list summary');
  assert.match(await page.textContent('#issued-list'), /2011年《政协工作汇报》 2011年12月20日定稿，来自模板，现在生成的有1段不同/);
  await button(page, '取消').click();

  await page.click('#tab-compare');
  await page.waitForSelector('#prose tr.block');
  assert.match(await page.textContent('.basis'), /2010年没有定稿/);
  await page.selectOption('#against', 'own');
  await page.locator('#prose del', { hasText: '38' }).first().waitFor();
  assert.match(await page.textContent('.basis'), /2011年用的是2011年12月20日的定稿/);
  const choosing = page.waitForEvent('filechooser');
  await page.selectOption('#against', 'choose');
  await (await choosing).setFiles({ name: '别处的.txt', mimeType: 'text/plain', buffer: Buffer.from('别的汇报\n\n只有这一段。\n') });
  await until('the file', async () => (await page.textContent('#prose')).includes('只有这一段'));
  const [word] = await Promise.all([page.waitForEvent('download'), page.click('#redline')]);
  assert.match(word.suggestedFilename(), /2011年_对比_别处的\.docx/);
  await close(one);
});
