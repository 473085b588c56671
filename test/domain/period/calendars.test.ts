import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { restatedLastYear, restatedPeriodLastYear, samePeriodLastYear } from '#src/domain/period/last-year.js';
import { nests } from '#src/domain/period/nesting.js';
import {
  isOutsideList,
  isPeriodOf,
  lastClosedPeriod,
  nextPeriod,
  parsePeriodId,
  periodContaining,
  periodsIn,
  periodsWithin,
  previousPeriod,
} from '#src/domain/period/period.js';
import { periodNumbered } from '#src/domain/period/period-in-year.js';
import { addDays, endInstant, millisecondsBetween, startInstant } from '#src/domain/period/period-instants.js';
import { dayOfLabel, labelDays } from '#src/domain/period/period-label.js';
import type {
  FiscalCalendar,
  Frequency,
  ListCalendar,
  PeriodCalendar,
  RetailCalendar,
  WeeksCalendar,
} from '#src/domain/period/types.js';

const uk: FiscalCalendar = { kind: 'fiscal', prefix: 'FY', month: 4, day: 1, named: 'end' };
const india: FiscalCalendar = { ...uk, named: 'start' };
const tax: FiscalCalendar = { kind: 'fiscal', prefix: 'TAX', month: 4, day: 6, named: 'start' };
const us: WeeksCalendar = { kind: 'weeks', prefix: 'US', weeks: { start: 7, minimumDays: 1 } };
const nrf: RetailCalendar = {
  kind: 'retail',
  prefix: 'NRF',
  pattern: [4, 5, 4],
  yearEnd: { weekday: 6, rule: 'nearest', month: 1 },
  named: 'start',
  extraWeekIn: 12,
};
const terms: ListCalendar = {
  kind: 'list',
  prefix: 'T',
  frequency: 'quarterly',
  periods: [
    { id: '2025-autumn', start: '2025-09-08' },
    { id: '2026-spring', start: '2026-01-12' },
    { id: '2026-summer', start: '2026-04-20' },
  ],
  end: '2026-07-24',
};

const idOf = (date: string, frequency: Frequency, calendar: PeriodCalendar): string =>
  periodContaining(date, { frequency, calendar }).id;

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PlumblineError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('a fiscal calendar', () => {
  // W58 of the worked examples: year by start, quarter and month of the fiscal year.
  it.each([
    ['2026-02-15', ['FY2025', 'FY2025-H2', 'FY2025-Q4', 'FY2025-P11']],
    ['2026-04-01', ['FY2026', 'FY2026-H1', 'FY2026-Q1', 'FY2026-P01']],
    ['2026-03-31', ['FY2025', 'FY2025-H2', 'FY2025-Q4', 'FY2025-P12']],
  ])('from April on, named by start, puts %s into %j', (date, ids) => {
    const frequencies = ['yearly', 'half-yearly', 'quarterly', 'monthly'] as const;
    expect(frequencies.map((frequency) => idOf(date, frequency, india))).toEqual(ids);
  });

  it('named by end is one number on', () => {
    expect(idOf('2026-02-15', 'quarterly', uk)).toBe('FY2026-Q4');
    expect(idOf('2026-04-01', 'yearly', uk)).toBe('FY2027');
  });

  it('may begin on any day: months run from that day of the month', () => {
    expect(idOf('2026-04-05', 'yearly', tax)).toBe('TAX2025');
    expect(periodContaining('2026-04-06', { frequency: 'monthly', calendar: tax })).toEqual({
      id: 'TAX2026-P01',
      frequency: 'monthly',
      start: '2026-04-06',
      end: '2026-05-06',
    });
  });

  it('that begins on a 31st has months that begin on the last day of shorter ones', () => {
    const calendar: FiscalCalendar = { kind: 'fiscal', prefix: 'FY', month: 8, day: 31, named: 'end' };
    const year = periodContaining('2024-01-01', { frequency: 'yearly', calendar });
    const starts = periodsWithin(year, { frequency: 'monthly', calendar }).map(({ start }) => start.slice(5));
    expect(starts.slice(0, 7)).toEqual(['08-31', '09-30', '10-31', '11-30', '12-31', '01-31', '02-29']);
  });

  it('has the days of everybody and, unless it says otherwise, the weeks of ISO', () => {
    expect([idOf('2026-03-05', 'daily', uk), idOf('2026-03-05', 'weekly', uk)]).toEqual(['2026-03-05', '2026-W10']);
    expect(codeOf(() => parsePeriodId('FY2026-W05', [uk]))).toBe('CONFIG_BAD_PERIOD');
  });

  it('may number weeks of its own in its year', () => {
    const calendar: FiscalCalendar = { ...uk, weeks: { start: 7, minimumDays: 4 } };
    expect(periodContaining('2026-04-01', { frequency: 'weekly', calendar })).toMatchObject({
      id: 'FY2027-W01',
      start: '2026-03-29',
    });
    expect(parsePeriodId('FY2027-W01', [calendar]).end).toBe('2026-04-05');
  });
});

