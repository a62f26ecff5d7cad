// Workbooks as staff hand them in: downloaded from the page, and with cells typed into them.

import { readFileSync } from 'node:fs';

import { unzip, zip } from './lib.mjs';

/** What a button of the download menu gives. */
export async function downloaded(page, button) {
  await page.click('#download');
  const waiting = page.waitForEvent('download');
  await page.click(button);
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A workbook with cells of its nth sheet typed anew: address → number or words. */
export function typed(bytes, sheet, cells) {
  const files = unzip(bytes);
  const name = `xl/worksheets/sheet${sheet}.xml`;
  let xml = files[name].toString('utf8');
  for (const [at, value] of Object.entries(cells)) {
    const cell = new RegExp(`<c r="${at}"((?: s="\\d+")?)[^>]*?(?:/>|>.*?</c>)`, 's');
    if (!cell.test(xml)) throw new Error(`no cell ${at}`);
    xml = xml.replace(cell, (_, style) => (typeof value === 'number'
      ? `<c r="${at}"${style}><v>${value}</v></c>`
      : `<c r="${at}"${style} t="inlineStr"><is><t>${escaped(value)}</t></is></c>`));
  }
  files[name] = Buffer.from(xml);
  return zip(files);
}

/** Villages with a registry that collects from them. */
export const VILLAGES = {
  'facts/指标.yaml': '宣传.会议: {单位: 次, 类型: 时期, 来源: 会议登记簿, 范围: [0, 100]}\n宣传.扩大会议: {单位: 次, 类型: 时期, 不超过: 宣传.会议}\n各村名单: {类型: 名单}\n招商项目:\n  类型: 台账\n  主键: 企业\n  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}, 安置就业: {单位: 人, 类型: 时期}, 签约时间: 日期}\n各村:\n  类型: 台账\n  主键: 村\n  列: {村: {类型: 文本, 属于: 各村名单}, 人口: {单位: 人, 类型: 时点}, 集体收入: {单位: 万元, 类型: 时期}}\n全镇.人口: {单位: 人, 类型: 时点, 公式: {合计: 各村.人口}}\n',
  'facts/2010.yaml': '年度: 2010\n宣传: {会议: 11次, 扩大会议: 4次}\n',
  'facts/2011.yaml': '年度: 2011\n宣传:\n  会议: 14次   # 登记簿\n  扩大会议: 4次\n各村名单: [东湾村, 西岭村, 南坡村]\n招商项目:\n  - {企业: 甲厂, 投资: 640.50万元, 安置就业: 54人}\n',
  'templates/汇报.hbs': '# 汇报\n\n全镇人口{{全镇.人口}}，召开会议{{宣传.会议}}。\n',
};

/** A department's table, in the encoding that Excel saves a .csv in on Chinese Windows where `bytes` says it, else UTF-8. */
export const TABLE = Buffer.from('云溪镇2011年招商引资项目台账\n填报单位：招商办,,,单位：万元\n序号,企业名称,计划投资,完成投资,安置就业（人）,签约时间\n1,乙厂,900,"１，２８６．５",36,2011.6.8\n2,丙厂,50,洽谈中,3,\n3,甲厂,700,700,54,2011年4月18日\n合  计,,1650,1986.5,,\n注：投资以合同为准\n');
