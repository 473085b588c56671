import { isInstant, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { Decimal } from '#src/domain/value/decimal.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HTTP_DATE =
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;

/** Milliseconds that a `Retry-After` header asks to wait: of seconds, or until a date; `undefined` where it says neither. */
export function retryAfterMs(header: string | undefined, now: Instant): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,7}$/.test(text)) return new Decimal(text).times(1000).toNumber();
  const { day, month = '', year, time } = HTTP_DATE.exec(text)?.groups ?? {};
  const index = MONTHS.indexOf(month) + 1;
  const instant = `${year}-${String(index).padStart(2, '0')}-${day}T${time}Z`;
  if (index === 0 || !isInstant(instant)) return undefined;
  return Math.max(0, millisecondsBetween(now, instant));
}
