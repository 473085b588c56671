import { describe, expect, it } from 'vitest';
import { parsePeriodId, periodsIn } from '#src/domain/period/period.js';
import { type Gathered, gather } from '#src/domain/window/gather.js';
import type { StoredSeries, WindowRule } from '#src/domain/window/types.js';
import { series } from './series.js';

const monthly = { frequency: 'monthly' } as const;

function over(values: StoredSeries, id: string, rule?: WindowRule): Gathered {
  const period = parsePeriodId(id);
  return gather(values, {
    period,
    grain: { frequency: period.frequency },
    missing: 'absent',
    ...(rule === undefined ? {} : { rule }),
  });
}

function shown(gathered: Gathered): string | undefined {
  return 'part' in gathered ? gathered.part.value : gathered.reason.code;
}

const YEAR_TO_DATE = { kind: 'year_to_date' } as const;

describe('a rolling window', () => {
  const values = series('monthly', '2026-01-01', ['91', '61', '92', '100', '150', '120', '60']);
  const months = periodsIn('2026-01-01', '2026-08-01', 'monthly');

  it('shows partial windows at the beginning and not blanks', () => {
    const sums = months.map(({ id }) => shown(over(values, id, { kind: 'rolling', periods: 5 })));
    expect(sums).toEqual(['91', '152', '244', '344', '494', '523', '522']);
  });

  it('says of a partial window which periods it lacks', () => {
    expect(over(values, '2026-03', { kind: 'rolling', periods: 5 })).toMatchObject({
      taken: { expected: 5, without: ['2025-11', '2025-12'] },
    });
    expect(over(values, '2026-05', { kind: 'rolling', periods: 5 })).toMatchObject({
      taken: { expected: 5, without: [] },
    });
  });

  it('never takes a gap inside it for 0, and tells it', () => {
    const gap = series('monthly', '2026-01-01', ['10', undefined, '20'], 'min');
    expect(over(gap, '2026-03', { kind: 'rolling', periods: 3 })).toEqual({
      part: { value: '10' },
      taken: { expected: 3, without: ['2026-02'], filled: [] },
    });
  });

  it('has no value where its own period has none: an older figure is not passed off as this one', () => {
    expect(shown(over(values, '2026-08', { kind: 'rolling', periods: 5 }))).toBe('absent_input');
  });
});

describe('a year to date', () => {
  it('adds actuals and targets of the months so far, and begins anew with the year', () => {
    const actuals = series('monthly', '2025-12-01', ['99', '5', '3', '4', '3', '20']);
    const targets = series('monthly', '2025-12-01', ['99', '10', '30', '20', '10', '20']);
    expect([actuals, targets].map((each) => shown(over(each, '2026-05', YEAR_TO_DATE)))).toEqual(['35', '90']);
    expect(shown(over(actuals, '2026-01', YEAR_TO_DATE))).toBe('5');
  });

  it('divides sums for a ratio', () => {
    const rates = series(
      'monthly',
      '2026-01-01',
      [
        { value: '0.5', numerator: '2', denominator: '4' },
        { value: '0.02', numerator: '2', denominator: '100' },
      ],
      'ratio',
    );
    expect(shown(over(rates, '2026-02', YEAR_TO_DATE))).toBe('0.03846153846153846154');
  });

  it('has its quarter and half for siblings, and is the period alone where that is as long', () => {
    const values = series('monthly', '2026-01-01', ['1', '2', '4', '8', '16', '32', '64', '128']);
    const sums = (['quarter_to_date', 'half_to_date', 'year_to_date', 'month_to_date'] as const).map((kind) =>
      shown(over(values, '2026-08', { kind })),
    );
    expect(sums).toEqual(['192', '192', '255', '128']);
    expect(shown(over(values, '2026-05', { kind: 'quarter_to_date' }))).toBe('24');
  });

  it('takes weeks to the year of their Thursday', () => {
    const weeks = series('weekly', '2026-12-14', ['1', '2', '4', '8', '16']);
    expect(shown(over(weeks, '2027-W01', YEAR_TO_DATE))).toBe('8');
    expect(shown(over(weeks, '2026-W53', YEAR_TO_DATE))).toBe('7');
  });

  it('of a median cannot be told from the months', () => {
    const medians = series('monthly', '2026-01-01', ['1', '2'], 'none');
    expect(shown(over(medians, '2026-02', YEAR_TO_DATE))).toBe('not_combinable');
    expect(shown(over(medians, '2026-02'))).toBe('2');
  });
});

