// Elements made in one call. Words always become text, never markup.

/**
 * @param {string} tag a tag name, perhaps with classes: `button.primary`
 * @param {Record<string, any>} [props] attributes; `on` holds listeners, `data` data attributes
 * @param {...any} children elements or words; nothing is left out
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'on') for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (key === 'class') element.className = [element.className, value].filter(Boolean).join(' ');
    else if (key === 'value') /** @type {any} */ (element).value = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

/** Adds elements and words. */
export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
  return element;
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** A fragment that the program made: pages, comparisons and charts, in which facts are escaped already. */
export function made(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/** Asks for files of some kinds, and hands over those that were chosen. */
export function chooseFile(kinds, take, multiple = false) {
  const file = h('input', { type: 'file', accept: kinds, multiple });
  file.addEventListener('change', () => take([...file.files]));
  file.click();
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));

const SVG = 'http://www.w3.org/2000/svg';

/** A small drawing of one path. */
export function icon(path, label = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  undo: 'M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6',
  redo: 'M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10',
  lock: 'M4 7V5a4 4 0 0 1 8 0v2M3 7h10v7H3z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M3.5 6 8 10.5 12.5 6',
  check: 'M3 8.5 6.5 12 13 4.5',
};
