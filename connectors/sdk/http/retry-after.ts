import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import type { Instant } from '#src/domain/period/types.js';

/** Longest wait that is believed; a server that asks for more is asked again after this. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * How long a server asks to wait, in milliseconds: `Retry-After` in seconds, or as a date (RFC 9110, 10.2.3).
 *
 * @param nowMs milliseconds since 1970, which a date is compared with
 * @returns `undefined` where there is none, or one that cannot be read
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Math.min(countOf(text) * 1000, LONGEST_MS);
  const at = httpDateMs(text);
  return at === undefined ? undefined : Math.min(Math.max(0, at - nowMs), LONGEST_MS);
}

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) GMT$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An HTTP date in its one current form (RFC 9110, 5.6.7), as a UTC instant; `undefined` for anything else. */
export function httpDate(text: string): Instant | undefined {
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = ''] = HTTP_DATE.exec(text) ?? [];
  const month = String(MONTHS.indexOf(monthName) + 1).padStart(2, '0');
  const date = `${year}-${month}-${day}`;
  return isCalendarDate(date) ? `${date}T${hour}:${minute}:${second}Z` : undefined;
}

function httpDateMs(text: string): number | undefined {
  const parts = httpDate(text)?.match(/\d+/g)?.map(countOf);
  if (parts === undefined) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** By hand: the parsers that guess are shut out of connectors. */
function countOf(digits: string): number {
  let count = 0;
  for (const digit of digits) count = count * 10 + '0123456789'.indexOf(digit);
  return count;
}
