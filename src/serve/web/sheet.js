// A ledger as rows in hand and rows in the file. A row that is only in hand (`only`) holds nothing right yet; it
// goes into the file with its first right value. Pure: nothing here touches the page or the program.

/** @typedef {{cells: string[], wrong: Record<string, any>, only?: boolean}} Row */

/** A row that is only in hand. @returns {Row} */
export const blank = (columns) => ({ cells: columns.map(() => ''), wrong: {}, only: true });

/** The number, from 1, that a row has or would have in the file. */
export const inFile = (rows, row) => rows.slice(0, row).filter((one) => !one.only).length + 1;

/** Cells of a row as the file takes them: those that hold something. */
export const filled = (columns, cells) => cells.flatMap((words, index) => (words === '' ? [] : [[columns[index].name, words]]));

/**
 * Rows in hand after the file was read again: its cells, with what was refused kept at its place.
 * @param {Row[]} plan @param {string[][]} fresh @param {boolean} own whether the rows in hand are what was just saved
 * @returns {Row[]}
 */
export function merge(plan, fresh, own) {
  if (plan.filter((one) => !one.only).length !== fresh.length) return fresh.map((cells) => ({ cells, wrong: {} }));
  let next = 0;
  return plan.flatMap((one) => {
    if (one.only) return own || Object.keys(one.wrong).length ? [one] : [];
    const cells = fresh[next];
    next += 1;
    const same = own || one.cells.join('\t') === cells.join('\t');
    return [{ cells, wrong: same ? one.wrong : {} }];
  });
}

/**
 * What many cells at once make of the rows: the changes for the file, and the rows in hand then.
 * @param {string} path @param {any[]} columns @param {Row[]} rows
 * @param {{row: number, column: number, words: string}[]} cells
 * @param {Map<number, any>} bad refused cells by their place in `cells`
 */
export function many(path, columns, rows, cells, bad) {
  const plan = rows.map((one) => ({ ...one, cells: [...one.cells], wrong: { ...one.wrong } }));
  const touched = new Map(); // row → columns that become other
  let mended = 0;
  let refused = 0;
  cells.forEach(({ row, column, words }, index) => {
    while (plan.length <= row) plan.push(blank(columns));
    const wrong = bad.get(index);
    const name = columns[column].name;
    if (wrong && !wrong.instead) {
      refused += 1;
      plan[row].wrong[name] = { text: words, message: wrong.message, fix: wrong.fix, code: wrong.code };
      return;
    }
    if (wrong) mended += 1;
    delete plan[row].wrong[name];
    plan[row].cells[column] = wrong ? wrong.instead : words;
    touched.set(row, [...(touched.get(row) || []), column]);
  });
  return { changes: changes(path, columns, plan, touched), plan: settled(plan, touched), mended, refused };
}

const MANY = 40;

function changes(path, columns, plan, touched) {
  const list = [];
  const fresh = [...touched.keys()].filter((row) => plan[row].only && plan[row].cells.some((words) => words !== ''));
  const small = [...touched.values()].flat().length <= MANY;
  if (small) {
    for (const [row, places] of touched) {
      if (plan[row].only) continue;
      for (const column of places) list.push({ do: 'cell', path, row: inFile(plan, row), column: columns[column].name, value: plan[row].cells[column] });
    }
    fresh.sort((a, b) => a - b).forEach((row, before) => {
      list.push({ do: 'insert', path, at: inFile(plan, row) + before, cells: filled(columns, plan[row].cells) });
    });
    return list;
  }
  let old = 0;
  const rows = plan.flatMap((one, row) => {
    if (one.only) return fresh.includes(row) ? [filled(columns, one.cells)] : [];
    old += 1;
    return [touched.has(row) ? filled(columns, one.cells) : old];
  });
  return [{ do: 'rows', path, rows }];
}

/** Rows that got a right value are in the file then. */
const settled = (plan, touched) => plan.map((one, row) =>
  (one.only && touched.has(row) && one.cells.some((words) => words !== '') ? { ...one, only: false } : one));
