// A field of one line throws the line breaks of what is pasted or dropped away, and two numbers would become one: a
// mark that no number has takes their place, in words a blank, and the program says that these are two.

/** What stands for a line break where a number is to be. */
export const BREAK = '⏎';

/** @param {string} text @param {string} [mark] @returns {string} its lines with marks between them */
export const parted = (text, mark = ' ') => text.trim().replace(/\s*[\r\n\u2028\u2029]+\s*/g, mark);

/** What was typed, its lines as they were. @param {string} text */
export const lines = (text) => text.split(BREAK).join('\n');

/** Whether a field is for a number. */
const numeric = (field) => Boolean(field.inputMode || field.closest('.row, .yearly'));

function insert(event, data) {
  const field = event.target;
  const text = data ? data.getData('text/plain') : '';
  if (!(field instanceof HTMLInputElement) || field.readOnly || field.selectionStart === null) return;
  if (parted(text) === text.trim()) return;
  // A column of cells has more fields to go to; the form knows which.
  if (event.type === 'paste' && field.matches('.row .value input')) return;
  event.preventDefault();
  field.setRangeText(parted(text, numeric(field) ? BREAK : ' '), field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Keeps watch over every field of the page. */
export function oneLine() {
  document.addEventListener('paste', (event) => insert(event, event.clipboardData), true);
  document.addEventListener('drop', (event) => insert(event, event.dataTransfer), true);
}
