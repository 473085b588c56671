import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isInstant } from '#src/domain/period/period-instants.js';
import { checkDatePattern, dateReader, dateTimeReader } from '#src/domain/value/date-grammar.js';
import type { PatternOptions } from '#src/domain/value/date-pattern.js';
import type { Reading } from '#src/domain/value/types.js';

const outcome = (reading: Reading<string>): string => (reading.ok ? reading.value : reading.problem.rule);
const date = (text: string, pattern: string, options?: PatternOptions) => outcome(dateReader(pattern, options)(text));
const time = (text: string, pattern: string, zone = 'UTC') => outcome(dateTimeReader(pattern, zone)(text));

describe('day numbers of spreadsheets', () => {
  it.each([
    ['46082', '2026-03-01'],
    [' 46082.000 ', '2026-03-01'],
    ['61', '1900-03-01'],
    ['25568', '1969-12-31'],
    ['2958465', '9999-12-31'],
    ['46082.5', 'date_grammar'],
    ['60', 'impossible_date'],
    ['0', 'impossible_date'],
    ['2958466', 'impossible_date'],
    ['-1', 'date_grammar'],
    ['4.6e4', 'date_grammar'],
    ['46,082', 'date_grammar'],
    ['2026-03-01', 'date_grammar'],
    ['', 'date_grammar'],
    ['#N/A', 'error_token'],
  ])('of %j is %s', (text, day) => {
    expect(date(text, 'serial')).toBe(day);
  });

  it('count from 1904 where that is declared', () => {
    expect(date('0', 'serial-1904')).toBe('1904-01-01');
    expect(date('44620', 'serial-1904')).toBe('2026-03-01');
    expect(date('2957003', 'serial-1904')).toBe('9999-12-31');
    expect(date('2957004', 'serial-1904')).toBe('impossible_date');
  });

  it.each([
    ['46082', 'UTC', '2026-03-01T00:00:00Z'],
    ['46082.541666666664', 'UTC', '2026-03-01T13:00:00Z'],
    ['46082.541666666664', 'Europe/Berlin', '2026-03-01T12:00:00Z'],
    ['46082.00001157407407', 'UTC', '2026-03-01T00:00:01Z'],
    ['46082.999999999', 'UTC', '2026-03-02T00:00:00Z'],
    ['60.9999999999', 'UTC', '1900-03-01T00:00:00Z'],
    ['46110.104166666664', 'Europe/Berlin', 'zone_gap'],
    ['2958465.9999999999', 'UTC', 'impossible_date'],
    ['noon', 'UTC', 'date_grammar'],
  ])('with a time of day: %s in %s is %s', (text, zone, instant) => {
    expect(time(text, 'serial', zone)).toBe(instant);
  });

  it('are right patterns for dates and date-times', () => {
    expect(checkDatePattern('serial', 'date')).toBeUndefined();
    expect(checkDatePattern('serial-1904', 'datetime')).toBeUndefined();
    expect(checkDatePattern('serial-1905', 'date')).toContain('means nothing');
  });

  it('name every day once, in order, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 2_958_465 }),
        fc.integer({ min: 0, max: 86_399_999 }),
        (days, milliseconds) => {
          expect(date(String(days), 'serial')).toBe(addDays('1899-12-30', days));
          const instant = time(`${days}.${(milliseconds / 86_400_000).toFixed(15).slice(2)}`, 'serial');
          expect(isInstant(instant)).toBe(true);
          expect(Date.parse(instant)).toBe(Date.parse(`${addDays('1899-12-30', days)}T00:00:00Z`) + milliseconds);
        },
      ),
    );
  });
});

describe('month names', () => {
  it.each([
    ['en-US', 'MMM-yy', 'Jan-26', '2026-01-01'],
    ['en-US', 'MMM-yy', 'SEP-26', '2026-09-01'],
    ['en-GB', 'd MMM yy', '5 Sep 26', '2026-09-05'],
    ['en-GB', 'd MMM yy', '5 Sept 26', '2026-09-05'],
    ['de-DE', 'd. MMMM yy', '5. März 26', '2026-03-05'],
    ['de-DE', 'MMM yy', 'Dez. 26', '2026-12-01'],
    ['de-DE', 'MMM yy', 'Dez 26', '2026-12-01'],
    ['fr-FR', 'd MMMM yy', '14 juillet 26', '2026-07-14'],
    ['ru-RU', 'd MMMM yy', '9 мая 26', '2026-05-09'],
    ['ru-RU', 'MMMM yy', 'май 26', '2026-05-01'],
    ['es-ES', "d 'de' MMMM 'de' yy", '1 de enero de 26', '2026-01-01'],
    ['en-US', 'MMMyy', 'Feb26', '2026-02-01'],
    ['en-US', 'd-MMM-yy', '30-Feb-26', 'impossible_date'],
    ['en-US', 'MMM-yy', 'Mai-26', 'date_grammar'],
    ['en-US', 'MMMM-yy', 'Jan-26', 'date_grammar'],
    // June and July begin alike in French.
    ['fr-FR', 'MMM yy', 'jui 26', 'date_grammar'],
  ])('in %s as %s: %j is %s', (locale, pattern, text, day) => {
    expect(date(text, pattern, { locale, century: 2000 })).toBe(day);
  });

  it.each(['en-US', 'de-DE', 'fr-FR', 'es-ES', 'pl-PL', 'ru-RU', 'cs-CZ', 'fi-FI', 'el-GR', 'tr-TR', 'pt-BR', 'uk-UA'])(
    'read back in %s, long and short, for every month',
    (locale) => {
      for (const [pattern, month] of [
        ['MMMM', 'long'],
        ['MMM', 'short'],
      ] as const) {
        const read = dateReader(`${pattern} yyyy`, { locale });
        const format = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' });
        for (let number = 1; number <= 12; number++) {
          const text = `${format.format(Date.UTC(2026, number - 1, 15))} 2026`;
          expect([text, outcome(read(text))]).toEqual([text, `2026-${String(number).padStart(2, '0')}-01`]);
        }
      }
    },
  );

  it('need their language, and two digits of a year their century', () => {
    expect(checkDatePattern('MMM yyyy', 'date')).toContain('declare the locale');
    expect(checkDatePattern('MMM MM yyyy', 'date', { locale: 'en' })).toContain('twice');
    expect(checkDatePattern('dd.MM.yy', 'date')).toContain('declare century');
    expect(checkDatePattern('dd.MM.yy', 'date', { century: 1950 })).toContain('such as 2000');
    expect(checkDatePattern('yy yyyy MM', 'date', { century: 1900 })).toContain('twice');
    expect(date('01.03.26', 'dd.MM.yy', { century: 1900 })).toBe('1926-03-01');
    expect(date('01.03.2026', 'dd.MM.yy', { century: 2000 })).toBe('date_grammar');
  });
});
