import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { isInstant } from '#src/domain/period/period-instants.js';
import { checkDatePattern, readDate, readDateTime } from '#src/domain/value/date-grammar.js';
import type { Reading } from '#src/domain/value/types.js';
import { anyText } from './arbitraries.js';

const outcome = (reading: Reading<string>): string => (reading.ok ? reading.value : reading.problem.rule);
const date = (text: string, pattern?: string) => outcome(readDate(text, pattern));
const time = (text: string, zone = 'Europe/Berlin', pattern?: string) => outcome(readDateTime(text, pattern, zone));

describe('readDate() without a pattern', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    [' 2026-03-01\u00a0', '2026-03-01'],
    ['2026-03-01 00:00:00', '2026-03-01'],
    ['2026-03-01 00:00:00.000', '2026-03-01'],
    ['2026-03-01T00:00', '2026-03-01'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %j', (text, day) => {
    expect(date(text)).toBe(day);
  });

  it.each([
    '2025-02-30',
    '0000-00-00',
    '0000-00-00 00:00:00',
    '2025-00-10',
    '2025-13-01',
    '2026-02-29',
    '2026-04-31',
    '0000-01-01',
  ])('knows that %s does not exist', (text) => {
    expect(date(text)).toBe('impossible_date');
  });

  it.each([
    '',
    '2026-3-1',
    '01.03.2026',
    '2026/03/01',
    '20260301',
    '2026-03-01 12:00:00',
    '2026-03-01T00:00:00Z',
    '46082',
    '+002026-03-01',
    '2026-03',
  ])('refuses %j', (text) => {
    expect(date(text)).toBe('date_grammar');
  });

  it('takes an error token for what it is', () => {
    expect(date('#N/A')).toBe('error_token');
  });
});

describe('readDate() by a pattern', () => {
  it.each([
    ['dd.MM.yyyy', '01.03.2026', '2026-03-01'],
    ['d.M.yyyy', '1.3.2026', '2026-03-01'],
    ['d.M.yyyy', '01.03.2026', '2026-03-01'],
    ['MM/dd/yyyy', '03/01/2026', '2026-03-01'],
    ['yyyyMMdd', '20260301', '2026-03-01'],
    ['MM.yyyy', '03.2026', '2026-03-01'],
    ['yyyy-MM', '2026-03', '2026-03-01'],
    ["'KW' yyyy MM", 'KW 2026 03', '2026-03-01'],
  ])('%s reads %s', (pattern, text, day) => {
    expect(date(text, pattern)).toBe(day);
  });

  it.each([
    ['dd.MM.yyyy', '1.3.2026', 'date_grammar'],
    ['dd.MM.yyyy', '01.03.26', 'date_grammar'],
    ['dd.MM.yyyy', '01x03x2026', 'date_grammar'],
    ['dd.MM.yyyy', '2026-03-01', 'date_grammar'],
    ['dd.MM.yyyy', '31.02.2026', 'impossible_date'],
    ['MM.yyyy', '13.2026', 'impossible_date'],
    ['yyyyMMdd', '00000000', 'impossible_date'],
  ])('%s refuses %s: %s', (pattern, text, rule) => {
    expect(date(text, pattern)).toBe(rule);
  });

  it('throws a config error for a pattern that is wrong', () => {
    expect(() => readDate('01.03.26', 'dd.MM.yy')).toThrow('cannot use the date pattern "dd.MM.yy"');
  });
});

describe('checkDatePattern()', () => {
  it.each([
    ['dd.MM.yyyy', 'date'],
    ['MM.yyyy', 'date'],
    ['d/M/yyyy', 'date'],
    ['dd.MM.yyyy HH:mm', 'datetime'],
    ['yyyy-MM-ddTHH:mm:ss', 'datetime'],
    ["yyyyMMdd'-'HHmmss", 'datetime'],
  ] as const)('has nothing to say about %s as a %s', (pattern, kind) => {
    expect(checkDatePattern(pattern, kind)).toBeUndefined();
  });

  it.each([
    ['dd.MM.yy', 'date', 'century'],
    ['yyyy', 'datetime', 'the month is missing'],
    ['dd yyyy', 'date', 'the month is missing'],
    ['dd.MM', 'date', 'the year is missing'],
    ['', 'date', 'the year is missing'],
    ['DD.MM.YYYY', 'date', 'written dd'],
    ['dd.mm.yyyy', 'date', 'the month is missing'],
    ['dd.MM.yyyy HH:mm', 'date', 'make the column a datetime'],
    ['dd.MM.yyyy', 'datetime', 'the hour is missing'],
    ['MM.yyyy HH:mm', 'datetime', 'the day is missing'],
    ['dd.MM.yyyy HH', 'datetime', 'the minute is missing'],
    ['dd.MM.yyyy hh:mm a', 'datetime', 'use HH'],
    ['dd.MM.yyyy dd', 'date', 'twice'],
    ['M/MM/yyyy', 'date', 'twice'],
    ['dMyyyy', 'date', 'without a separator'],
    ['yyyyMd', 'date', 'without a separator'],
    ["d''M.yyyy", 'date', 'without a separator'],
    ['dd MMM yyyy', 'date', 'month names'],
    ['dd.MM.yyyy1', 'date', 'means nothing'],
    ["dd.MM.yyyy'", 'date', 'means nothing'],
    ['dd.MM.yyyy HH:mm:ss.SSS', 'datetime', 'ISO 8601'],
    ['constructor', 'date', 'means nothing'],
  ] as const)('%j as a %s: %s', (pattern, kind, words) => {
    expect(checkDatePattern(pattern, kind)).toContain(words);
  });

  it('takes or refuses any text, and what it takes compiles', () => {
    const pieces = fc.constantFrom(
      'yyyy',
      'MM',
      'M',
      'dd',
      'd',
      'HH',
      'mm',
      'ss',
      '.',
      '-',
      ' ',
      '[',
      '(',
      '\\',
      '$',
      '^',
      "'x'",
      'T',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), fc.string(), (tokens, text) => {
        const pattern = tokens.join('');
        if (checkDatePattern(pattern, 'date') === undefined) expect(() => readDate(text, pattern)).not.toThrow();
        else expect(() => readDate(text, pattern)).toThrow('cannot use the date pattern');
      }),
    );
  });
});

