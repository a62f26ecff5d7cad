// What the files of a project are called in front of staff: the figures of a year, the registry, a template; never
// a path, and no line of a file that they do not open.

const NAMES = [
  [/facts\/(\d{4})/, '$1年的数据'],
  [/(?:facts\/)?指标/, '指标表'],
  [/templates\/([^\s“”/]+?)/, '模板“$1”'],
  [/golden\/([^\s“”/]+?)-(\d{4})\.定稿/, '$2年的定稿'],
  [/golden\/([^\s“”/]+?)/, '样稿“$1”'],
  [/确认/, '确认记录'],
  [/项目/, '项目设置'],
  [/提法/, '提法表'],
  [/用字/, '用字表'],
  [/表头对照/, '表头对照表'],
  [/导入核对/, '导入核对表'],
];

const ENDING = '\\.(?:ya?ml|hbs|md|txt|json)';
const FILES = NAMES.map(([name, words]) => [new RegExp(`“?${name.source}${ENDING}”?`, 'g'), words]);
const IDS = NAMES.map(([name, words]) => [new RegExp(`^${name.source}(?:${ENDING})?$`), words]);
/** Data are looked for in the form, not at a line. */
const AT_LINE = /(年的数据|指标表|确认记录|项目设置) 第\d+行(?:第\d+字)?/g;

/** A sentence of the program, with the names that staff know. @param {string} words */
export function spoken(words) {
  if (!/\.(?:ya?ml|hbs|md|txt|json)/.test(words)) return words;
  return FILES.reduce((said, [file, name]) => said.replace(file, name), words).replace(AT_LINE, '$1');
}

/** What a text is called, by its id or the name of its file. @param {string} id */
export function named(id) {
  const found = IDS.find(([known]) => known.test(id));
  return found ? id.replace(found[0], found[1]) : id;
}

/** Whether words speak of how a template is written: that is for whoever has it open. @param {string} words */
export const isCode = (words) => words.includes('{{');
