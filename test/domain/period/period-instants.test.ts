import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodContaining } from '#src/domain/period/period.js';
import {
  addDays,
  addMonths,
  compareInstants,
  dateInZone,
  endInstant,
  isInstant,
  isTimeZone,
  startInstant,
} from '#src/domain/period/period-instants.js';

const hours = (date: string, zone: string): number =>
  (Date.parse(endInstant(date, zone)) - Date.parse(startInstant(date, zone))) / 3_600_000;

describe('startInstant() and endInstant()', () => {
  it('begin and end a month at local midnight on either side of summer time', () => {
    const march = periodContaining('2026-03-10', 'monthly');
    expect(startInstant(march, 'Europe/Berlin')).toBe('2026-02-28T23:00:00Z');
    expect(endInstant(march, 'Europe/Berlin')).toBe('2026-03-31T22:00:00Z');
  });

  it('give days of 23, 24 and 25 hours', () => {
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-03-30', 'Europe/Berlin')).toBe(24);
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
  });

  it('know the half-hour summer time of Lord Howe Island', () => {
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
  });

  it('begin a day whose midnight is skipped at its first moment', () => {
    expect(startInstant('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00Z');
    expect(hours('2018-11-04', 'America/Sao_Paulo')).toBe(23);
  });

  it('give no length to a day that a zone left out', () => {
    expect(hours('2011-12-30', 'Pacific/Apia')).toBe(0);
    expect(hours('2011-12-29', 'Pacific/Apia')).toBe(24);
  });
});

describe('dateInZone()', () => {
  it('is the day on the wall, not the day in UTC', () => {
    expect(dateInZone('2026-03-31T22:00:00Z', 'Europe/Berlin')).toBe('2026-04-01');
    expect(dateInZone('2026-03-31T22:00:00Z', 'America/New_York')).toBe('2026-03-31');
    expect(dateInZone('2026-03-31T10:00:00.5Z', 'Pacific/Kiritimati')).toBe('2026-04-01');
  });

  it('stays in the calendar at its edges', () => {
    expect(dateInZone('9999-12-31T23:59:59Z', 'Europe/Berlin')).toBe('9999-12-31');
    expect(dateInZone('0001-01-01T00:00:00Z', 'America/New_York')).toBe('0001-01-01');
  });
});

describe('addDays() and addMonths()', () => {
  it('cross months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-01-31', -2)).toBe('2025-11-30');
    expect(addMonths('2026-05-15', -24)).toBe('2024-05-15');
  });

  it('refuse to leave the calendar and to start from no date', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow('10000');
    expect(() => addMonths('0001-01-15', -1)).toThrow('date arithmetic');
    expect(() => addDays('2026-02-30', 1)).toThrow('"2026-02-30"');
  });
});

describe('compareInstants()', () => {
  it('compares fractions by value, which text does not', () => {
    expect(compareInstants('2026-03-01T00:00:00Z', '2026-03-01T00:00:00.5Z')).toBe(-1);
    expect(compareInstants('2026-03-01T00:00:00.5Z', '2026-03-01T00:00:00.25Z')).toBe(1);
    expect(compareInstants('2026-03-01T00:00:00.500Z', '2026-03-01T00:00:00.5Z')).toBe(0);
    expect(compareInstants('2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00Z')).toBe(0);
  });

  it('agrees with the milliseconds of a clock', () => {
    const time = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const short = (date: Date) => date.toISOString().replace(/\.?0*Z$/, 'Z');
        expect(compareInstants(short(a), b.toISOString())).toBe(Math.sign(a.getTime() - b.getTime()));
      }),
    );
  });

  it('refuses what is not an instant', () => {
    expect(() => compareInstants('2026-03-01', '2026-03-01T00:00:00Z')).toThrow('"2026-03-01"');
  });
});

describe('isInstant()', () => {
  it.each(['2026-03-01T00:00:00Z', '2026-03-01T23:59:59.123456789Z', '0001-01-01T00:00:00Z'])('takes %s', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    '2026-03-01',
    '2026-03-01T00:00Z',
    '2026-03-01T00:00:00',
    '2026-03-01T00:00:00+00:00',
    '2026-02-29T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T00:60:00Z',
    '2026-03-01T00:00:60Z',
    '2026-03-01T00:00:00.1234567890Z',
    '2026-03-01 00:00:00Z',
    '',
  ])('refuses "%s"', (text) => {
    expect(isInstant(text)).toBe(false);
  });
});

describe('isTimeZone()', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])(
    'takes %s',
    (zone) => {
      expect(isTimeZone(zone)).toBe(true);
    },
  );

  it.each(['', 'Berlin', 'Europe/Berlim', 'europe/berlin', '+02:00', 'Europe/Berlin ', 'utc', '../UTC'])(
    'refuses "%s"',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );
});
