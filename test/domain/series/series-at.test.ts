import { describe, expect, it } from 'vitest';
import { parsePeriodId } from '#src/domain/period/period.js';
import { collectedValues } from '#src/domain/series/collected-values.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import type { Series, SeriesSource } from '#src/domain/series/types.js';
import { contextOf, targetAt, textOf, valuesOf } from './series-context.js';

const monthly = contextOf('monthly');
const value = (text: string) => ({ kind: 'value' as const, value: text });
const flat = (name: string, text: string): Series => ({
  name,
  source: { kind: 'versions', versions: [{ from: '2020-01-01', target: value(text) }] },
});

describe('a series without a value in a period', () => {
  const SOURCES: readonly (readonly [string, SeriesSource, string])[] = [
    ['collected', { kind: 'collected' }, 'nothing was collected for 2026-03'],
    ['carried', { kind: 'collected', carry: true }, 'nothing was collected for 2026-03'],
    ['written', { kind: 'periods', values: { '2026-02': value('1') } }, 'nothing is written for 2026-03'],
    ['an attribute', { kind: 'attribute', name: 'beds' }, 'the unit has no beds'],
  ];

  it.each(SOURCES)('names itself in what is lacking, and says why: %s', (_, source, why) => {
    expect(targetAt(source, '2026-03', monthly)).toEqual({
      ok: false,
      reason: why,
      lacking: `the target has no value: ${why}`,
    });
  });

  it('leaves it to the score to say that no version is in force', () => {
    const { source } = flat('target', '1');
    expect(targetAt(source, '2019-12', monthly)).toEqual({ ok: false, reason: 'no target is in force on 2019-12-01' });
  });
});

describe('versions', () => {
  const source: SeriesSource = {
    kind: 'versions',
    versions: [
      { from: '2025-01-01', target: value('80') },
      { from: '2026-01-01', until: '2026-07-01', target: value('85') },
    ],
  };

  it('say since when they are in force', () => {
    expect(targetAt(source, '2026-06', monthly)).toEqual({
      ok: true,
      target: value('85'),
      from: 'in force since 2026-01-01',
    });
  });

  it('give nothing once the newest has expired, and do not fall back to an older one', () => {
    expect(textOf(targetAt(source, '2026-07', monthly))).toBe('the target from 2026-01-01 expired before 2026-07-01');
  });

  it('give nothing before the first', () => {
    expect(textOf(targetAt(source, '2024-12', monthly))).toBe('no target is in force on 2024-12-01');
  });
});

describe('values by period', () => {
  const source: SeriesSource = {
    kind: 'periods',
    values: { '2026-01': value('10'), '2026-Q1': value('12'), '2026': value('9') },
  };

  it.each([
    ['2026-01', '10'],
    ['2026-02', '12'],
    ['2026-04', '9'],
    ['2027-01', 'nothing is written for 2027-01'],
  ])('take that of the period itself, else of the nearest coarser one: %s', (id, expected) => {
    expect(textOf(targetAt(source, id, monthly))).toBe(expected);
  });

  it('count a week to the year of its Thursday', () => {
    const byYear: SeriesSource = { kind: 'periods', values: { '2020': value('1'), '2021': value('2') } };
    expect(textOf(targetAt(byYear, '2020-W53', contextOf('weekly')))).toBe('1');
    expect(textOf(targetAt(byYear, '2021-W01', contextOf('weekly')))).toBe('2');
  });
});

describe('collected values', () => {
  const known = collectedValues(
    new Map([
      [
        'target',
        [
          { period: { id: '2026-03', start: '2026-03-01' }, value: '3' },
          { period: { id: '2025', start: '2025-01-01' }, value: '25' },
          { period: { id: '2026-01', start: '2026-01-01' }, value: '0' },
        ],
      ],
    ]),
  );
  const context = contextOf('monthly', known);

  it.each([
    ['2026-03', '3'],
    ['2025-05', '25'],
    ['2026-01', '0'],
    ['2026-02', 'nothing was collected for 2026-02'],
  ])('are those of the period, else of a coarser one, and never guessed: %s', (id, expected) => {
    expect(textOf(targetAt({ kind: 'collected' }, id, context))).toBe(expected);
  });

  it.each([
    ['2026-02', '0'],
    ['2027-01', '3'],
    ['2024-12', 'nothing was collected for 2024-12'],
  ])('hold until the next one where they are carried: %s', (id, expected) => {
    expect(textOf(targetAt({ kind: 'collected', carry: true }, id, context))).toBe(expected);
  });

  it('are asked for under the name of the series that is read', () => {
    const series: Series[] = [{ name: 'baseline', source: { kind: 'collected' } }];
    expect(seriesAt(series, 'baseline', parsePeriodId('2026-03'), context).ok).toBe(false);
  });
});

