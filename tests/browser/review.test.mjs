// What an import found is gone through on the page: tables that are ledgers, names that anybody can change, sums of years.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { drop } from './dropped.mjs';
import { close, folder, open, quit, report, until } from './lib.mjs';

after(quit);

const REPORT = `# 云溪镇2024年工作总结

## 一、治理

全年排查矛盾纠纷186起，召开会议12次。截至目前，累计办理提案62件，其中2024年21件。各片区情况如下：

| 片区 | 排查纠纷（起） |
| --- | --- |
| 东片 | 72 |
| 西片 | 114 |
| 合计 | 186 |

特此报告。
`;

async function imported() {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  await drop(one.page, '2024年工作总结.md', Buffer.from(REPORT));
  await one.page.waitForSelector('#import-year');
  await one.page.click('dialog[open] button[value=ok]');
  await one.page.waitForSelector('.item');
  return one;
}

const item = (page, path) => page.locator('.item', { has: page.locator('.link', { hasText: new RegExp(`^${path}$`) }) });

test('a table is offered as a ledger with its key and its sums, and can be declined', async () => {
  const one = await imported();
  const { page } = one;
  const ledger = item(page, '治理.片区情况');
  assert.match(await ledger.textContent(), /一行一个“片区”（主键）；合计行由各行算出来；正文里的“186起”用它的合计/);
  assert.match(one.read('templates/云溪镇工作总结.hbs'), /\{\{表 治理\.片区情况 /);
  await ledger.locator('text=不作台账，照原样留着').click();
  await until('the table is typed', async () => one.read('templates/云溪镇工作总结.hbs').includes('| 东片 | 72 |'));
  assert.match(one.read('templates/云溪镇工作总结.hbs'), /排查矛盾纠纷\{\{治理\.排查矛盾纠纷\}\}/);
  await page.click('text=全部');
  assert.match(await item(page, '治理.片区情况').textContent(), /没有作台账，表格里的3个数照原样留在模板里/);
  await close(one);
});

test('every item gets another name, flagged or not, and the old one is replaced by what is typed', async () => {
  const one = await imported();
  const { page } = one;
  await page.click('text=全部');
  const plain = item(page, '治理.会议');
  assert.ok(!(await plain.getAttribute('class')).includes('open'), 'nothing is asked about it');
  await plain.locator('text=改名').first().click();
  await page.waitForSelector('#answer');
  await page.keyboard.type('会议次数');
  await page.keyboard.press('Enter');
  await until('the new name', async () => one.read('facts/2024.yaml').includes('会议次数: 12次'));
  await item(page, '治理.会议次数').waitFor();
  await item(page, '治理.片区情况.排查纠纷').locator('text=改名').first().click();
  await page.waitForSelector('#answer');
  await page.keyboard.type('排查');
  await page.keyboard.press('Enter');
  await until('the column', async () => one.read('facts/指标.yaml').includes('排查: {'));
  await until('the head stays', async () => (await report(page)).includes('排查纠纷（起）'));
  await close(one);
});

test('a sum of years is parted into them, from whichever year it begins', async () => {
  const one = await imported();
  const { page } = one;
  const sum = item(page, '治理.累计办理提案');
  await sum.locator('input.year').fill('2021');
  for (const [year, value] of [[2021, '1件'], [2022, '20件'], [2023, '20件'], [2024, '21件']]) await sum.locator(`input[data-year="${year}"]`).fill(value);
  await sum.locator('text=按年填好').click();
  await until('the years', async () => one.read('templates/云溪镇工作总结.hbs').includes('{{#自 2021}}{{治理.办理提案}}{{/自}}'));
  assert.ok(one.read('facts/2021.yaml').includes('办理提案: 1件'));
  await close(one);
});

test('what cannot be read is said at once, before any year is asked for', async () => {
  const one = await open(folder({ '说明.txt': 'x' }), { wait: '.choice' });
  const { page } = one;
  for (const [name, bytes] of [['总结.pdf', Buffer.from('%PDF-1.4\n')], ['扫描.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])]]) {
    await drop(page, name, bytes);
    await until('the reason', async () => (await page.locator('.toast').allTextContents()).some((words) => words.includes(name) && /读不了|不能读|不是/.test(words)));
    assert.equal(await page.locator('dialog[open]').count(), 0, 'nothing is asked');
  }
  await close(one);
});
