// Reports as files, and dropping them onto the page.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { folder, program } from './lib.mjs';

/** The bytes of a report that the program writes of a copy of the example. */
export function written(year, ending) {
  const place = folder();
  const file = join(place, `报告.${ending}`);
  execFileSync(program, ['-C', place, 'render', String(year), '-o', file], { stdio: 'ignore' });
  const bytes = readFileSync(file);
  rmSync(place, { recursive: true });
  return bytes;
}

/** Drops a file anywhere on the page. */
export const drop = (page, name, bytes) => dropAll(page, [[name, bytes]]);

/** Drops several files at once, names and bytes; where a dialog is open, nothing else can be reached. */
export async function dropAll(page, files) {
  await page.evaluate((all) => {
    const data = new DataTransfer();
    for (const [title, content] of all) data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], title));
    const place = document.querySelector('dialog[open]') || document.querySelector('#app');
    for (const kind of ['dragover', 'drop']) place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files.map(([name, bytes]) => [name, bytes.toString('base64')]));
}
