// Every request to the program: one shape of errors, revisions on writes, and a word when it has ended. The session
// is kept for this window and this port alone: a cookie would go to whatever else listens on this computer.

/** What went wrong, as the program says it. */
export class Failure extends Error {
  constructor(status, body) {
    super(body.message || '没有做成');
    this.status = status;
    this.code = body.code || '';
    this.fix = body.fix || '';
    this.where = body.where || '';
    this.body = body;
  }
}

let gone = () => {};

/** Says whom to tell when the program does not answer any more. */
export function whenGone(run) {
  gone = run;
}

const KEPT = 'huibao.session';
let session = sessionStorage.getItem(KEPT) || '';

/** Trades the key in the address for the session; the key does not stay in the address. */
export async function enter() {
  const key = new URLSearchParams(location.search).get('k');
  if (!key) return;
  history.replaceState(null, '', `/${location.hash}`);
  session = (await call('POST', '/api/session', { body: { key } })).session;
  sessionStorage.setItem(KEPT, session);
}

let project = '';
/** Says which project this window shows: requests for another are refused. */
export function shows(id) {
  project = id;
}

/** A request as the program takes it from this page, with the answer as it is. */
export const ask = (url, how = {}) => fetch(url, { ...how, headers: { 'X-Huibao': '1', 'X-Huibao-Session': session, ...(project && { 'X-Huibao-Project': project }), ...how.headers } });

/**
 * @param {string} method
 * @param {string} url
 * @param {{body?: any, raw?: BodyInit, revision?: string}} [options]
 */
export async function call(method, url, { body, raw, revision } = {}) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (revision !== undefined) headers['If-Match'] = `"${revision}"`;
  let response;
  try {
    response = await ask(url, {
      method, headers, body: raw !== undefined ? raw : body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store', redirect: 'error',
    });
  } catch {
    gone('ended');
    throw new Failure(0, { code: 'gone', message: '“汇报”已经退出', fix: '请重新打开程序' });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.status === 401) gone('locked');
  if (answer.code === 'other-project') gone('other');
  if (!response.ok) throw new Failure(response.status, answer);
  return answer;
}

export const get = (url) => call('GET', url);
export const post = (url, body = {}) => call('POST', url, { body });

/** Part of an address. */
export const part = (words) => encodeURIComponent(words);

/** Tells apart a save that met another change. */
export const isStale = (failure) => failure instanceof Failure && failure.status === 412;
