// A picture of the page for the documents.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Puts a picture into a folder, in few colours where the tool for that is there: such pages need no more. */
export async function picture(of, folder, name) {
  const path = join(folder, `${name}.png`);
  await of.screenshot({ path });
  spawnSync('python3', ['-c', 'import sys; from PIL import Image; p = sys.argv[1]; Image.open(p).convert("RGB").quantize(200, dither=0).save(p, optimize=True)', path]);
}
