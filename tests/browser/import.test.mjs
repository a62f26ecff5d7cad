// Reports that are dropped onto the page: a new project, another year, and changes that came back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { drop, written } from './dropped.mjs';
import { close, folder, open, program, quit, report, until, unzip, zip } from './lib.mjs';

after(quit);

test('last year’s report, dropped into an empty folder, is a project that gives it again, and this year’s form', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  const { page } = one;
  const text = written(2010, 'txt');
  await drop(page, '2010年政协工作汇报.docx', written(2010, 'docx'));
  await page.waitForSelector('dialog[open]');
  assert.equal(await page.inputValue('#import-year'), '2010');
  assert.match(await page.textContent('dialog[open]'), /找到 \d+ 个要每年更新的数和名称/);
  assert.throws(() => one.read('facts/2010.yaml'), 'nothing is written before it is asked for');
  await page.fill('#import-report', '政协汇报');
  await page.click('dialog[open] button[value=ok]');
  await page.waitForSelector('.item');
  const plain = text.toString('utf8').replace(/\s+/g, '');
  await until('the report', async () => (await report(page)).includes(plain.slice(200, 260)));
  assert.ok(one.read('facts/2010.yaml').includes('年度: 2010') && one.read('templates/政协汇报.hbs').includes('{{'));
  const first = page.locator('.item.open').first();
  const path = await first.locator('.link').textContent();
  const left = Number(/还有 (\d+) 项/.exec(await page.textContent('#review-left'))[1]);
  await first.locator('text=改名').click();
  await page.fill('#answer', '改过的名称');
  await page.keyboard.press('Enter');
  await until('one less', async () => (await page.textContent('#review-left')).includes(`还有 ${left - 1} 项`));
  assert.ok(one.read('templates/政协汇报.hbs').includes('改过的名称') && !one.read('templates/政协汇报.hbs').includes(`{{${path}}}`));
  assert.ok((await report(page)).includes(plain.slice(200, 260)), 'the words stay');
  await page.locator('.item.open').first().locator('text=不是每年要更新的').click();
  await until('another one less', async () => (await page.textContent('#review-left')).includes(`${left - 2} 项`) || left === 2);
  await page.click('#begin');
  await until('the form of the new year', async () => (await page.inputValue('#year')) === '2011');
  await page.waitForSelector('#groups .todo');
  await until('gaps to fill in', async () => (await page.locator('#pages .missing').count()) > 3);
  assert.ok(Number(await page.locator('#tab-review .count').textContent()) > 0, 'the rest can be looked at later');
  await close(one);
});

test('a text from a web page is put in order first, where that is wanted', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  const { page } = one;
  const text = '云溪镇2023年工会工作汇报\n2024-01-05 08:44 来源：网友投稿 点击数：12 [打印]\n全镇有会员 1830 人, 其中\n女会员720人。\n一、\n主要做法\n新建工会3家。\n推荐访问：工会 汇报\n';
  await drop(page, '工会工作汇报.txt', Buffer.from(text));
  await page.waitForSelector('dialog[open]');
  assert.match(await page.textContent('dialog[open]'), /像是从网页复制来的[^]*去掉网站的字句：2 处/);
  await page.click('dialog[open] :text("整理后导入")');
  await page.waitForSelector('#import-year');
  await page.click('dialog[open] button[value=ok]');
  await page.waitForSelector('#pages', { state: 'attached' });
  await until('the report', async () => (await report(page)).includes('全镇有会员1830人，其中女会员720人。一、主要做法'));
  assert.ok(!(await report(page)).includes('网友'), 'no line of the site');
  await close(one);
});

test('a file that is no report is refused in words', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  await drop(one.page, '旧.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]));
  await until('it is said', async () => /旧版文件[^]*另存为 \.docx/.test(await one.page.textContent('#toasts')));
  await drop(one.page, '图.docx', Buffer.from('PK\x03\x04 nothing'));
  await until('it is said', async () => (await one.page.textContent('#toasts')).includes('图.docx'));
  await close(one);
});

