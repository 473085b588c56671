import { describe, expect, it } from 'vitest';
import { figuresOf, type JudgedPeriod } from '#src/domain/message/figures.js';
import { gapBetween } from '#src/domain/message/gap.js';

const stars = { unit: 'stars', decimals: 1, direction: 'higher-is-better' } as const;
const days = { unit: 'days', decimals: 0, direction: 'lower-is-better' } as const;
const share = { unit: 'percent', decimals: 1, direction: 'higher-is-better' } as const;
const grade = { unit: '', decimals: 0, direction: 'higher-is-better', labels: ['C', 'B', 'A'] } as const;

describe('gapBetween()', () => {
  it.each([
    ['4', '4.5', stars, '-0.5', '-11.1111', '0.5 stars (11.1 %) short of the target'],
    ['4.7', '4.5', stars, '0.2', '4.4444', '0.2 stars (4.4 %) above the target'],
    ['4.5', '4.5', stars, '0', '0', 'on the target'],
    ['12', '9', days, '3', '33.3333', '3 days (33.3 %) over the target'],
    ['7', '9', days, '-2', '-22.2222', '2 days (22.2 %) under the target'],
    ['78', '85', share, '-7', '-8.2353', '7.0 percentage points short of the target'],
  ])('of %s against %s is exact, and says on which side', (value, target, measure, by, percent, words) => {
    expect(gapBetween(value, target, measure)).toEqual({ by, percent, words });
  });

  it('never shows a gap as nothing', () => {
    expect(gapBetween('4.4999', '4.5', stars)).toEqual({
      by: '-0.0001',
      percent: '-0.0022',
      words: 'less than 0.1 stars short of the target',
    });
  });

  it('keeps all digits of large values', () => {
    const { by } = gapBetween('12345678901234567890.01', '12345678901234567890', { ...stars, decimals: 2 });
    expect(by).toBe('0.01');
  });

  it.each([
    ['70', '72..82', '-2', '2 days below the target range'],
    ['85', '72..82', '3', '3 days above the target range'],
    ['82', '72..82', '0', 'within the target range'],
  ])('of %s is measured from the nearer end of the range %s, without a percentage', (value, target, by, words) => {
    expect(gapBetween(value, target, { ...days, direction: 'in-band' })).toEqual({ by, words });
  });

  it.each(['0', '-5'])('is no percentage of the target %s', (target) => {
    expect(gapBetween('3', target, days)).not.toHaveProperty('percent');
  });

  it('counts steps where values are words', () => {
    expect(gapBetween('1', '3', grade)).toEqual({ by: '-2', words: '2 steps short of the target' });
    expect(gapBetween('2', '3', grade).words).toBe('1 step short of the target');
  });
});

const period = (id: string, rest: Omit<JudgedPeriod, 'period'>): JudgedPeriod => ({ period: { id }, ...rest });

describe('figuresOf()', () => {
  it('has the last three closed periods on one scale, and the newest with a value', () => {
    const figures = figuresOf(
      [
        period('2026-10', { status: 'late' }),
        period('2026-09', { status: 'off_track', value: '2', target: '4' }),
        period('2026-08', { status: 'on_track', value: '5', target: '4' }),
        period('2026-07', { status: 'on_track', value: '500', target: '4' }),
      ],
      stars,
    );
    expect(figures.recent.map(({ period: id, bar }) => [id, bar])).toEqual([
      ['2026-10', undefined],
      ['2026-09', '████░░░░░░'],
      ['2026-08', '██████████'],
    ]);
    expect(figures.current).toEqual({
      period: '2026-09',
      status: 'off_track',
      value: '2',
      valueText: '2.0 stars',
      target: '4',
      targetText: '4',
      gap: { by: '-2', percent: '-50', words: '2.0 stars (50.0 %) short of the target' },
      bar: '████░░░░░░',
      barPercent: 40,
    });
  });

  it('is about the period it was asked for, as far as that has a value', () => {
    const judged = [
      period('2026-10', { status: 'on_track', value: '5' }),
      period('2026-09', { status: 'off_track', value: '2' }),
    ];
    expect(figuresOf(judged, stars, '2026-09').current?.period).toBe('2026-09');
    expect(figuresOf(judged, stars, '2020-01').current?.period).toBe('2026-10');
  });

  it('passes over periods in which nothing is expected or due', () => {
    const judged = [
      period('2026-10', { status: 'not_due' }),
      period('2026-09', { status: 'not_expected' }),
      period('2026-08', { status: 'on_track', value: '5' }),
    ];
    expect(figuresOf(judged, stars).recent.map(({ period: id }) => id)).toEqual(['2026-08']);
  });

  it('draws no bar below 0, a sign for what is little, and room for what is missing', () => {
    const bars = figuresOf(
      [
        period('3', { status: 'off_track', value: '-1', target: '1000' }),
        period('2', { status: 'off_track', value: '0.001', target: '1000' }),
        period('1', { status: 'at_risk', value: '999.9', target: '1000' }),
      ],
      stars,
    ).recent.map(({ bar }) => bar);
    expect(bars).toEqual([undefined, '█░░░░░░░░░', '█████████░']);
  });

  it('has no current period where there never was a value', () => {
    expect(figuresOf([period('2026-10', { status: 'missing' })], stars)).toEqual({
      recent: [{ period: '2026-10', status: 'missing' }],
    });
  });
});
