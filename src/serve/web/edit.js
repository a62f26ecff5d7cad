// Changes of facts on their way to the file: one after another, each for the revision it was made for.

import { Failure, call, get, isStale } from './api.js';
import { ask, failed } from './notice.js';
import { h } from './dom.js';
import { emit, entry, state } from './store.js';

let chain = Promise.resolve();
/** Writes under way; while there are any, the page does not look for changes by others. */
export const writing = { count: 0, turn: 0 };

/** Runs a write behind those that are under way. */
export function queue(run) {
  writing.count += 1;
  emit('saving');
  const done = chain.then(run).finally(() => {
    writing.count -= 1;
    writing.turn += 1;
    emit('idle');
  });
  chain = done.catch(() => {});
  return done;
}

/** Waits until nothing is being written. */
export async function idle() {
  while (writing.count) await chain;
}

/** Fields of a fact in the form, by their names in the file. */
const FIELDS = { 来源: 'own_source', 说明: 'note' };
const MARKS = { 待核: 'unverified', 估计: 'estimate' };

/** What stands now where a change goes; nothing where that cannot be told here. */
function standing(change) {
  const one = entry(change.path);
  if (!one) return undefined;
  if (change.do === 'set' || change.do === 'list') return one.value;
  if (change.field in FIELDS) return one[FIELDS[change.field]];
  if (change.field in MARKS) return one[MARKS[change.field]] ? '是' : '';
  return undefined;
}

/**
 * Saves changes of the year's facts. Each says in `was` what stood there when it was made: where something else
 * stands by now, both values are shown and nothing is overwritten.
 * @param {any[]} changes
 * @param {() => Promise<boolean>} [moved] tells for changes of a ledger whether it was changed elsewhere
 * @param {boolean} [sure] whether values that are asked about were confirmed
 * @returns {Promise<{saved?: boolean, values?: Record<string, string>, bad?: any[], kept?: boolean}>}
 */
export function saveFacts(changes, moved, sure = false) {
  const year = state.year;
  return queue(() => attempt(year, changes, { moved, sure }, 3));
}

async function attempt(year, changes, how, tries) {
  const clash = changes.find((change) => 'was' in change && standing(change) !== undefined && standing(change) !== change.was);
  if (clash) {
    if ((await choose(clash)) !== 'mine') {
      emit('others', clash.path);
      return { kept: true };
    }
    changes.forEach((change) => delete change.was);
  }
  try {
    const answer = await call('PATCH', `/api/years/${year}`, { body: { changes, sure: how.sure }, revision: state.form.revision });
    took(year, answer);
    emit('saved', { year, changes });
    return { saved: true, values: answer.values };
  } catch (failure) {
    if (isStale(failure) && tries > 0 && (await reread(year))) {
      if (how.moved && (await how.moved())) return { kept: true };
      return attempt(year, changes, how, tries - 1);
    }
    if (failure instanceof Failure && failure.status === 422) {
      return { bad: failure.body.bad || [{ index: 0, message: failure.message, fix: failure.fix }] };
    }
    failed(failure);
    return {};
  }
}

/** What was written becomes what stands there. */
function took(year, { revision, values }) {
  state.known[`facts/${year}`] = revision;
  if (!state.form || state.year !== year) return;
  state.form.revision = revision;
  for (const [path, value] of Object.entries(values)) if (entry(path)) entry(path).value = value;
}

async function reread(year) {
  const fresh = await get(`/api/years/${year}/form`).catch(failed);
  if (fresh) emit('form', fresh);
  return fresh;
}

/** Both values, side by side. */
function choose(change) {
  const now = standing(change);
  const typed = change.do === 'list' ? change.items.join('、') : change.value;
  const value = (words) => h('b.value', {}, words === '' ? '（空）' : words);
  return ask('这一项刚刚在别处改过', [
    h('p', {}, `“${change.path}”${change.field ? `的${change.field}` : ''}在您填写的时候，被别的程序或另一个窗口改了。用哪一个？`),
    h('dl.two', {}, h('dt', {}, '文件里现在是'), h('dd', {}, value(now)), h('dt', {}, '您填的是'), h('dd', {}, value(typed))),
  ], { mine: `用我填的 ${typed}`, theirs: `用文件里的 ${now}` });
}

/** After a write that the program answered without revisions: what every text is now. */
export async function settle() {
  const now = await get('/api/changes');
  state.known = now.revisions;
  emit('stacks', now);
  emit('wrote');
  return now;
}

/** Takes back or makes again. */
export function turn(way) {
  return queue(async () => {
    try {
      const done = await send(way);
      if (done) {
        await settle();
        emit('turned', { way, ...done });
      }
    } catch (failure) {
      failed(failure);
    }
  });
}

async function send(way, outside = false) {
  try {
    return await call('POST', `/api/${way}`, { body: { outside } });
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== 'outside') throw failure;
    const pressed = await ask('撤销别处的改动？', [h('p', {}, `${failure.message}。撤销以后，还可以用“重做”恢复。`)],
      { yes: '撤销它', no: '不撤销' });
    return pressed === 'yes' ? send(way, true) : undefined;
  }
}
