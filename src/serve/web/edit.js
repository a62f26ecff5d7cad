// Changes of facts on their way to the file: one after another, each for the revision it was made for.

import { Failure, call, get, isStale } from './api.js';
import { ask, failed } from './notice.js';
import { h } from './dom.js';
import { emit, entry, state, yearText } from './store.js';

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
  });
  chain = done.catch(() => {});
  return done;
}

/**
 * Saves changes of the year's facts.
 * @param {any[]} changes
 * @param {Record<string, string>} seen what stood in each changed fact when the change was made
 * @returns {Promise<{saved?: boolean, bad?: any[], kept?: boolean}>}
 */
export function saveFacts(changes, seen = {}) {
  const year = state.year;
  return queue(() => attempt(year, changes, seen, 3));
}

async function attempt(year, changes, seen, tries) {
  try {
    const answer = await call('PATCH', `/api/years/${year}`, { body: { changes }, revision: state.form.revision });
    took(year, answer.revision);
    emit('saved', { year, changes });
    return { saved: true };
  } catch (failure) {
    if (isStale(failure) && tries > 0) return meet(year, changes, seen, tries);
    if (failure instanceof Failure && failure.status === 422) {
      return { bad: failure.body.bad || [{ index: 0, message: failure.message, fix: failure.fix }] };
    }
    failed(failure);
    return {};
  }
}

function took(year, revision) {
  if (state.form && state.year === year) state.form.revision = revision;
  state.known[`facts/${year}`] = revision;
}

/** The file has changed meanwhile. What was not touched there is saved now; else both values are shown. */
async function meet(year, changes, seen, tries) {
  const fresh = await get(`/api/years/${year}/form`).catch(() => undefined);
  if (!fresh) return {};
  const mine = { ...state.form };
  emit('form', fresh);
  const clash = changes.find((change) => {
    const now = entry(change.path);
    return change.path in seen && (!now || now.value !== seen[change.path]);
  });
  if (clash && (await choose(clash, mine)) !== 'mine') {
    emit('others', clash.path);
    return { kept: true };
  }
  return attempt(year, changes, clash ? {} : seen, tries - 1);
}

/** Both values, side by side. */
async function choose(change) {
  const now = entry(change.path);
  const typed = change.do === 'list' ? change.items.join('、') : change.value ?? '您的改动';
  const value = (words) => h('b.value', {}, words === '' ? '（空）' : words);
  return ask('这一项刚刚在别处改过', [
    h('p', {}, `“${change.path}”在您填写的时候，被别的程序或另一个窗口改了。用哪一个？`),
    h('dl.two', {}, h('dt', {}, '文件里现在是'), h('dd', {}, value(now ? now.value : '（没有了）')),
      h('dt', {}, '您填的是'), h('dd', {}, value(typed))),
  ], { mine: `用我填的 ${typed}`, theirs: `用文件里的 ${now ? now.value : ''}` });
}

/** After a write that the program answered without revisions: what every text is now. */
export async function settle() {
  const now = await get('/api/changes');
  state.known = now.revisions;
  emit('stacks', now);
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

export { yearText };
