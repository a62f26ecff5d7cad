// Asks each second, while the page is looked at, whether a text was changed elsewhere. That costs a few reads of
// small files, needs no open connection (a browser allows six, and a seventh window would hang), and works the
// same on network drives.

import { get } from './api.js';
import { writing } from './edit.js';
import { emit, state } from './store.js';

const EACH = 1000;
let timer = 0;

/** Begins to look. */
export function watch() {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  window.addEventListener('focus', look);
  next();
}

function next() {
  clearTimeout(timer);
  timer = setTimeout(look, EACH);
}

async function look() {
  clearTimeout(timer);
  if (document.hidden || writing.count || !state.project) return next();
  const turn = writing.turn;
  try {
    const now = await get('/api/changes');
    if (writing.count || turn !== writing.turn) return;
    const ids = new Set([...Object.keys(now.revisions), ...Object.keys(state.known)]);
    const changed = [...ids].filter((id) => now.revisions[id] !== state.known[id]);
    state.known = now.revisions;
    emit('stacks', now);
    if (changed.length) emit('outside', changed);
  } catch {
    // The request itself says when the program has ended.
  } finally {
    next();
  }
}
