// The projects that were opened before, and switching between them in one window.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';

import { close, folder, open, quit, take, until } from './lib.mjs';

after(quit);

const project = (value) => ({
  'facts/指标.yaml': '宣传.会议: {单位: 次, 类型: 时期}\n', 'facts/2024.yaml': `年度: 2024\n宣传: {会议: ${value}次}\n`, 'templates/汇报.hbs': '# 汇报\n\n开会{{宣传.会议}}。\n',
});

test('projects that were opened are listed, switched to, and taken off the list when they are gone', async () => {
  const config = mkdtempSync(join(tmpdir(), 'huibao-settings-'));
  const first = folder(project(11), '甲镇');
  await close(await open(first, { config }).then((one) => ({ ...one, place: join(config, 'nothing') })));
  const one = await open(folder(project(22), '乙镇'), { config });
  const { page } = one;
  assert.equal(await page.textContent('#project-name'), '乙镇');
  await page.click('#project');
  await until('both', async () => (await page.locator('.recent').count()) === 2);
  const names = await page.$$eval('.recent > button:first-child', (all) => all.map((each) => [each.firstChild.textContent, each.disabled]));
  assert.deepEqual(names, [['乙镇', true], ['甲镇', false]]);
  const second = await one.window();
  await page.click('.recent button:has-text("甲镇")');
  await until('the other', async () => (await page.textContent('#project-name').catch(() => '')) === '甲镇');
  await until('a window that shows the first says so', async () => /换了项目/.test(await second.textContent('body')));
  const before = one.read('facts/2024.yaml');
  await take(page, '宣传.会议');
  await page.keyboard.type('33');
  await page.keyboard.press('Enter');
  await until('it is written there', () => readFileSync(join(first, 'facts/2024.yaml'), 'utf8').includes('33次'));
  assert.equal(one.read('facts/2024.yaml'), before, 'and not here');
  await second.keyboard.press('Control+z');
  await second.waitForTimeout(300);
  assert.ok(readFileSync(join(first, 'facts/2024.yaml'), 'utf8').includes('33次'), 'a window of another project takes nothing back');
  await second.close();
  await page.click('#project');
  await page.click('.recent button:has-text("乙镇")');
  await until('and back', async () => (await page.textContent('#project-name').catch(() => '')) === '乙镇');
  renameSync(first, `${first}旧`);
  await page.click('#project');
  await until('it is gone', async () => /不在了/.test(await page.textContent('.recent:has-text("甲镇")')));
  await page.click('.recent:has-text("甲镇") button[aria-label^=不再列出]');
  await until('off the list', async () => (await page.locator('.recent').count()) === 1);
  const kept = JSON.parse(readFileSync(join(config, '最近的项目.json'), 'utf8'));
  assert.deepEqual(kept, [realpathSync(one.place)]);
  const empty = await open(folder({ '说明.txt': 'x' }), { config, wait: '.choice' });
  await until('on the first page as well', async () => (await empty.page.textContent('#recent')).includes(basename(one.place)));
  await close(empty);
  await close(one);
  rmSync(config, { recursive: true, force: true });
  rmSync(`${first}旧`, { recursive: true, force: true });
});