describe('attributes and the past', () => {
  it('take the number of the unit, and say which it has not', () => {
    const context = contextOf('monthly', { attribute: (name) => (name === 'beds' ? '120' : undefined) });
    expect(textOf(targetAt({ kind: 'attribute', name: 'beds' }, '2026-01', context))).toBe('120');
    expect(textOf(targetAt({ kind: 'attribute', name: 'rooms' }, '2026-01', context))).toBe('the unit has no rooms');
  });

  it('take the value of the same period a year before, or of one period', () => {
    const context = contextOf('monthly', { own: valuesOf({ '2025-02': '7', '2024-12': '5' }) });
    expect(textOf(targetAt({ kind: 'own', of: 'last_year' }, '2026-02', context))).toBe('7');
    expect(textOf(targetAt({ kind: 'own', of: 'last_year' }, '2026-03', context))).toBe('2025-03 has no value');
    expect(textOf(targetAt({ kind: 'own', of: { period: '2024-12' } }, '2026-03', context))).toBe('5');
  });

  it.each([
    ['2021-W01', '2020-W01'],
    ['2020-W53', '2019-W52'],
    ['2021-W52', '2020-W52'],
    ['2022-W01', '2021-W01'],
  ])('compare a week with that of the same number: %s with %s', (id, before) => {
    const context = contextOf('weekly', { own: (period) => (period.id === before ? '1' : undefined) });
    expect(textOf(targetAt({ kind: 'own', of: 'last_year' }, id, context))).toBe('1');
  });

  it.each([
    ['2021-W01', '2020-W02'],
    ['2021-W52', '2020-W53'],
    ['2022-W01', '2021-W01'],
  ])('compare a week with the one 52 weeks before, restated: %s with %s', (id, before) => {
    const context = contextOf('weekly', { own: (period) => (period.id === before ? '1' : undefined) });
    expect(textOf(targetAt({ kind: 'own', of: 'last_year_restated' }, id, context))).toBe('1');
  });

  it('compare a 53rd week with nothing, restated', () => {
    const context = contextOf('weekly', { own: () => '1' });
    const source = { kind: 'own', of: 'last_year_restated' } as const;
    expect(textOf(targetAt(source, '2020-W53', context))).toContain('no week to compare 2020-W53 with');
  });

  it('compare 29 February with the 28th', () => {
    const context = contextOf('daily', { own: valuesOf({ '2023-02-28': '4' }) });
    expect(textOf(targetAt({ kind: 'own', of: 'last_year' }, '2024-02-29', context))).toBe('4');
  });
});

describe('better than another series', () => {
  const better = (percent: string, places?: number): SeriesSource => ({
    kind: 'relative',
    than: 'baseline',
    betterByPercent: percent,
    ...(places === undefined ? {} : { places }),
  });
  const lower = contextOf('monthly', { direction: 'lower-is-better' });

  it('is below the base where lower is better: 10 % better than 225 is 202.5', () => {
    const reading = targetAt(better('10'), '2026-01', lower, [flat('baseline', '225')]);
    expect(reading).toMatchObject({ target: value('202.5'), from: '10 % better than baseline, which is 225' });
  });

  it('is rounded half up where places are given', () => {
    expect(textOf(targetAt(better('10', 0), '2026-01', lower, [flat('baseline', '225')]))).toBe('203');
  });

  it.each([
    ['225', '10', '247.5'],
    ['-200', '10', '-180'],
    ['100', '-5', '95'],
    ['0', '10', '0'],
  ])('is above the base where higher is better: %s by %s %%', (base, percent, expected) => {
    expect(textOf(targetAt(better(percent), '2026-01', monthly, [flat('baseline', base)]))).toBe(expected);
  });

  it('has no value where its base has none, and says why', () => {
    expect(textOf(targetAt(better('10'), '2019-12', monthly, [flat('baseline', '1')]))).toBe(
      'without baseline: no baseline is in force on 2019-12-01',
    );
    expect(textOf(targetAt(better('10'), '2026-01', monthly))).toBe('without baseline: there is no series "baseline"');
  });

  it('says which series has no value, and in which period', () => {
    const baseline: Series = { name: 'baseline', source: { kind: 'own', of: 'last_year' } };
    expect(targetAt(better('-10'), '2026-10', monthly, [baseline])).toMatchObject({
      ok: false,
      lacking: 'the baseline has no value: 2025-10 has none',
    });
    expect(targetAt(better('-10'), '2019-12', monthly, [flat('baseline', '1')])).toMatchObject({
      ok: false,
      lacking: 'the baseline has no value: no baseline is in force on 2019-12-01',
    });
  });

  it('has no value relative to a range, nor where the direction has no better', () => {
    const range: Series = {
      name: 'baseline',
      source: { kind: 'periods', values: { '2026': { kind: 'range', low: '1', high: '2' } } },
    };
    expect(textOf(targetAt(better('10'), '2026-01', monthly, [range]))).toContain('baseline is a range');
    const exact = contextOf('monthly', { direction: 'exact' });
    expect(textOf(targetAt(better('10'), '2026-01', exact, [flat('baseline', '1')]))).toContain('direction is exact');
  });

  it('fails for a circle and prints it', () => {
    const circle: Series[] = [{ name: 'baseline', source: { kind: 'relative', than: 'target', betterByPercent: '1' } }];
    expect(() => targetAt(better('10'), '2026-01', monthly, circle)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_SERIES_CYCLE',
        message: expect.stringContaining('target → baseline → target'),
      }),
    );
  });

  it('fails for a series that is relative to itself', () => {
    expect(() => targetAt({ kind: 'relative', than: 'target', betterByPercent: '1' }, '2026-01', monthly)).toThrow(
      'target → target',
    );
  });
});

describe('a series that is not there', () => {
  it('has no value', () => {
    expect(seriesAt([], 'forecast', parsePeriodId('2026-01'), monthly)).toEqual({
      ok: false,
      reason: 'there is no series "forecast"',
    });
  });
});
