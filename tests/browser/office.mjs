// An office of its own for the story of two years: last year's report as a Word file of WPS, the department's table,
// and the leader's pen in a Word file that this program wrote.

import { unzip, zip } from './lib.mjs';

const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A paragraph; WPS breaks its words into runs wherever it was typed in. */
const paragraph = (words, style = '') => `<w:p>${style && `<w:pPr><w:jc w:val="${style}"/></w:pPr>`}${
  words.match(/.{1,9}/gsu).map((run) => `<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">${escaped(run)}</w:t></w:r>`).join('')}</w:p>`;

const table = (rows) => `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${rows[0].map(() => '<w:gridCol w:w="2800"/>').join('')}</w:tblGrid>${
  rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="2800" w:type="dxa"/></w:tcPr>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

/** A Word file of lines, and of tables where a line is a list of rows. */
export function word(lines) {
  const body = lines.map((line, index) => (Array.isArray(line) ? table(line) : paragraph(line, index === 0 ? 'center' : ''))).join('');
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return zip({
    '[Content_Types].xml': Buffer.from(`${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`),
    '_rels/.rels': Buffer.from(`${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`),
    'word/document.xml': Buffer.from(`${head}<w:document xmlns:w="${NAMESPACE}"><w:body>${body}<w:sectPr/></w:body></w:document>`),
  });
}

/** Last year's report. */
export const LAST = [
  '柳河街道2024年基层治理工作总结',
  '街道下辖4个社区，共有常住人口21360人，党员1240名。',
  '一、矛盾调解',
  '全年排查矛盾纠纷214起，化解209起。各社区情况如下：',
  [['社区', '排查（起）', '化解（起）'], ['桂花社区', '52', '51'], ['石桥社区', '47', '46'], ['新园社区', '63', '61'], ['临江社区', '52', '51'], ['合计', '214', '209']],
  '二、为民办事',
  '全年办理民生实事12件，投入资金386万元。开展志愿服务158场次，参加志愿者1860人次。',
  '三、下一步打算',
  '2025年，街道将抓好两项工作。',
  '（一）抓调解。',
  '（二）抓服务。',
  '柳河街道办事处',
  '2024年12月20日',
];

/** The table of the department that settles quarrels, of the new year: one community handed in late. */
export const QUARRELS = Buffer.from('柳河街道2025年矛盾纠纷排查化解台账\n单位：起\n序号,社区,排查,化解\n1,桂花社区,48,48\n2,石桥社区,45,43\n3,新园社区,70,69\n4,临江社区,"１",\n合计,,164,160\n');

/** A Word file with words of its text changed as with a pen: old → new. */
export function changed(bytes, changes) {
  const files = unzip(bytes);
  let xml = files['word/document.xml'].toString('utf8');
  for (const [old, now] of changes) {
    if (!xml.includes(old)) throw new Error(`not in the file: ${old}`);
    xml = xml.replace(old, now);
  }
  return zip({ ...files, 'word/document.xml': Buffer.from(xml) });
}

const document = (bytes) => unzip(bytes)['word/document.xml'].toString('utf8');

/** The paragraphs of a document in order, cells of tables among them; what is empty is none. */
function paragraphs(xml) {
  const lines = xml.split(/<w:p[ >]/).slice(1).map((one) => [...one.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(''));
  return lines.filter(Boolean).map((line) => line.replaceAll('&lt;', '<').replaceAll('&amp;', '&'));
}

/** The paragraphs of a Word file. */
export const text = (bytes) => paragraphs(document(bytes));

/** A Word file with tracked changes: its paragraphs with all of them rejected, and with all accepted. */
export function sides(bytes) {
  const xml = document(bytes);
  return [['ins', 'moveTo', 'del', 'moveFrom'], ['del', 'moveFrom', 'ins', 'moveTo']].map(([gone, away]) => {
    let left = xml.replaceAll('<w:delText', '<w:t').replaceAll('</w:delText>', '</w:t>');
    // A row that goes takes its cells along; a paragraph whose mark goes joins the one behind it.
    for (const kind of [gone, away]) {
      left = left.replace(new RegExp(`<w:tr[ >](?:(?!</w:tr>).)*?<w:trPr>(?:(?!</w:trPr>).)*?<w:${kind} [^>]*/>.*?</w:tr>`, 'gs'), '');
      left = left.replace(new RegExp(`<w:${kind} (?:[^>/]|/(?!>))*>.*?</w:${kind}>`, 'gs'), '');
    }
    return paragraphs(left.replace(new RegExp(`(<w:p>(?:(?!</w:p>).)*?<w:rPr>(?:(?!</w:rPr>).)*?<w:(?:${gone}|${away}) [^>]*/>(?:(?!</w:p>).)*?)</w:p><w:p>`, 'gs'), '$1'));
  });
}
