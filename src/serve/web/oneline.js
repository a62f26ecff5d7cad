// A field of one line throws the line breaks of what is pasted or dropped away, and two numbers would become one: a
// blank takes their place, and the program says that these are two.

/** @param {string} text @returns {string} its lines with blanks between them */
export const parted = (text) => text.trim().replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

function insert(event, data) {
  const field = event.target;
  const text = data ? data.getData('text/plain') : '';
  if (!(field instanceof HTMLInputElement) || field.readOnly || field.selectionStart === null) return;
  if (parted(text) === text.trim()) return;
  event.preventDefault();
  field.setRangeText(parted(text), field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Keeps watch over every field of the page. */
export function oneLine() {
  document.addEventListener('paste', (event) => insert(event, event.clipboardData), true);
  document.addEventListener('drop', (event) => insert(event, event.dataTransfer), true);
}