describe('weeks by any start day', () => {
  it('begin on that day; week 1 holds 1 January where one day is enough', () => {
    const weekly = { frequency: 'weekly', calendar: us } as const;
    expect(periodContaining('2026-01-01', weekly)).toMatchObject({ id: 'US2026-W01', start: '2025-12-28' });
    expect(periodContaining('2026-01-04', weekly).id).toBe('US2026-W02');
  });

  it('leave months, quarters and years as they are', () => {
    expect([idOf('2026-03-05', 'monthly', us), idOf('2026-03-05', 'yearly', us)]).toEqual(['2026-03', '2026']);
  });

  it('from Monday on, with most days deciding, are numbered as ISO weeks', () => {
    const iso: WeeksCalendar = { kind: 'weeks', prefix: 'I', weeks: { start: 1, minimumDays: 4 } };
    for (let date = '2015-01-01'; date < '2030-01-01'; date = addDays(date, 1)) {
      expect(idOf(date, 'weekly', iso)).toBe(`I${periodContaining(date, 'weekly').id}`);
    }
  });
});

describe('ISO weeks', () => {
  // W57 of the worked examples.
  it.each([
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
    ['2026-01-01', '2026-W01'],
  ])('put %s into %s', (date, week) => {
    expect(periodContaining(date, 'weekly').id).toBe(week);
  });

  it('do not restart with each month as four slots from the 1st, 8th, 15th and 22nd would', () => {
    // W70 of the worked examples, a known mistake: four unequal weeks a month.
    const days = [1, 7, 8, 14, 15, 21, 22, 31].map((day) => `2026-03-${String(day).padStart(2, '0')}`);
    const starts = days.map((day) => Number(periodContaining(day, 'weekly').start.slice(8)));
    expect(starts).not.toEqual([1, 1, 8, 8, 15, 15, 22, 22]);
    expect(starts).toEqual([23, 2, 2, 9, 9, 16, 16, 30]);
  });

  const python = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!python)('are those of the Python at hand, on each day of fifty years and at the edges of time', () => {
    const days = ['0001-01-01', '0001-12-31', '9999-12-31'];
    for (let date = '1990-01-01'; date < '2040-01-01'; date = addDays(date, 1)) days.push(date);
    const script = join(import.meta.dirname, 'oracles/isocalendar.py');
    const answers = execFileSync('python3', [script], { input: days.join('\n'), encoding: 'utf8' });
    expect(days.map((day) => periodContaining(day, 'weekly').id)).toEqual(answers.trim().split('\n'));
  });
});