describe('readDateTime() without a pattern', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01 12:00', '2026-03-01T11:00:00Z'],
    ['2026-07-01 12:00:00', '2026-07-01T10:00:00Z'],
    ['2026-03-01 12:00:00.500000', '2026-03-01T11:00:00.5Z'],
    ['2026-03-01T12:00:00.123456789+05:30', '2026-03-01T06:30:00.123456789Z'],
    ['2026-03-01 12:00:00+00', '2026-03-01T12:00:00Z'],
    ['2026-03-01 12:00:00 -0330', '2026-03-01T15:30:00Z'],
    ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00Z'],
  ])('reads %j', (text, instant) => {
    expect(time(text)).toBe(instant);
  });

  it('rejects a time that summer time skips, in its zone only', () => {
    expect(time('2026-03-29 02:00:00')).toBe('zone_gap');
    expect(time('2026-03-29 02:59:59.999')).toBe('zone_gap');
    expect(time('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00Z');
    expect(time('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59Z');
    expect(time('2026-03-29 02:30:00', 'UTC')).toBe('2026-03-29T02:30:00Z');
    expect(time('2026-03-29 02:30:00+01:00')).toBe('2026-03-29T01:30:00Z');
    expect(time('2026-10-04 02:15:00', 'Australia/Lord_Howe')).toBe('zone_gap');
    expect(time('2026-10-04 02:30:00', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00Z');
    expect(time('2011-12-30 12:00:00', 'Pacific/Apia')).toBe('zone_gap');
  });

  it('takes the earlier of two times when the clocks go back', () => {
    expect(time('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00Z');
    expect(time('2026-10-25 03:00:00')).toBe('2026-10-25T02:00:00Z');
    expect(time('2026-04-05 01:45:00', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00Z');
  });

  it.each([
    '2026-02-30 12:00:00',
    '0000-00-00 00:00:00',
    '2026-03-01 24:00:00',
    '2026-03-01 12:60:00',
    '2026-03-01 12:00:60',
    '2026-03-01T12:00:00+25:00',
    '2026-03-01T12:00:00+02:75',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:00:00-05:00',
  ])('knows that %s does not exist', (text) => {
    expect(time(text)).toBe('impossible_date');
  });

  it.each([
    '2026-03-01',
    '2026-03-01 12',
    '2026-03-01T12:00:00.1234567890',
    '01.03.2026 12:00',
    '2026-03-01 12:00 CET',
    '1772366400',
    '',
  ])('refuses %j', (text) => {
    expect(time(text)).toBe('date_grammar');
  });

  it('throws a config error for a zone it does not know', () => {
    expect(() => time('2026-03-01 12:00', 'Europe/Berlim')).toThrow('"Europe/Berlim"');
  });
});

describe('readDateTime() by a pattern', () => {
  it('reads local time in the zone of the column', () => {
    expect(time('01.03.2026 12:30', 'Europe/Berlin', 'dd.MM.yyyy HH:mm')).toBe('2026-03-01T11:30:00Z');
    expect(time('20260301123005', 'Asia/Kolkata', 'yyyyMMddHHmmss')).toBe('2026-03-01T07:00:05Z');
    expect(time('29.03.2026 02:30', 'Europe/Berlin', 'dd.MM.yyyy HH:mm')).toBe('zone_gap');
    expect(time('2026-03-01 12:30', 'Europe/Berlin', 'dd.MM.yyyy HH:mm')).toBe('date_grammar');
  });
});

describe('any text', () => {
  it('gives a day or an instant that exists, or a problem', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia');
    fc.assert(
      fc.property(anyText, zone, (text, timeZone) => {
        const day = readDate(text, undefined);
        expect(day.ok ? isCalendarDate(day.value) : day.problem.remedy !== '').toBe(true);
        const instant = readDateTime(text, undefined, timeZone);
        expect(instant.ok ? isInstant(instant.value) : instant.problem.remedy !== '').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
