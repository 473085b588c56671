import { addDays } from '../period/period-instants.js';
import type { CalendarDate, Instant } from '../period/types.js';
import type { ZoneClock } from '../period/zone-clock.js';
import type { SerialPattern } from './date-pattern.js';
import { Decimal } from './decimal.js';
import { errorTokenRejected, isErrorToken } from './error-token.js';
import { instantInZone } from './local-time.js';
import { accepted, rejected } from './reading.js';
import type { Reading } from './types.js';

const SERIAL = /^(?<days>\d{1,7})(?:\.(?<fraction>\d{1,40}))?$/;
const MILLISECONDS_OF_DAY = 86_400_000n;

/**
 * Where each way of counting begins, and the days it may name. Excel's first two months count a 29 February 1900 that
 * never was, and Google Sheets does not: before 61 the same number is another day in each, and neither is taken.
 */
const COUNTING: Readonly<Record<SerialPattern, { epoch: CalendarDate; first: number; last: number }>> = {
  serial: { epoch: '1899-12-30', first: 61, last: 2_958_465 },
  'serial-1904': { epoch: '1904-01-01', first: 0, last: 2_957_003 },
};

/** Days as spreadsheets count them: `46082` is 2026-03-01. A number with a time of day is `date_grammar`. */
export function serialDateReader(pattern: SerialPattern): (text: string) => Reading<CalendarDate> {
  return (text) => {
    const fields = SERIAL.exec(text.trim())?.groups;
    if (fields === undefined) return notSerial(text, 'a whole number of days such as 46082');
    if (/[1-9]/.test(fields['fraction'] ?? '')) {
      const remedy = 'a whole number of days, or a column of type datetime';
      return rejected('date_grammar', 'the number has a time of day and the column holds dates', remedy);
    }
    return dayOf(fields['days'] ?? '', 0, pattern);
  };
}

/**
 * Points in time as spreadsheets count them, local to the column's zone: `46082.5` is noon. To the nearest millisecond:
 * spreadsheets keep them in binary, so that 13:00 is written 0.541666666664.
 */
export function serialDateTimeReader(pattern: SerialPattern, clock: ZoneClock): (text: string) => Reading<Instant> {
  return (text) => {
    const fields = SERIAL.exec(text.trim())?.groups;
    if (fields === undefined) return notSerial(text, 'a number of days such as 46082.5');
    const { days = '', fraction = '0' } = fields;
    const scale = 10n ** BigInt(fraction.length);
    const milliseconds = (BigInt(fraction) * MILLISECONDS_OF_DAY * 2n + scale) / (scale * 2n);
    const day = dayOf(days, milliseconds === MILLISECONDS_OF_DAY ? 1 : 0, pattern);
    return day.ok ? instantInZone(day.value, timeOf(milliseconds % MILLISECONDS_OF_DAY), clock) : day;
  };
}

function dayOf(digits: string, more: number, pattern: SerialPattern): Reading<CalendarDate> {
  const { epoch, first, last } = COUNTING[pattern];
  // At most seven digits, so exact.
  const days = new Decimal(digits).toNumber() + more;
  if (days >= first && days <= last) return accepted(addDays(epoch, days));
  if (days < first) {
    const message = 'spreadsheets disagree on days before March 1900, so that the number could be either of two';
    return rejected('impossible_date', message, 'the date written out as YYYY-MM-DD, in a column without a pattern');
  }
  return rejected(
    'impossible_date',
    'the number lies beyond the year 9999',
    'the number of a day in the years to 9999',
  );
}

function timeOf(milliseconds: bigint): string {
  const two = (value: bigint): string => value.toString().padStart(2, '0');
  const seconds = milliseconds / 1000n;
  const fraction = (milliseconds % 1000n).toString().padStart(3, '0');
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}.${fraction}`;
}

function notSerial(text: string, like: string): Reading<never> {
  if (isErrorToken(text.trim())) return errorTokenRejected();
  return rejected('date_grammar', 'the text is not the day number of a spreadsheet', like);
}
