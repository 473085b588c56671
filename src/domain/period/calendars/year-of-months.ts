import { FIRST_DATE, LAST_DATE } from '../calendar-date.js';
import { type DayNumber, dateOfDayNumber, dayNumber, padded } from '../day-number.js';
import type { Frequency, Period } from '../types.js';
import type { YearPlace } from './calendar-rules.js';

/** A year of twelve months of a calendar that has its own. */
export interface YearOfMonths {
  /** The number it carries in ids. */
  readonly name: number;
  /** First days of its months, and the first day after it: 13. */
  readonly months: readonly DayNumber[];
}

/** How many months a period has, where it is made of months. */
export const MONTHS = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 } as const;

/** A frequency whose periods are made of months. */
export type OfMonths = keyof typeof MONTHS;

export function isOfMonths(frequency: Frequency): frequency is OfMonths {
  return Object.hasOwn(MONTHS, frequency);
}

const FIRST_DAY = dayNumber(FIRST_DATE);
const LAST_DAY = dayNumber(LAST_DATE);

/** The part of a year's id that names a period in it: `-P03`, `-W05`, `-Q1`, `-H2`, and nothing for the year. */
const SUFFIX = /^(?<year>\d{4,5})(?:-(?<letter>[PWQH])(?<number>\d{1,2}))?$/;
const FREQUENCY_OF: Readonly<Record<string, Frequency>> = {
  P: 'monthly',
  W: 'weekly',
  Q: 'quarterly',
  H: 'half-yearly',
};

/** The id of a period with a number in a year. */
export function idInYear(prefix: string, year: number, frequency: Frequency, number: number): string {
  const base = `${prefix}${padded(year, 4)}`;
  switch (frequency) {
    case 'weekly':
      return `${base}-W${padded(number, 2)}`;
    case 'monthly':
      return `${base}-P${padded(number, 2)}`;
    case 'quarterly':
      return `${base}-Q${number}`;
    case 'half-yearly':
      return `${base}-H${number}`;
    case 'yearly':
    case 'daily':
      return base;
  }
}

/** What an id without its prefix names, though there may be no such period. */
export function readIdInYear(rest: string): (YearPlace & { readonly frequency: Frequency }) | undefined {
  const groups = SUFFIX.exec(rest)?.groups;
  if (groups === undefined) return undefined;
  const { year = '', letter, number = '1' } = groups;
  const frequency = letter === undefined ? 'yearly' : FREQUENCY_OF[letter];
  if (frequency === undefined) return undefined;
  return { year: Number.parseInt(year, 10), frequency, number: Number.parseInt(number, 10) };
}

/** The period with a number in a year; `undefined` where the year has no such, or it lies outside the calendar. */
export function periodOfMonths(
  prefix: string,
  { name, months }: YearOfMonths,
  frequency: OfMonths,
  number: number,
): Period | undefined {
  const length = MONTHS[frequency];
  const [start, end] = [months[(number - 1) * length], months[number * length]];
  if (start === undefined || end === undefined) return undefined;
  return periodOf(idInYear(prefix, name, frequency, number), frequency, start, end);
}

/** Which of a year's periods a day lies in, from 1. */
export function numberInYear({ months }: YearOfMonths, frequency: OfMonths, day: DayNumber): number {
  let month = 0;
  while (month < 11 && (months[month + 1] ?? 0) <= day) month += 1;
  return Math.floor(month / MONTHS[frequency]) + 1;
}

/** A period by the numbers of its days; cut at the edges of the calendar, and none where it lies wholly outside. */
export function periodOf(id: string, frequency: Frequency, start: DayNumber, end: DayNumber): Period | undefined {
  if (end <= FIRST_DAY || start > LAST_DAY) return undefined;
  return { id, frequency, start: dateOfDayNumber(start), end: dateOfDayNumber(end) };
}