describe('a retail calendar', () => {
  it.each([2012, 2017, 2023])('of the NRF has 53 weeks in %i, the last of them in its last month', (year) => {
    const period = parsePeriodId(`NRF${year}`, [nrf]);
    const months = periodsWithin(period, { frequency: 'monthly', calendar: nrf });
    const weeksOf = months.map((month) => periodsWithin(month, { frequency: 'weekly', calendar: nrf }).length);
    expect(weeksOf).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
    expect(periodNumbered(year, { frequency: 'weekly', calendar: nrf }, 53)?.end).toBe(period.end);
  });

  it('of the NRF has 52 weeks in every other year from 2010 to 2025', () => {
    const long = [];
    for (let year = 2010; year <= 2025; year++) {
      if (periodNumbered(year, { frequency: 'weekly', calendar: nrf }, 53) !== undefined) long.push(year);
    }
    expect(long).toEqual([2012, 2017, 2023]);
  });

  it('gives the 53rd week to the month that is named for it', () => {
    const calendar: RetailCalendar = { ...nrf, extraWeekIn: 6 };
    const june = parsePeriodId('NRF2017-P06', [calendar]);
    expect(periodsWithin(june, { frequency: 'weekly', calendar })).toHaveLength(5);
  });

  it('that ends with December is called the same both ways, also where it ends in January', () => {
    const yearEnd = { weekday: 7, rule: 'nearest', month: 12 } as const;
    const [byStart, byEnd] = (['start', 'end'] as const).map((named): RetailCalendar => ({ ...nrf, named, yearEnd }));
    expect(byStart && idOf('2021-01-02', 'yearly', byStart)).toBe('NRF2020');
    expect(byEnd && idOf('2021-01-02', 'yearly', byEnd)).toBe('NRF2020');
  });
});

describe('a list of periods', () => {
  const grain = { frequency: 'quarterly', calendar: terms } as const;

  it('has its own ids with the prefix before them, each period to the next', () => {
    expect(periodsIn('2025-09-08', '2026-07-24', grain).map(({ id, end }) => [id, end])).toEqual([
      ['T2025-autumn', '2026-01-12'],
      ['T2026-spring', '2026-04-20'],
      ['T2026-summer', '2026-07-24'],
    ]);
  });

  it('puts days before and after it into two periods of which no value is expected', () => {
    const [before, after] = [periodContaining('2025-09-07', grain), periodContaining('2026-07-24', grain)];
    expect([before.id, after.id]).toEqual(['Tbefore', 'Tafter']);
    expect([before, after].every((period) => isOutsideList(period, grain))).toBe(true);
    expect(isOutsideList(periodContaining('2026-02-01', grain), grain)).toBe(false);
    expect(previousPeriod(before, grain)).toEqual(before);
    expect(codeOf(() => nextPeriod(after, grain))).toBe('BUG_DATE_OUT_OF_RANGE');
  });

  it('is read back by its ids, and knows no other', () => {
    expect(parsePeriodId('T2026-spring', [terms]).start).toBe('2026-01-12');
    expect(codeOf(() => parsePeriodId('T2027-spring', [terms]))).toBe('CONFIG_BAD_PERIOD');
  });

  it('has no other frequency', () => {
    expect(codeOf(() => periodContaining('2026-01-01', { frequency: 'monthly', calendar: terms }))).toBe(
      'BUG_FREQUENCY_NOT_OFFERED',
    );
  });

  it('holds months only where its periods begin with one', () => {
    expect(nests('monthly', grain)).toBe(false);
    const halves: ListCalendar = { ...terms, periods: [{ id: '1', start: '2026-01-01' }], end: '2026-09-01' };
    expect(nests('monthly', { frequency: 'quarterly', calendar: halves })).toBe(true);
    expect(nests('quarterly', { frequency: 'quarterly', calendar: halves })).toBe(false);
  });
});

