// Pictures of the page for the documents, into docs/images/: node tests/browser/pictures.mjs [width height folder]

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { close, folder, open, quit, root, take } from './lib.mjs';
import { drop, written } from './dropped.mjs';
import { picture as put } from './picture.mjs';
import { TABLE, VILLAGES } from './workbooks.mjs';

const [width, height] = [Number(process.argv[2] || 1366), Number(process.argv[3] || 768)];
const images = process.argv[4] || join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });

const picture = (of, name) => put(of, images, name);

const one = await open(folder(undefined, '云溪镇'), { width, height });
const { page } = one;
await page.waitForSelector('#pages .page');
await take(page, '宣传.会议');
await page.keyboard.type('18');
await page.waitForSelector('.card');
await page.waitForTimeout(1500);
await picture(page, 'page-facts');
await page.keyboard.press('Escape');
await page.locator('#pages .figure', { hasText: /^38次$/ }).first().click();
await page.waitForTimeout(500);
await picture(page, 'page-origin');
await page.click('#tab-compare');
await page.waitForSelector('table.prose');
await page.mouse.move(600, 400);
await page.waitForTimeout(400);
await picture(page, 'page-compare');
await close(one);

const other = await open(folder({ '说明.txt': '' }, '新项目'), { wait: '.choice', width, height });
await drop(other.page, '2010年政协工作汇报.docx', written(2010, 'docx'));
await other.page.click('dialog[open] button[value=ok]');
await other.page.waitForSelector('.item');
await other.page.waitForSelector('#pages .page');
await other.page.waitForTimeout(2500);
await picture(other.page, 'page-import');
await close(other);

const ledgers = await open(folder(VILLAGES, '云溪镇'), { width, height });
await drop(ledgers.page, '招商台账.csv', TABLE);
await ledgers.page.waitForSelector('#wb-col-D');
await ledgers.page.selectOption('#wb-col-D', '投资');
await ledgers.page.waitForTimeout(600);
await picture(ledgers.page, 'page-workbook');
await close(ledgers);
await quit();
