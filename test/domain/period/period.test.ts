import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import {
  FREQUENCIES,
  isPeriodClosed,
  lastClosedPeriod,
  nextPeriod,
  parsePeriodId,
  periodContaining,
  periodsIn,
  previousPeriod,
} from '#src/domain/period/period.js';
import { ISO_WEEKS } from './iso-weeks.js';

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return error instanceof PlumblineError ? `${error.kind} ${error.code}` : String(error);
  }
  return 'nothing thrown';
};

describe('periodContaining()', () => {
  it('gives each frequency its id and its half-open days', () => {
    const periods = FREQUENCIES.map((frequency) => periodContaining('2026-08-15', frequency));
    expect(periods.map(({ id, start, end }) => [id, start, end])).toEqual([
      ['2026-08-15', '2026-08-15', '2026-08-16'],
      ['2026-W33', '2026-08-10', '2026-08-17'],
      ['2026-08', '2026-08-01', '2026-09-01'],
      ['2026-Q3', '2026-07-01', '2026-10-01'],
      ['2026-H2', '2026-07-01', '2027-01-01'],
      ['2026', '2026-01-01', '2027-01-01'],
    ]);
  });

  it.each(ISO_WEEKS)('%s lies in ISO week %s', (date, week) => {
    expect(periodContaining(date, 'weekly').id).toBe(week);
  });

  it('gives 29 February to a leap year only', () => {
    expect(periodContaining('2024-02-29', 'daily').end).toBe('2024-03-01');
    expect(codeOf(() => periodContaining('2026-02-29', 'daily'))).toBe('defect BUG_NOT_A_DATE');
    expect(codeOf(() => periodContaining('1900-02-29', 'daily'))).toBe('defect BUG_NOT_A_DATE');
  });

  it.each(FREQUENCIES)('cuts the last %s period of the calendar at its last day and throws for none', (frequency) => {
    const last = periodContaining('9999-12-31', frequency);
    expect(last.end).toBe('9999-12-31');
    expect(codeOf(() => nextPeriod(last, frequency))).toBe('defect BUG_DATE_OUT_OF_RANGE');
    expect(parsePeriodId(last.id)).toEqual(last);
  });

  it.each(FREQUENCIES)('has a first %s period, and none before it', (frequency) => {
    const first = periodContaining('0001-01-01', frequency);
    expect(first.start).toBe('0001-01-01');
    expect(parsePeriodId(first.id)).toEqual(first);
    expect(codeOf(() => previousPeriod(first, frequency))).toBe('defect BUG_DATE_OUT_OF_RANGE');
  });
});

describe('periodsIn()', () => {
  const ids = (...range: Parameters<typeof periodsIn>) => periodsIn(...range).map(({ id }) => id);

  it('has the periods that lie wholly in the range', () => {
    expect(ids('2026-01-01', '2026-04-01', 'monthly')).toEqual(['2026-01', '2026-02', '2026-03']);
  });

  it('leaves out what either edge cuts', () => {
    expect(ids('2026-01-02', '2026-03-31', 'monthly')).toEqual(['2026-02']);
    expect(ids('2025-12-30', '2026-01-05', 'weekly')).toEqual([]);
  });

  it('has the day of a one-day range, and nothing in an empty or reversed one', () => {
    expect(ids('2026-01-02', '2026-01-03', 'daily')).toEqual(['2026-01-02']);
    expect(ids('2026-01-02', '2026-01-02', 'daily')).toEqual([]);
    expect(ids('2026-03-01', '2026-01-01', 'monthly')).toEqual([]);
  });

  it('ends at the end of the calendar', () => {
    expect(ids('9999-11-01', '9999-12-31', 'monthly')).toEqual(['9999-11', '9999-12']);
    expect(ids('9999-12-30', '9999-12-31', 'daily')).toEqual(['9999-12-30']);
  });
});

describe('parsePeriodId()', () => {
  it('reads a week by its ISO week-year', () => {
    expect(parsePeriodId('2026-W01')).toEqual({
      id: '2026-W01',
      frequency: 'weekly',
      start: '2025-12-29',
      end: '2026-01-05',
    });
    expect(parsePeriodId('2026-W53').end).toBe('2027-01-04');
  });

  it.each([
    '',
    '26',
    '2026-',
    '2026-13',
    '2026-00',
    '0000',
    '0000-W10',
    '2026-02-30',
    '2026-2',
    '2026-Q0',
    '2026-Q5',
    '2026-H3',
    '2025-W53',
    '2026-W00',
    '2026-W54',
    '2026-w12',
    '2026-W1',
    '2026-W12 ',
    ' 2026',
    '2026-03-05T00:00',
    '+2026',
    '10000',
    'FY2026',
  ])('refuses "%s"', (id) => {
    expect(codeOf(() => parsePeriodId(id))).toBe('config CONFIG_BAD_PERIOD');
  });
});

describe('isPeriodClosed()', () => {
  const march = periodContaining('2026-03-10', 'monthly');

  it('is false a moment before the local end and true at it', () => {
    // April begins in Berlin at 22:00 UTC: summer time has come in March.
    expect(isPeriodClosed(march, '2026-03-31T21:59:59.999999999Z', 'Europe/Berlin')).toBe(false);
    expect(isPeriodClosed(march, '2026-03-31T22:00:00Z', 'Europe/Berlin')).toBe(true);
    expect(isPeriodClosed(march, '2026-03-31T22:00:00Z', 'America/New_York')).toBe(false);
  });
});

describe('lastClosedPeriod()', () => {
  it('turns at local midnight', () => {
    expect(lastClosedPeriod('2026-03-31T21:59:59Z', 'Europe/Berlin', 'monthly').id).toBe('2026-02');
    expect(lastClosedPeriod('2026-03-31T22:00:00Z', 'Europe/Berlin', 'monthly').id).toBe('2026-03');
  });

  it('is yesterday, last week and last year at the turn of a year', () => {
    const at = (frequency: (typeof FREQUENCIES)[number]) =>
      lastClosedPeriod('2027-01-01T08:00:00Z', 'UTC', frequency).id;
    expect(FREQUENCIES.map(at)).toEqual(['2026-12-31', '2026-W52', '2026-12', '2026-Q4', '2026-H2', '2026']);
  });
});