describe('ids of several calendars', () => {
  const calendars = [uk, us, nrf, terms];

  it.each([
    ['FY2026-Q1', '2025-04-01'],
    ['US2026-W02', '2026-01-04'],
    ['NRF2018-P01', '2018-02-04'],
    ['2026-W02', '2026-01-05'],
    ['2026-Q1', '2026-01-01'],
  ])('%s begins on %s', (id, start) => {
    expect(parsePeriodId(id, calendars).start).toBe(start);
  });

  it.each([
    'FY2026-Q01',
    'FY2026-P1',
    'FY2026-P13',
    'FY2026-Q5',
    'FY26',
    'FY2026-03',
    'NRF2018-W53',
    'fy2026',
    'FY',
    'US2026',
  ])('%s is none', (id) => {
    expect(codeOf(() => parsePeriodId(id, calendars))).toBe('CONFIG_BAD_PERIOD');
  });

  it('tell a period from one of the same frequency in another calendar', () => {
    const march = periodContaining('2026-03-01', 'monthly');
    expect(isPeriodOf(march, { frequency: 'monthly' })).toBe(true);
    expect(isPeriodOf(march, { frequency: 'monthly', calendar: us })).toBe(true);
    expect(isPeriodOf(march, { frequency: 'monthly', calendar: uk })).toBe(false);
    expect(isPeriodOf({ id: 'FY2026-P12', frequency: 'monthly' }, { frequency: 'monthly' })).toBe(false);
  });
});

describe('nesting across calendars', () => {
  it.each([
    [{ frequency: 'monthly' }, { frequency: 'yearly', calendar: uk }, true],
    [{ frequency: 'quarterly' }, { frequency: 'yearly', calendar: uk }, true],
    [{ frequency: 'half-yearly' }, { frequency: 'yearly', calendar: uk }, false],
    [{ frequency: 'monthly' }, { frequency: 'yearly', calendar: tax }, false],
    [{ frequency: 'weekly' }, { frequency: 'monthly' }, false],
    [{ frequency: 'weekly', calendar: us }, { frequency: 'monthly', calendar: nrf }, true],
    [{ frequency: 'weekly' }, { frequency: 'monthly', calendar: nrf }, false],
    [{ frequency: 'monthly', calendar: nrf }, { frequency: 'quarterly', calendar: nrf }, true],
    [{ frequency: 'monthly', calendar: nrf }, { frequency: 'yearly' }, false],
  ] as const)('%j in %j: %s', (finer, coarser, answer) => {
    expect(nests(finer, coarser)).toBe(answer);
  });
});

describe('the same period last year', () => {
  const weekly = { frequency: 'weekly', calendar: nrf } as const;
  const monthly = { frequency: 'monthly', calendar: nrf } as const;

  it('of a 53rd week is none', () => {
    expect(samePeriodLastYear(parsePeriodId('2026-W53'), 'weekly')).toBeUndefined();
    expect(samePeriodLastYear(parsePeriodId('NRF2017-W53', [nrf]), weekly)).toBeUndefined();
    expect(restatedLastYear(parsePeriodId('NRF2017-W53', [nrf]), weekly)).toBeUndefined();
  });

  it('after a year of 53 weeks is by number, or restated by 52 weeks', () => {
    const february = parsePeriodId('NRF2018-P01', [nrf]);
    expect(samePeriodLastYear(february, monthly)).toMatchObject({ id: 'NRF2017-P01', start: '2017-01-29' });
    expect(restatedLastYear(february, monthly)).toEqual({ start: '2017-02-05', end: '2017-03-05' });
  });

  it('restated, is a period for weeks and days of a retail calendar, and none for its months', () => {
    const retail = { frequency: 'weekly', calendar: nrf } as const;
    expect(restatedPeriodLastYear(parsePeriodId('NRF2018-W01', [nrf]), retail)?.id).toBe('NRF2017-W02');
    const day = { frequency: 'daily', calendar: nrf } as const;
    expect(restatedPeriodLastYear(parsePeriodId('2018-02-04'), day)?.id).toBe('2017-02-05');
    const month = { frequency: 'monthly', calendar: nrf } as const;
    expect(restatedPeriodLastYear(parsePeriodId('NRF2018-P01', [nrf]), month)).toBeUndefined();
  });

  it('after a year of 52 weeks is the same both ways', () => {
    const february = parsePeriodId('NRF2019-P01', [nrf]);
    expect(restatedLastYear(february, monthly)).toEqual({ start: '2018-02-04', end: '2018-03-04' });
  });

  it('of days is the date, or in whole weeks the weekday', () => {
    expect(samePeriodLastYear(parsePeriodId('2026-03-05'), 'daily')?.id).toBe('2025-03-05');
    expect(samePeriodLastYear(parsePeriodId('2024-02-29'), 'daily')).toBeUndefined();
    expect(samePeriodLastYear(parsePeriodId('2018-02-04'), { frequency: 'daily', calendar: nrf })?.id).toBe(
      '2017-01-29',
    );
  });

  it('of quarters, halves and years is one number less', () => {
    for (const [id, before] of [
      ['2026-Q3', '2025-Q3'],
      ['2026-H1', '2025-H1'],
      ['2026', '2025'],
      ['2026-12', '2025-12'],
    ]) {
      const period = parsePeriodId(id ?? '');
      expect(samePeriodLastYear(period, period.frequency)?.id).toBe(before);
    }
  });

  it('in a list is unknown', () => {
    const grain = { frequency: 'quarterly', calendar: terms } as const;
    expect(samePeriodLastYear(periodContaining('2026-02-01', grain), grain)).toBeUndefined();
  });
});

