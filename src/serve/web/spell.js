// Names found by what is typed: a part of them, or the letters of an input method, whole or the first of each
// character (`ceshu`, `cs` → 测数). Digits and letters of any width are the same.

import { get } from './api.js';

let sounds = null; // character → its syllables

/**
 * Fetches how characters sound; until then names are found by their characters alone.
 * @returns {Promise<boolean>} whether they are known only now
 */
export async function listen() {
  if (sounds) return false;
  const all = await get('/api/sounds').catch(() => null);
  if (!all) return false;
  sounds = new Map();
  for (const [syllable, characters] of Object.entries(all)) {
    for (const one of characters) sounds.set(one, [...(sounds.get(one) || []), syllable]);
  }
  return true;
}

/** Half-width and small. @param {string} words */
export const plain = (words) => words.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ').toLowerCase();

/** How well a name fits, 0 best; nothing where it does not. @param {string} words @param {string} name */
export function fits(words, name) {
  const [typed, whole] = [plain(words).trim(), plain(name)];
  const at = whole.indexOf(typed);
  if (at >= 0) return at === 0 ? 0 : 1;
  const letters = typed.replace(/[\s']/g, '');
  if (!sounds || !/^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)) return undefined;
  const characters = [...whole];
  const start = characters.findIndex((_, from) => spelt(letters, characters, from));
  return start < 0 ? undefined : start === 0 ? 2 : 3;
}

/** How well a fact fits: its name by letters as well, what it says by its words alone. @param {string} words @param {any} one */
export function fact(words, one) {
  const typed = plain(words).trim();
  const named = fits(words, one.name);
  if (named !== undefined) return named;
  const path = fits(words, one.path);
  if (path !== undefined) return 4 + path;
  const said = one.kind === '台账' ? [one.definition] : [one.value, one.definition];
  return said.some((text) => plain(text || '').includes(typed)) ? 8 : undefined;
}

/** Whether letters spell characters from one on: each by its sound or the first letters of it. */
function spelt(letters, characters, at) {
  if (letters === '') return true;
  const one = characters[at];
  if (one === undefined) return false;
  if (!sounds.has(one)) {
    if (/[a-z0-9]/.test(one)) return letters.startsWith(one) && spelt(letters.slice(1), characters, at + 1);
    return at > 0 && spelt(letters, characters, at + 1);
  }
  return sounds.get(one).some((sound) => {
    for (let length = sound.length; length > 0; length -= 1) {
      const part = sound.slice(0, length);
      const may = length === sound.length || length === 1 || (length === 2 && /^[zcs]h$/.test(part)) || letters === part;
      if (may && letters.startsWith(part) && spelt(letters.slice(length), characters, at + 1)) return true;
    }
    return false;
  });
}