describe('lifting', () => {
  it('puts the days of a month together by the aggregation', () => {
    const days = series('daily', '2026-02-01', ['5', '9', '14'], 'last');
    expect(over(days, '2026-02')).toMatchObject({ part: { value: '14' }, taken: { expected: 28 } });
  });

  it('lifts before a window, so months of days make a year to date', () => {
    const days = series('daily', '2026-01-30', ['1', '2', '4', '8']);
    expect(shown(over(days, '2026-02', YEAR_TO_DATE))).toBe('15');
  });

  it('never splits a coarser value', () => {
    expect(over(series('quarterly', '2026-01-01', ['90']), '2026-02')).toMatchObject({
      reason: { code: 'coarser_input', message: 'a quarterly value cannot be split into monthly ones' },
    });
  });

  it('counts each week in one month, and says that some cross the edge', () => {
    const weeks = series('weekly', '2025-12-29', ['1', '2', '4', '8', '16', '32']);
    expect(over(weeks, '2026-01')).toEqual({
      part: { value: '31' },
      taken: { expected: 5, without: [], filled: [], edges: { before: 3, after: 1 } },
    });
  });

  it('tells the days of a month that are not there', () => {
    const gathered = over(series('daily', '2026-02-01', ['1', undefined, '2']), '2026-02');
    expect(gathered.taken.without).toHaveLength(26);
    expect(gathered.taken.without[0]).toBe('2026-02-02');
  });

  it('takes a ratio without cases for known, not for missing', () => {
    const rates = series(
      'monthly',
      '2026-01-01',
      [
        { numerator: '0', denominator: '0' },
        { value: '1', numerator: '3', denominator: '3' },
      ],
      'ratio',
    );
    const question = {
      period: parsePeriodId('2026-02'),
      grain: monthly,
      rule: YEAR_TO_DATE,
      missing: 'absent',
    } as const;
    expect(gather(rates, question)).toMatchObject({ part: { value: '1' }, taken: { without: [] } });
    expect(over(rates, '2026-01')).toMatchObject({
      part: { numerator: '0', denominator: '0' },
      taken: { without: [] },
    });
  });

  it('tells a last period that was reported without a value from one that was not reported', () => {
    const values = series('monthly', '2026-01-01', ['1', { whyNone: 'its formula divides by 0' }]);
    expect(over(values, '2026-02')).toMatchObject({
      reason: { code: 'input_without_value', message: 'its formula divides by 0' },
    });
    expect(shown(over(values, '2026-03'))).toBe('absent_input');
    const daily = series('daily', '2026-01-30', [{ whyNone: 'its formula divides by 0' }]);
    const lifted = { period: parsePeriodId('2026-01'), grain: monthly, missing: 'absent' } as const;
    expect(shown(gather(daily, lifted))).toBe('absent_input');
  });
});

