// Last year's report becomes facts, registry and template; what was found is looked over before anything is written.

import { failed } from './notice.js';

/** Takes a file in. */
export async function importFile(root, file) {
  failed({ message: `还不能导入“${file.name}”` });
  return root;
}
