import { describe, expect, it } from 'vitest';
import type { Frequency } from '#src/domain/period/types.js';
import { splitTotal } from '#src/domain/series/generators/split-total.js';
import { periodNamed, periodsCountedTo } from '#src/domain/series/series-calendar.js';
import type { SeriesSource, SplitShape } from '#src/domain/series/types.js';
import { contextOf, targetAt, textOf, valuesOf } from './series-context.js';

const split = (
  total: string,
  shape: SplitShape = { kind: 'even' },
  fixed: Readonly<Record<string, string>> = {},
  places = 0,
): SeriesSource => ({ kind: 'split', totals: { '2026': { total, shape } }, fixed, places });

function yearOf(source: SeriesSource, frequency: Frequency = 'monthly', context = contextOf(frequency)): string[] {
  const year = periodNamed('2026', { frequency: 'yearly' });
  return periodsCountedTo(year, { frequency }).map(({ id }) => textOf(targetAt(source, id, context)));
}

describe('splitTotal', () => {
  it.each([
    ['100', 3, 0, ['34', '33', '33']],
    ['100', 3, 2, ['33.34', '33.33', '33.33']],
    ['-100', 3, 0, ['-34', '-33', '-33']],
    ['0', 3, 2, ['0', '0', '0']],
    ['0.01', 2, 0, ['0.01', '0']],
    ['1', 8, 2, ['0.13', '0.13', '0.13', '0.13', '0.12', '0.12', '0.12', '0.12']],
  ])('gives what rounding leaves to the earlier of equal parts: %s in %i', (total, count, places, expected) => {
    const parts = Array.from({ length: count }, () => ({ weight: '1' }));
    expect(splitTotal(total, parts, places)).toEqual(expected);
  });

  it('gives what rounding leaves to those that lost most', () => {
    const weights = ['1.5', '1.4', '7.1'].map((weight) => ({ weight }));
    expect(splitTotal('10', weights, 0)).toEqual(['2', '1', '7']);
  });

  it('gives nothing to a weight of 0, and is undefined where nobody can take the rest', () => {
    expect(splitTotal('10', [{ weight: '0' }, { weight: '1' }], 0)).toEqual(['0', '10']);
    expect(splitTotal('10', [{ weight: '0' }, { fixed: '3' }], 0)).toBeUndefined();
    expect(splitTotal('3', [{ fixed: '3' }], 0)).toEqual(['3']);
    expect(splitTotal('3', [{ weight: '0' }, { fixed: '3' }], 0)).toEqual(['0', '3']);
  });
});

describe('a split year', () => {
  it('has equal months: 12000 are twelve times 1000', () => {
    expect(yearOf(split('12000'))).toEqual(Array.from({ length: 12 }, () => '1000'));
  });

  it('has months by weight', () => {
    const weights = ['1', '1', '2', '1', '1', '2', '1', '1', '2', '0', '0', '0'];
    expect(yearOf(split('1200', { kind: 'weights', weights }))).toEqual([
      '100',
      '100',
      '200',
      '100',
      '100',
      '200',
      '100',
      '100',
      '200',
      '0',
      '0',
      '0',
    ]);
  });

  it('keeps what is fixed and spreads the rest over the others', () => {
    expect(yearOf(split('1200', { kind: 'even' }, { '2026-01': '80', '2026-12': '120' })).slice(0, 2)).toEqual([
      '80',
      '100',
    ]);
  });

  it('has 53 weeks where the year has', () => {
    const weeks = yearOf(split('5300'), 'weekly');
    expect(weeks).toHaveLength(53);
    expect(new Set(weeks)).toEqual(new Set(['100']));
  });

  it('has the shape of last year, by the same period', () => {
    const values: Record<string, string> = {};
    for (let month = 1; month <= 12; month += 1) values[`2025-${String(month).padStart(2, '0')}`] = String(month);
    const context = contextOf('monthly', { own: valuesOf(values) });
    const parts = yearOf(split('7800', { kind: 'last_year' }), 'monthly', context);
    expect(parts.map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => month * 100));
    delete values['2025-11'];
    const gap = contextOf('monthly', { own: valuesOf(values) });
    expect(textOf(targetAt(split('7800', { kind: 'last_year' }), '2026-01', gap))).toBe(
      'it has the shape of last year, and 2025-11 has no value',
    );
  });

  it('does not ask last year for what is fixed', () => {
    const context = contextOf('quarterly', { own: valuesOf({ '2025-Q2': '1', '2025-Q3': '1', '2025-Q4': '2' }) });
    const parts = yearOf(split('100', { kind: 'last_year' }, { '2026-Q1': '60' }), 'quarterly', context);
    expect(parts).toEqual(['60', '10', '10', '20']);
  });

  it('has no shape where last year was negative or nothing at all', () => {
    const negative = contextOf('half-yearly', { own: valuesOf({ '2025-H1': '-1', '2025-H2': '2' }) });
    expect(yearOf(split('10', { kind: 'last_year' }), 'half-yearly', negative)[0]).toContain('2025-H1 is -1');
    const nothing = contextOf('half-yearly', { own: () => '0' });
    expect(yearOf(split('10', { kind: 'last_year' }), 'half-yearly', nothing)[1]).toContain('no period of 2026');
  });

  it('says nothing of a year that has no total', () => {
    expect(textOf(targetAt(split('10'), '2027-01', contextOf('monthly')))).toBe(
      'there is no total to split for 2027-01',
    );
  });
});