test('a year that is missing is filled from its report, and undone in one step', async () => {
  const one = await open();
  const { page } = one;
  const text = written(2011, 'txt').toString('utf8').replaceAll('2011年', '2012年').replaceAll('17名', '18名');
  await drop(page, '2012年汇报.txt', Buffer.from(text));
  await page.waitForSelector('dialog[open]');
  assert.equal(await page.inputValue('#import-year'), '2012');
  await page.click('dialog[open] button[value=ok]');
  await page.waitForSelector('dialog[open] button:has-text("知道了")');
  assert.match(await page.textContent('dialog[open]'), /2012年填好 \d+ 项/);
  await page.click('dialog[open] button:has-text("知道了")');
  await until('the year', async () => (await page.inputValue('#year')) === '2012');
  assert.ok(one.read('facts/2012.yaml').includes('18名'));
  await page.click('#undo');
  await until('taken back', () => { try { return !one.read('facts/2012.yaml'); } catch { return true; } });
  await until('the year before', async () => (await page.inputValue('#year')) === '2011');
  await close(one);
});

test('a report that came back is gone through change by change', async () => {
  const one = await open();
  const { page } = one;
  const sent = join(one.place, '送审.docx');
  execFileSync(program, ['-C', one.place, 'render', '2011', '-o', sent], { stdio: 'ignore' });
  const files = unzip(readFileSync(sent));
  const words = 'word/document.xml';
  files[words] = Buffer.from(files[words].toString('utf8').replace('8分', '9分'));
  await drop(page, '送审回.docx', zip(files));
  await page.waitForSelector('dialog[open] .edit');
  assert.match(await page.textContent('dialog[open]'), /稿件改了 1 处[^]*机制\.考核分值/);
  await page.click('dialog[open] .edit button');
  await until('taken over', () => one.read('facts/2011.yaml').includes('考核分值: 9分'));
  await until('none left', async () => (await page.textContent('#edits')).includes('都处理完了'));
  await page.click('dialog[open] button[value=ok]');
  await page.click('#undo');
  await until('taken back', () => one.read('facts/2011.yaml').includes('考核分值: 8分'));
  await close(one);
});

test('all that can be taken over of a report that came back is one press and one step; the rest says why', async () => {
  const one = await open();
  const { page } = one;
  const sent = join(one.place, '送审.docx');
  execFileSync(program, ['-C', one.place, 'render', '2011', '-o', sent], { stdio: 'ignore' });
  const before = [one.read('facts/2011.yaml'), one.read('templates/政协工作汇报.hbs')];
  const files = unzip(readFileSync(sent));
  const words = 'word/document.xml';
  files[words] = Buffer.from(files[words].toString('utf8').replace('8分', '9分').replace('认识是前提', '认识是首要前提').replace('29.4%', '30.4%'));
  await drop(page, '送审回.docx', zip(files));
  await page.waitForSelector('#take-all');
  const computed = page.locator('.edit', { hasText: '算出来的数' });
  assert.equal(await computed.locator('button').count(), 0, 'a computed figure cannot be taken over');
  assert.match(await computed.textContent(), /这个数由[^]*算出来/);
  await page.screenshot({ path: process.env.HUIBAO_SHOT || join(one.place, '改稿.png') });
  await page.click('#take-all');
  await until('taken over', () => one.read('facts/2011.yaml').includes('考核分值: 9分') && one.read('templates/政协工作汇报.hbs').includes('首要前提'));
  await until('the rest stays', async () => /可以采纳 0 处，另有 1 处请看说明/.test(await page.textContent('#edits-left')));
  assert.equal(await page.locator('.edit button').count(), 0);
  await page.click('dialog[open] button[value=ok]');
  await page.click('#undo');
  await until('one step back', () => one.read('facts/2011.yaml') === before[0] && one.read('templates/政协工作汇报.hbs') === before[1]);
  await close(one);
});
