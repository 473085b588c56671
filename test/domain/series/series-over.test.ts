import { describe, expect, it } from 'vitest';
import { parsePeriodId } from '#src/domain/period/period.js';
import { seriesGaps } from '#src/domain/series/series-gaps.js';
import { seriesNeeds } from '#src/domain/series/series-needs.js';
import { addsUpOverTime, liftOf, seriesOver } from '#src/domain/series/series-over.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import { collectedAddress, type Series } from '#src/domain/series/types.js';
import type { Target } from '#src/domain/target/types.js';
import { contextOf } from './series-context.js';

const value = (text: string): Target => ({ kind: 'value', value: text });
const range = (low: string, high: string): Target => ({ kind: 'range', low, high });
const written = (values: Readonly<Record<string, Target>>): Series[] => [
  { name: 'target', source: { kind: 'periods', values } },
];
const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'].map((id) => parsePeriodId(id));
const monthly = contextOf('monthly');

describe('seriesOver', () => {
  const targets = [10, 30, 20, 10, 20].map((target, index) => [`2026-0${index + 1}`, value(String(target))] as const);
  const series = written(Object.fromEntries(targets));

  it('adds targets of sums up: 10, 30, 20, 10 and 20 are 90 in the year to date', () => {
    expect(seriesOver(series, 'target', months, monthly, 'sum')).toEqual({
      ok: true,
      target: value('90'),
      from: 'the sum of 2026-01 to 2026-05',
    });
  });

  it('takes the last target of a rate', () => {
    expect(seriesOver(series, 'target', months, monthly, 'last')).toMatchObject({ target: value('20') });
  });

  it('has no sum where a period has no target, and names it', () => {
    const { '2026-03': _gone, ...rest } = Object.fromEntries(targets);
    expect(seriesOver(written(rest), 'target', months, monthly, 'sum')).toEqual({
      ok: false,
      reason: '2026-03: nothing is written for 2026-03',
    });
  });

  it('adds ranges end by end, and not to single values', () => {
    const ranges = { '2026-01': range('1', '2'), '2026-02': range('3', '5') };
    expect(seriesOver(written(ranges), 'target', months.slice(0, 2), monthly, 'sum')).toMatchObject({
      target: range('4', '7'),
    });
    const mixed = { ...ranges, '2026-02': value('3') };
    expect(seriesOver(written(mixed), 'target', months.slice(0, 2), monthly, 'sum').ok).toBe(false);
  });

  it.each(['sum', 'last'] as const)('has no value over no periods, for %s', (lift) => {
    expect(seriesOver(series, 'target', [], monthly, lift).ok).toBe(false);
  });

  it('lifts by what the aggregation does over time', () => {
    expect(['sum', 'count', 'ratio', 'avg', 'last'].map(liftOf)).toEqual(['sum', 'sum', 'last', 'last', 'last']);
    expect(addsUpOverTime('median')).toBe(false);
  });
});

describe('seriesGaps', () => {
  it('finds when a version expires', () => {
    const series: Series[] = [
      {
        name: 'target',
        source: { kind: 'versions', versions: [{ from: '2026-01-01', until: '2027-01-01', target: value('1') }] },
      },
    ];
    const gaps = seriesGaps(series, 'target', { frequency: 'monthly' }, '2026-11-10', 3);
    expect(gaps.map(({ period }) => period)).toEqual(['2027-01', '2027-02']);
    expect(seriesGaps(series, 'target', { frequency: 'monthly' }, '2026-11-10', 1)).toEqual([]);
  });

  it('finds the year that is not split yet', () => {
    const series: Series[] = [
      {
        name: 'target',
        source: {
          kind: 'split',
          totals: { '2026': { total: '9', shape: { kind: 'last_year' } } },
          fixed: {},
          places: 0,
        },
      },
    ];
    expect(seriesGaps(series, 'target', { frequency: 'quarterly' }, '2026-10-01', 1)).toEqual([
      { period: '2027-Q1', reason: 'there is no total to split for 2027-Q1' },
    ]);
  });

  it('takes for given what extracts, units and the past may still bring', () => {
    const series: Series[] = [
      { name: 'target', source: { kind: 'relative', than: 'baseline', betterByPercent: '5' } },
      { name: 'baseline', source: { kind: 'own', of: 'last_year' } },
      { name: 'plan', source: { kind: 'collected' } },
      { name: 'size', source: { kind: 'attribute', name: 'beds' } },
    ];
    for (const name of ['target', 'plan', 'size']) {
      expect(seriesGaps(series, name, { frequency: 'weekly' }, '2026-11-10', 60)).toEqual([]);
    }
  });
});

describe('the series of a measure', () => {
  const versions = [{ from: '2026-01-01', target: value('1') }];
  const baseline: Series = { name: 'baseline', source: { kind: 'collected' } };

  it('hold the versions of its target among them', () => {
    expect(targetSeries({ targets: versions, series: [baseline] })).toEqual([
      { name: 'target', source: { kind: 'versions', versions } },
      baseline,
    ]);
    expect(targetSeries({ targets: versions }).map(({ name }) => name)).toEqual(['target']);
    expect(targetSeries({ targets: [] })).toEqual([]);
  });

  it('say what they depend on', () => {
    expect(seriesNeeds([baseline, { name: 'size', source: { kind: 'attribute', name: 'beds' } }])).toEqual({
      own: false,
      collected: ['baseline'],
      attributes: ['beds'],
    });
    expect(seriesNeeds([{ name: 'past', source: { kind: 'own', of: 'last_year' } }]).own).toBe(true);
    expect(
      seriesNeeds([
        {
          name: 'target',
          source: {
            kind: 'split',
            totals: { '2026': { total: '1', shape: { kind: 'last_year' } } },
            fixed: {},
            places: 0,
          },
        },
      ]).own,
    ).toBe(true);
  });

  it('are stored beside the measure under its address and theirs', () => {
    expect(collectedAddress('company/revenue', 'target')).toBe('company/revenue#target');
  });
});