describe('a line', () => {
  const source: SeriesSource = {
    kind: 'linear',
    knots: [
      { period: '2026-01', value: '100' },
      { period: '2026-12', value: '200.005' },
    ],
    places: 2,
  };

  it('hits its ends exactly, also when they have more places than its steps', () => {
    expect(textOf(targetAt(source, '2026-01', contextOf('monthly')))).toBe('100');
    expect(textOf(targetAt(source, '2026-12', contextOf('monthly')))).toBe('200.005');
    expect(textOf(targetAt(source, '2026-02', contextOf('monthly')))).toBe('109.09');
  });

  it.each(['2025-12', '2027-01'])('does not go on beyond its ends: %s', (id) => {
    expect(textOf(targetAt(source, id, contextOf('monthly')))).toBe(`${id} is not on the line from 2026-01 to 2026-12`);
  });

  it('bends at a knot', () => {
    const bent: SeriesSource = {
      kind: 'linear',
      knots: [
        { period: '2026-Q1', value: '0' },
        { period: '2026-Q3', value: '10' },
        { period: '2027-Q1', value: '0' },
      ],
    };
    const values = ['2026-Q2', '2026-Q3', '2026-Q4'].map((id) => textOf(targetAt(bent, id, contextOf('quarterly'))));
    expect(values).toEqual(['5', '10', '5']);
  });
});

describe('a rate per time', () => {
  const per = (unit: 'day' | 'working_day' | 'week' | 'month' | 'year', text: string): SeriesSource => ({
    kind: 'per',
    unit,
    value: text,
  });

  it.each([
    ['day', '5', 'weekly', '2026-W12', '35'],
    ['day', '1', 'monthly', '2024-02', '29'],
    ['working_day', '10', 'monthly', '2026-01', '210'],
    ['month', '100', 'monthly', '2026-02', '100'],
    ['month', '100', 'yearly', '2026', '1200'],
    ['month', '31', 'weekly', '2026-W32', '7'],
    ['month', '100', 'weekly', '2026-W31', '22.58064516129032258065'],
    ['year', '365', 'daily', '2026-05-05', '1'],
    ['year', '1200', 'quarterly', '2026-Q1', '295.89041095890410958904'],
    ['week', '7', 'monthly', '2026-03', '31'],
  ] as const)('%s of %s makes for %s %s: %s', (unit, text, frequency, id, expected) => {
    expect(textOf(targetAt(per(unit, text), id, contextOf(frequency)))).toBe(expected);
  });

  it('takes half of the rate for a half day, and nothing for a holiday', () => {
    const workingCalendar = { weekend: [6, 7], holidays: ['2026-12-25'], halfDays: ['2026-12-24', '2026-12-26'] };
    const weekly = contextOf('weekly', { workingCalendar });
    expect(textOf(targetAt(per('working_day', '10'), '2026-W52', weekly))).toBe('35');
    const daily = contextOf('daily', { workingCalendar });
    expect(textOf(targetAt(per('working_day', '0.5'), '2026-12-24', daily))).toBe('0.25');
  });

  it('is prorated in an open period: of 7 a week, 1 after a day', () => {
    const after = (soFar: string) => contextOf('weekly', { soFar });
    expect(textOf(targetAt(per('day', '1'), '2026-W12', after('2026-03-17')))).toBe('1');
    expect(textOf(targetAt(per('day', '1'), '2026-W12', after('2026-03-23')))).toBe('7');
    expect(textOf(targetAt(per('working_day', '10'), '2026-W12', after('2026-03-23')))).toBe('50');
    expect(textOf(targetAt(per('working_day', '10'), '2026-W12', after('2026-03-22')))).toBe('50');
  });

  it('leaves the parts of other targets to the number of days', () => {
    const written: SeriesSource = { kind: 'periods', values: { '2026-W12': { kind: 'value', value: '7' } } };
    expect(textOf(targetAt(written, '2026-W12', contextOf('weekly', { soFar: '2026-03-17' })))).toBe('1');
    expect(textOf(targetAt(written, '2026-W12', contextOf('weekly', { soFar: '2026-03-16' })))).toBe('0');
    expect(textOf(targetAt(written, '2026-W11', contextOf('weekly', { soFar: '2026-03-16' })))).toContain('nothing');
  });
});
