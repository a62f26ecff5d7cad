// Paper and files: what is printed is the PDF, a draft says so wherever it is, and what there is to say of faces is said.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { close, folder, open, quit, root, unzip, until } from './lib.mjs';

after(quit);

/** Catches what is handed to the printer: the bytes of the PDF in the frame, once its `print` is called. */
const catching = (page) => page.evaluate(() => {
  const files = new Map();
  const address = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    const made = address.call(URL, blob);
    files.set(made, blob);
    return made;
  };
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
    const print = async () => { window.printed = [...new Uint8Array(await files.get(this.src).arrayBuffer())]; };
    return { focus() {}, print };
  } });
});
const printed = (page) => until('the PDF is handed to the printer', () => page.evaluate(() => window.printed && window.printed.length > 1000 && window.printed));

/** A file of the menu, where gaps are asked about as a draft. */
async function download(page, kind) {
  const [file] = await Promise.all([page.waitForEvent('download'), (async () => {
    await page.click('#download');
    await page.click(`#downloads [data-kind=${kind}]`);
    const draft = page.locator('dialog button[value=draft]');
    await Promise.race([draft.waitFor().then(() => draft.click()), page.waitForEvent('download')]).catch(() => {});
  })()]);
  return readFileSync(await file.path());
}

/** The letter of the golden cases, with what a test writes otherwise. */
function letter(change = (text) => text, more = {}) {
  const from = join(root, 'golden', '用例', '公文报告');
  const files = { ...more };
  for (const part of ['facts', 'templates']) {
    for (const name of readdirSync(join(from, part))) files[`${part}/${name}`] = change(readFileSync(join(from, part, name), 'utf8'), name);
  }
  return folder(files);
}

test('what is printed is the PDF that is downloaded, from every view', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await catching(page);
  const file = await download(page, 'pdf');
  await page.click('#to-print');
  assert.ok(file.equals(Buffer.from(await printed(page))), 'the same bytes');
  await page.evaluate(() => { window.printed = null; });
  await page.click('#tab-ledger');
  await page.keyboard.press('Control+p');
  assert.ok(file.equals(Buffer.from(await printed(page))), 'from another view');
  await close(one);
});

test('the browser itself takes the PDF into the frame', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  // A browser without a screen dies now and then of really printing; whether its frame could is asked of itself.
  await page.evaluate(() => {
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
      const own = get.call(this);
      return { focus: () => own.focus(), print: () => { window.canPrint = typeof own.print === 'function'; } };
    } });
  });
  await page.click('#to-print');
  await page.waitForSelector('#paper', { state: 'attached' });
  await until('the frame is asked to print', () => page.evaluate(() => window.canPrint));
  assert.match(await page.getAttribute('#paper', 'src'), /^blob:/);
  assert.ok(!(await page.textContent('#toasts')).includes('不能直接打印'));
  await close(one);
});

test('a browser that shows no PDF is told how to print it', async () => {
  const one = await open();
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await page.evaluate(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => false }));
  await page.click('#to-print');
  await page.locator('#toasts button', { hasText: '打开 PDF' }).waitFor();
  await close(one);
});

test('a draft says so on every page of the preview, on paper and in Word; what is whole does not', async () => {
  const whole = await open(letter());
  await whole.page.waitForSelector('#pages .page');
  assert.equal(await whole.page.locator('[data-watermark]').count(), 0);
  const issued = unzip(await download(whole.page, 'docx'));
  assert.ok(!('word/header1.xml' in issued));
  await close(whole);

  const one = await open(letter((text, name) => (name === '2025.yaml' ? text.replace('120人次', '') : text)));
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const count = await page.locator('#pages .page').count();
  assert.equal(await page.locator('#pages .page[data-watermark=草稿]').count(), count);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.$eval('#pages .page', (sheet) => getComputedStyle(sheet, '::before').content), '"草稿"');
  await page.emulateMedia({ media: null });
  const draft = unzip(await download(page, 'docx'));
  assert.match(draft['word/header1.xml'].toString(), /string="草稿"/);
  await catching(page);
  await page.click('#to-print');
  assert.ok((await printed(page)).length > 1000);
  await close(one);
});

test('faces that stand in for others are told beside the download, in words of the page', async () => {
  const one = await open(letter(undefined, { '项目.yaml': '字体:\n  正文: 没有这种字体\n' }));
  const { page } = one;
  await page.waitForSelector('#pages .page');
  await download(page, 'pdf');
  const said = page.locator('#toasts .note', { hasText: '没有这种字体' });
  await said.waitFor();
  assert.doesNotMatch(await said.textContent(), /--|huibao|\.yaml/);
  const ofd = await download(page, 'ofd');
  assert.match(unzip(ofd)['Doc_0/PublicRes.xml'].toString(), /没有这种字体/);
  await close(one);
});

test('the lines of a letter lie under each other, its mark is red and its number and signers share a line', async () => {
  const one = await open(letter((text) => text.replace('合计行="合计"', '合计行="合计" 注="按到位数。"')));
  const { page } = one;
  await page.waitForSelector('#pages .page');
  const note = page.locator('#pages .line', { hasText: '按到位数。' });
  assert.equal(await note.evaluate((line) => getComputedStyle(line).textDecorationLine), 'none', 'a note under a table is no remark');
  const faults = await page.$$eval('#pages .page', (sheets) => sheets.flatMap((sheet) => {
    const lines = [...sheet.querySelectorAll('.line:not(.beside)')].map((line) => {
      const style = getComputedStyle(line);
      const box = line.getBoundingClientRect();
      return { words: line.textContent, top: box.top + parseFloat(style.paddingTop), bottom: box.bottom, high: parseFloat(style.lineHeight) };
    });
    return lines.flatMap((line, index) => [
      index && line.top < lines[index - 1].bottom - 1 ? `${lines[index - 1].words} / ${line.words}` : '',
      line.bottom - line.top < line.high - 1 ? `low: ${line.words}` : '',
    ]).filter(Boolean);
  }));
  assert.deepEqual(faults, []);
  const mark = page.locator('#pages .line', { hasText: /^青石镇人民政府文件$/ });
  assert.equal(await mark.evaluate((line) => getComputedStyle(line).color), 'rgb(255, 0, 0)');
  await close(one);
});

test('who points at a value of a chart is told where it comes from', async () => {
  const one = await open(letter((text, name) => (name.endsWith('.hbs') ? text.replace('特此报告。', '{{图 防汛.排查隐患 年=2 标题="近两年排查隐患"}}\n\n特此报告。') : text)));
  const { page } = one;
  const value = page.locator('#pages .drawn rect[data-trail]').last();
  await value.waitFor({ state: 'attached' });
  assert.match(await value.locator('title').textContent(), /2025年.*38处[\s\S]*防汛\.排查隐患/);
  await value.click();
  await page.waitForSelector('#origin');
  assert.match(await page.textContent('#origin'), /38处/);
  await close(one);
});
