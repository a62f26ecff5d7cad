// Words to the user: a line that goes away, a bar that stays, a question that waits.

import { $, $$, h, fill, icon, ICONS } from './dom.js';
import { spoken } from './named.js';

/**
 * Says something for a few seconds, in a place of its own that covers nothing; while a question waits, in the
 * question, which would hide it. `actions` are buttons: words → what they do.
 */
export function toast(words, { kind = '', actions = {}, stay = 6000 } = {}) {
  const close = () => box.remove();
  const place = sayings();
  $$('.toast', place).filter((one) => one.dataset.words === words).forEach((one) => one.remove());
  const buttons = Object.entries(actions).map(([label, run]) =>
    h('button.small', { type: 'button', on: { click: () => { close(); run(); } } }, label));
  const box = h('div.toast', { class: kind, data: { words } }, h('span', {}, typeof words === 'string' ? spoken(words) : words), buttons,
    h('button.bare', { type: 'button', 'aria-label': '关闭', on: { click: close } }, icon(ICONS.close)));
  place.append(box);
  // What is said by the way makes room for what is said next; what went wrong, or asks for an answer, stays.
  const passing = $$('.toast', place).filter((one) => !one.classList.contains('bad') && !$('.small', one));
  passing.slice(0, -1).forEach((one) => one.remove());
  if (stay) setTimeout(close, stay);
  return close;
}

/** Where things are said now. */
function sayings() {
  const open = $$('dialog[open]').pop();
  if (!open) return $('#toasts');
  if (!$('.said', open)) $('.buttons', open).before(h('div.said', { role: 'alert' }));
  return $('.said', open);
}

/** Says why something was not done. */
export function failed(failure) {
  if (failure.code === 'gone') return;
  toast([failure.message, failure.where, failure.fix].filter(Boolean).join('。'), { kind: 'bad', stay: 12000 });
}

/** A bar over the page that stays until what it speaks of has passed. */
export function bar(words) {
  let box = $('#bar');
  if (!words) return box && box.remove();
  if (!box) {
    box = h('div', { id: 'bar', role: 'alert' });
    document.body.prepend(box);
  }
  fill(box, words);
}

/**
 * Asks, and gives the name of the button that was pressed; nothing where the question was closed.
 * @param {string} title
 * @param {any[]} content
 * @param {{[name: string]: string}} buttons name → words; the first is the main one
 * @param {() => Promise<any>} [act] what the main button does: where that fails, the question says why and stays,
 * with everything that was typed
 * @returns {Promise<string | undefined>}
 */
export function ask(title, content, buttons, act) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const names = Object.entries(buttons);
    const form = h('form', { method: 'dialog' }, h('h2', { id: 'question' }, title), content,
      h('div.buttons', {}, names.map(([name, words], index) =>
        h('button', { class: index === 0 ? 'primary' : '', value: name, type: 'submit' }, words))));
    const box = h('dialog', { 'aria-labelledby': 'question' }, form);
    box.addEventListener('close', () => {
      box.remove();
      // What was said and not read yet is still said.
      $$('.said .toast', box).forEach((one) => sayings().append(one));
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      resolve(box.returnValue || undefined);
    });
    if (act) form.addEventListener('submit', (event) => event.submitter && event.submitter.value === names[0][0] && doing(event, box, act));
    document.body.append(box);
    box.showModal();
    const first = box.querySelector('input, textarea, select') || box.querySelector('button.primary');
    if (first instanceof HTMLElement) first.focus();
    // What is typed takes the place of what stands there.
    if (first instanceof HTMLInputElement && first.id === 'answer') first.select();
  });
}

/** Does what was asked for before the question goes. */
async function doing(event, box, act) {
  event.preventDefault();
  const { value } = event.submitter;
  const buttons = $$('.buttons button', box);
  buttons.forEach((one) => { one.disabled = true; });
  try {
    await act();
    box.close(value);
  } catch (failure) {
    failed(failure);
  } finally {
    buttons.forEach((one) => { one.disabled = false; });
  }
}

/** Asks for one line of words. */
export async function askWords(title, label, { value = '', hint = '', button = '好' } = {}) {
  const input = h('input', { id: 'answer', value, autocomplete: 'off', maxlength: 60 });
  const content = [h('label', { for: 'answer' }, label), input, hint && h('p.hint', {}, hint)];
  const pressed = await ask(title, content, { ok: button, cancel: '取消' });
  return pressed === 'ok' ? input.value.trim() : undefined;
}