describe('a missing policy', () => {
  const values = series('monthly', '2026-01-01', ['7', undefined, undefined, '9']);
  const ask = (id: string, missing: 'absent' | 'zero' | { carryForward: number }): Gathered =>
    gather(values, { period: parsePeriodId(id), grain: monthly, missing });

  it('leaves nothing nothing, unless told otherwise', () => {
    expect(shown(ask('2026-02', 'absent'))).toBe('absent_input');
  });

  it('adds no cases to a ratio that is put together, and makes no ratio of none', () => {
    const rates = series(
      'daily',
      '2026-01-30',
      [
        { value: '0.5', numerator: '2', denominator: '4' },
        undefined,
        undefined,
        { value: '1', numerator: '4', denominator: '4' },
      ],
      'ratio',
    );
    const ask = (id: string): Gathered =>
      gather(rates, { period: parsePeriodId(id), grain: monthly, rule: YEAR_TO_DATE, missing: 'zero' });
    expect(ask('2026-01')).toMatchObject({ part: { value: '0.5', numerator: '2', denominator: '4' } });
    expect(ask('2026-02')).toMatchObject({
      part: { value: '0.75', numerator: '6', denominator: '8' },
      taken: { expected: 59, without: [] },
    });
    expect(
      gather({ ...rates, values: new Map() }, { period: parsePeriodId('2026-03'), grain: monthly, missing: 'zero' }),
    ).toMatchObject({ part: { numerator: '0', denominator: '0' } });
  });

  it('puts 0 where the author says that none reported is none there, and shows it', () => {
    expect(ask('2026-02', 'zero')).toEqual({
      part: { value: '0' },
      taken: { expected: 1, without: [], filled: [{ period: '2026-02', by: 'zero' }] },
    });
  });

  it('carries the latest value forward as far as it may, and shows from where', () => {
    expect(ask('2026-03', { carryForward: 2 })).toMatchObject({
      part: { value: '7' },
      taken: { filled: [{ period: '2026-03', by: 'carry_forward', from: '2026-01' }] },
    });
    expect(shown(ask('2026-03', { carryForward: 1 }))).toBe('absent_input');
    expect(shown(ask('2025-12', { carryForward: 5 }))).toBe('absent_input');
  });

  it('does not touch what was reported', () => {
    expect(ask('2026-04', 'zero')).toMatchObject({ part: { value: '9' }, taken: { filled: [] } });
  });

  it('ends where the calendar begins', () => {
    const period = parsePeriodId('0001-01');
    expect(shown(gather(values, { period, grain: monthly, missing: { carryForward: 12 } }))).toBe('absent_input');
  });
});

describe('a period in which nothing is expected', () => {
  // Monday 1 to Sunday 7 June 2026, closed at the weekend; `undefined` on a working day is a gap.
  const shop = (...values: (string | undefined)[]): StoredSeries => ({
    ...series('daily', '2026-06-01', values),
    isExpected: ({ start }) => !['06', '07', '13', '14'].includes(start.slice(8)),
  });
  const rolling = { kind: 'rolling', periods: 7 } as const;

  it('does not belong to a coarser period', () => {
    expect(over(shop('1', '2', '4', '8', '16'), '2026-W23')).toEqual({
      part: { value: '31' },
      taken: { expected: 5, without: [], filled: [], notExpected: 2 },
    });
  });

  it('does belong to it where it has a value all the same', () => {
    expect(over(shop('1', '2', '4', '8', '16', '32'), '2026-W23')).toMatchObject({
      part: { value: '63' },
      taken: { expected: 6, without: [], notExpected: 1 },
    });
  });

  it('hides no gap beside it', () => {
    expect(over(shop('1', undefined, '4', '8', '16'), '2026-W23')).toMatchObject({
      part: { value: '29' },
      taken: { expected: 5, without: ['2026-06-02'] },
    });
  });

  it('has the value of a window that ends with it, of what was before', () => {
    const values = shop('1', '2', '4', '8', '16');
    expect(shown(over(values, '2026-06-07', rolling))).toBe('31');
    expect(over(shop('1', '2', '4', '8'), '2026-06-07', rolling)).toMatchObject({
      part: { value: '15' },
      taken: { expected: 5, without: ['2026-06-05'] },
    });
  });

  it('is no reason to take an older figure for that of a day that is missing', () => {
    expect(shown(over(shop('1', '2', '4', '8'), '2026-06-05', rolling))).toBe('absent_input');
  });

  it('has no value and no gap where nothing else is there', () => {
    expect(over(shop('1'), '2026-06-06', { kind: 'rolling', periods: 1 })).toEqual({
      reason: { code: 'absent_input', message: 'nothing is expected in 2026-06-06' },
      taken: { expected: 0, without: [], filled: [], notExpected: 1 },
    });
  });

  it('is filled by a policy where it is asked for alone, and not in a window', () => {
    const question = { grain: { frequency: 'daily' }, missing: 'zero' } as const;
    const period = parsePeriodId('2026-06-06');
    expect(gather(shop('1'), { ...question, period })).toMatchObject({ part: { value: '0' } });
    const week = gather(shop('1', '2', '4', '8', '16'), {
      ...question,
      grain: { frequency: 'weekly' },
      period: parsePeriodId('2026-W23'),
    });
    expect(week).toMatchObject({ part: { value: '31' }, taken: { expected: 5, filled: [] } });
  });
});
