// Keys that work everywhere, as in WPS and Excel.

import { $ } from './dom.js';
import { turn } from './edit.js';
import { toast } from './notice.js';
import { closeOrigin } from './origin.js';
import { next } from './problems.js';
import { emit, state } from './store.js';

/** Listens; once. */
export function keys() {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || $('dialog[open]')) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && key === 's') does(event, () => toast('平时会自动保存，不用按 Ctrl+S'));
    else if (control && key === 'f' && $('#search')) does(event, () => $('#search').select());
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

/** In a cell with something typed the browser takes back letters; else the program takes back steps. */
function typing(event) {
  const input = event.target.closest('input, textarea');
  if (!input) return false;
  const row = input.closest('.row');
  if (row) return row.classList.contains('dirty');
  return state.view === 'template' || !input.classList.contains('grid-input');
}
