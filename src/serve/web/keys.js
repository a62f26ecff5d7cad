// Keys that work everywhere, as in WPS and Excel.

import { $ } from './dom.js';
import { turn } from './edit.js';
import { closeOrigin } from './origin.js';
import { find } from './find.js';
import { printReport } from './print.js';
import { next } from './problems.js';
import { saveNow } from './status.js';
import { emit, state } from './store.js';

const before = new WeakMap(); // fields → what stood in them when they got the focus

/** Listens; once. */
export function keys() {
  document.addEventListener('focusin', (event) => before.set(event.target, event.target.value));
  document.addEventListener('keydown', (event) => {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (event.isComposing || event.keyCode === 229) return;
    // Nothing of the page is saved as a web page, also while a question waits.
    if ($('dialog[open]')) return control && key === 's' ? event.preventDefault() : undefined;
    if (control && key === 's') does(event, saveNow);
    else if (control && key === 'p') does(event, printReport);
    else if (control && key === 'f') does(event, find);
    else if (control && (key === 'y' || (key === 'z' && event.shiftKey)) && !typing(event)) does(event, () => turn('redo'));
    else if (control && key === 'z' && !typing(event)) does(event, () => turn('undo'));
    else if (event.key === 'Escape') closeOrigin();
    else if (event.key === 'F8') does(event, next);
    else if (event.altKey && /^[1-5]$/.test(event.key)) does(event, () => emit('view-number', Number(event.key)));
  });
}

function does(event, run) {
  event.preventDefault();
  run();
}

/** In a field with something typed the browser takes back letters; else the program takes back steps. */
function typing(event) {
  const input = event.target.closest('input, textarea');
  if (!input) return false;
  const row = input.closest('.row');
  if (row) return row.classList.contains('dirty');
  if (input.classList.contains('grid-input')) return !input.classList.contains('ready');
  return state.view === 'template' || input.value !== before.get(input);
}
