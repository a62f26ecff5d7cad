// What the page knows now, and who wants to hear of changes.

/** @type {Record<string, any>} */
export const state = {
  project: null, // years, templates, folder
  year: 0,
  template: '', // the report shown
  view: 'facts',
  form: null, // the form of the year, with its revision
  group: '',
  selected: '', // path of the fact in hand
  trails: [], // where the figures of the shown pages come from
  missing: [],
  pages: 0,
  characters: 0,
  findings: null,
  known: {}, // revisions of texts as the page knows them
  undo: null,
  redo: null,
};

const listeners = new Map();

/** Calls `run` whenever `event` happens. */
export function on(event, run) {
  if (!listeners.has(event)) listeners.set(event, []);
  listeners.get(event).push(run);
}

/** Tells that something happened. */
export function emit(event, ...details) {
  for (const run of listeners.get(event) || []) run(...details);
}

/** Every fact of the form. */
export const entries = () => (state.form ? state.form.groups.flatMap((group) => group.entries) : []);

/** The fact of a path. */
export const entry = (path) => entries().find((one) => one.path === path);

/** The group that a fact is in. */
export const groupOf = (path) =>
  state.form && state.form.groups.find((group) => group.entries.some((one) => one.path === path));