describe('a period of a calendar in a zone', () => {
  it('lasts an hour less or more where clocks change in it', () => {
    const week = periodContaining('2026-03-29', { frequency: 'weekly', calendar: us });
    const hours = (zone: string) => millisecondsBetween(startInstant(week, zone), endInstant(week, zone)) / 3_600_000;
    expect([hours('Europe/Berlin'), hours('UTC'), hours('America/New_York')]).toEqual([167, 168, 168]);
    const october = periodContaining('2026-10-25', { frequency: 'monthly', calendar: uk });
    expect(endInstant(october, 'Europe/London')).toBe('2026-11-01T00:00:00Z');
    expect(startInstant(october, 'Europe/London')).toBe('2026-09-30T23:00:00Z');
  });

  it('is closed with the last of its local days', () => {
    const grain = { frequency: 'monthly', calendar: nrf } as const;
    expect(lastClosedPeriod('2018-03-04T04:59:59Z', 'America/New_York', grain).id).toBe('NRF2017-P12');
    expect(lastClosedPeriod('2018-03-04T05:00:00Z', 'America/New_York', grain).id).toBe('NRF2018-P01');
  });
});

describe('dayOfLabel()', () => {
  it.each([
    ['start', '2026-03-02'],
    ['end', '2026-03-08'],
    ['after', '2026-03-09'],
    ['middle', '2026-03-05'],
  ] as const)('puts a week that is labelled by its %s, %s, on its Thursday', (label, date) => {
    expect(dayOfLabel(date, { frequency: 'weekly' }, label)).toBe('2026-03-05');
  });

  it('puts a week in two months into the one that has most of its days', () => {
    expect(dayOfLabel('2026-03-30', { frequency: 'weekly' }, 'start')).toBe('2026-04-02');
    expect(dayOfLabel('2026-04-27', { frequency: 'weekly' }, 'start')).toBe('2026-04-30');
  });

  it('knows no period that is labelled otherwise', () => {
    expect(dayOfLabel('2026-03-04', { frequency: 'weekly' }, 'start')).toBeUndefined();
    expect(dayOfLabel('2026-03-30', { frequency: 'monthly' }, 'end')).toBeUndefined();
    expect(dayOfLabel('2026-03-31', { frequency: 'monthly' }, 'after')).toBeUndefined();
  });

  it('asks a source for all days that may label a wanted period', () => {
    const days = labelDays({ start: '2026-03-01', end: '2026-04-01' }, { frequency: 'weekly' });
    expect(days).toEqual({ start: '2026-02-23', end: '2026-04-07' });
  });
});
