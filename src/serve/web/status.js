// What is saved, in one line at the top: true at every moment. Ctrl+S says the same at length.

import { $, $$, fill } from './dom.js';
import { idle, writing } from './edit.js';
import { unsavedCells } from './ledger.js';
import { toast } from './notice.js';
import { emit, on } from './store.js';

let last = ''; // when something was written last

/** Listens; once. */
export function wireStatus() {
  const wrote = () => {
    const time = new Date();
    const two = (number) => String(number).padStart(2, '0');
    last = `${two(time.getHours())}:${two(time.getMinutes())}`;
    tell();
  };
  ['saved', 'mended', 'turned', 'wrote'].forEach((event) => on(event, wrote));
  ['saving', 'idle', 'standing', 'view'].forEach((event) => on(event, tell));
}

/** Everything on the page that is not in a file: what is wrong, what is being typed. */
function open() {
  return { wrong: $$('.row.wrong').length + unsavedCells(), typed: $$('.row.dirty:not(.wrong)').length, text: Boolean($('.editor.unsaved')) };
}

function words() {
  const { wrong, typed, text } = open();
  if (writing.count) return $('dialog[open]') ? '请先看窗口里的问题' : '正在保存……';
  if (wrong) return `有 ${wrong} 格没有保存`;
  if (typed) return '正在填写，回车就保存';
  if (text) return '有改动，还没有保存';
  return last && `✓ 已自动保存 ${last}`;
}

function tell() {
  const place = $('#saved');
  if (!place) return;
  const now = words();
  place.className = now.startsWith('✓') ? '' : 'open';
  if (place.textContent !== now) fill(place, now);
}

/** Ctrl+S: what can be saved is saved, and what stands then is said. */
export async function saveNow() {
  const waits = [];
  emit('save-now', (wait) => waits.push(wait));
  await Promise.all(waits);
  await idle();
  const bad = (words) => toast(words, { kind: 'bad', stay: 12000 });
  const rows = $$('.row.wrong');
  if (rows.length) {
    const [row] = rows;
    const why = $('.why span', row);
    return bad(`“${row.dataset.path}”没有保存${why ? `：${why.textContent}` : ''}${rows.length > 1 ? `。没有保存的共 ${rows.length} 格` : ''}`);
  }
  const cells = unsavedCells();
  if (cells) {
    const why = $('#say span');
    return bad(`台账里标红的 ${cells} 格没有保存${why ? `。${why.textContent}` : '，点一下红格看原因'}`);
  }
  if ($('.editor.unsaved')) {
    const why = $('#text-findings .finding');
    return bad(`这一份没有保存${why ? `：${why.textContent}` : '，里面有错误'}`);
  }
  toast('都已保存。平时会自动保存，不用按 Ctrl+S');
}
