// Blocks of cells as Excel and WPS put them on the clipboard: tabs between cells, lines between rows, quotes around
// cells that hold either.

/** @param {string} text @returns {string[][]} rows of cells */
export function parse(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const end = () => {
    rows[rows.length - 1].push(cell);
    cell = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at];
    if (quoted && letter === '"' && source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted && letter === '"') quoted = false;
    else if (quoted) cell += letter;
    else if (letter === '"' && cell === '' && closes(source, at)) quoted = true;
    else if (letter === '\t') end();
    else if (letter === '\n') {
      end();
      rows.push([]);
    } else cell += letter;
  }
  end();
  // What has two lines stays two: whether that may be, the program says at the cell.
  return rows.map((row) => row.map((one) => one.trim()));
}

/** Whether a quote at the start of a cell is closed at the end of one; else it is a word in quotes. */
function closes(source, from) {
  let at = from + 1;
  while (at < source.length) {
    const found = source.indexOf('"', at);
    if (found < 0) return false;
    if (source[found + 1] === '"') at = found + 2;
    else return found + 1 >= source.length || '\t\n'.includes(source[found + 1]);
  }
  return false;
}

/** @param {string[][]} rows */
export function format(rows) {
  const cell = (words) => (/[\t\n"]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words);
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}
