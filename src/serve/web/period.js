// Periods as the server says them: a whole year is its number, a part of one the name of its file, in the order of time.

/** The year that a period lies in. */
export const yearOf = (period) => Number(String(period).slice(0, 4));

/** Whether it is a whole year. */
export const isYear = (period) => typeof period === 'number';

/** 2025年, 2025年上半年. */
export const inWords = (period) => (isYear(period) ? `${period}年` : period.replace(/^(\d{4})年?/, '$1年'));

/** The same above a column: 2025 年. */
export const atHead = (period) => (isYear(period) ? `${period} 年` : inWords(period));

/** What a list or a field says: 2025, 2025上半年. */
export const periodOf = (value) => (/^\d{4}$/.test(value) ? Number(value) : value);

const part = (period) => String(period).slice(4);

/** Whether both are the same part of their years. */
export const isLike = (one, other) => part(one) === part(other);

/** The period that is shown first: the newest year, else the newest there is. */
export const newest = (periods) => [...periods].reverse().find(isYear) || periods[periods.length - 1];

/** Those that a period is compared with: the same part of other years, the newest first. */
export const others = (periods, period) => [...periods].reverse().filter((one) => one !== period && isLike(one, period));
