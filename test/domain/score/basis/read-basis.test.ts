import { describe, expect, it } from 'vitest';
import { readBasis, type ValueBasis } from '#src/domain/score/basis/read-basis.js';
import { seriesQuantity } from '#src/domain/score/quantity.js';
import type { PeriodFacts, ProgressBasis } from '#src/domain/score/types.js';
import type { Target } from '#src/domain/target/types.js';
import { canonical } from '#src/domain/value/decimal.js';
import { quotient } from '#src/domain/value/fraction.js';
import { factsOf } from '../facts.js';

const range: Target = { kind: 'range', low: '72', high: '82' };

function on(basis: ValueBasis, value: string, target?: string | Target, more: Partial<PeriodFacts> = {}): string {
  const reading = readBasis(basis, factsOf(value, target === undefined ? {} : { target }, more));
  return reading.ok ? canonical(quotient(reading.value)) : reading.reason;
}

const lower = { direction: 'lower-is-better' } as const;

describe('readBasis', () => {
  it('is the value itself, with or without a target', () => {
    expect(on('value', '-3.5')).toBe('-3.5');
    expect(on('value', '5', '0')).toBe('5');
  });

  it('is a percentage of the target', () => {
    expect(on('percent_of_target', '45', '50')).toBe('90');
    expect(on('percent_of_target', '75', '50')).toBe('150');
    expect(on('percent_of_target', '-5', '50')).toBe('-10');
    expect(on('percent_of_target', '0', '50')).toBe('0');
    expect(on('percent_of_target', '95', '85')).toBe('111.76470588235294117647');
  });

  it('has more percent of a negative target the more there is', () => {
    expect(on('percent_of_target', '3', '-2')).toBe('350');
    expect(on('percent_of_target', '-2', '-2')).toBe('100');
    expect(on('percent_of_target', '-3', '-2')).toBe('50');
    expect(on('percent_of_target', '-3', '-2', lower)).toBe('50');
  });

  it.each([
    ['higher-is-better', ['0', '100', '100']],
    ['lower-is-better', ['100', '100', '200']],
    ['exact', ['0', '100', '200']],
  ] as const)('has, of a target of 0 where %s, %j percent below, on and above it', (direction, percents) => {
    const found = ['-0.1', '0', '7'].map((value) => on('percent_of_target', value, '0', { direction }));
    expect(found).toEqual(percents);
  });

  it('has no percentage of a range', () => {
    expect(on('percent_of_target', '75', range)).toBe('percent of target has no meaning for the range 72 to 82');
    expect(on({ kind: 'distance_percent_of', series: 'target' }, '75', range)).toContain('range 72 to 82');
  });

  it('is the distance from a target, never negative', () => {
    expect(on('distance_from_target', '55', '50')).toBe('5');
    expect(on('distance_from_target', '45', '50')).toBe('5');
    expect(on('distance_from_target', '-3', '-2')).toBe('1');
    expect(on('distance_from_target', '0.3', '0.1')).toBe('0.2');
  });

  it('is the distance outside a range, 0 on its ends and inside', () => {
    expect(['70.5', '72', '77', '82', '85'].map((value) => on('distance_from_target', value, range))).toEqual([
      '1.5',
      '0',
      '0',
      '0',
      '3',
    ]);
  });

  it('is the distance in percent of the size of a series', () => {
    const basis = { kind: 'distance_percent_of', series: 'target' } as const;
    expect(['55', '50', '45'].map((value) => on(basis, value, '50'))).toEqual(['10', '0', '10']);
    expect(on(basis, '-3', '-2')).toBe('50');
    expect(['0', '0.001'].map((value) => on(basis, value, '0'))).toEqual(['0', '100']);
  });

  it('is a variance above 0 where the value is better, whichever way that is', () => {
    const basis = { kind: 'variance_from', series: 'target' } as const;
    expect(on(basis, '120', '100')).toBe('20');
    expect(on(basis, '120', '100', lower)).toBe('-20');
    expect(on(basis, '70', range, { direction: 'in-band' })).toBe('-2');
    expect(on(basis, '98', '100', { direction: 'exact' })).toBe('-2');
  });

  it('is a variance in percent by the rules of percentages', () => {
    const basis = { kind: 'variance_percent_of', series: 'target' } as const;
    expect(on(basis, '18', '10')).toBe('80');
    expect(on(basis, '18', '10', lower)).toBe('-80');
    expect(on(basis, '3', '-2')).toBe('250');
    expect(on(basis, '5', '0', lower)).toBe('-100');
  });

  it('names the series that has no value in the period', () => {
    const missing = { ok: false, status: 'no_target', reason: 'no benchmark is in force on 2026-03-01' };
    expect(readBasis({ kind: 'percent_of', series: 'benchmark' }, factsOf('5', { target: '4' }))).toEqual(missing);
    expect(on('percent_of_target', '5')).toBe('no target is in force on 2026-03-01');
    expect(on('distance_from_target', '5')).toBe('no target is in force on 2026-03-01');
  });
});

describe('progress', () => {
  const between = (from: string, to: string): ProgressBasis => ({ kind: 'progress', from, to });

  it.each([
    ['80', '20', '50', '0.5'],
    ['0', '200', '50', '0.25'],
    ['0', '100', '16', '0.16'],
    ['80', '20', '90', '-0.16666666666666666667'],
    ['-10', '10', '20', '1.5'],
  ])('from %s to %s is, at %s, %s', (from, to, value, share) => {
    const direction = Number(from) < Number(to) ? 'higher-is-better' : 'lower-is-better';
    expect(on(between(from, to), value, undefined, { direction })).toBe(share);
  });

  it('has no way from a better baseline to a worse goal, and names both', () => {
    const basis: ProgressBasis = { kind: 'progress', from: seriesQuantity('baseline'), to: seriesQuantity('target') };
    const reason = 'the baseline (40) has to be below the target (5), since higher is better';
    expect(readBasis(basis, factsOf('10', { baseline: '40', target: '5' }))).toEqual({
      ok: false,
      status: 'insufficient_data',
      reason,
    });
    expect(on(between('20', '80'), '50', undefined, lower)).toBe('20 has to be above 80, since lower is better');
    expect(on(between('80', '20'), '50', undefined, { direction: 'exact' })).toBe('0.5');
  });

  it('is all or nothing where there is no way to go', () => {
    expect(['4.99', '5', '6'].map((value) => on(between('5', '5'), value))).toEqual(['0', '1', '1']);
    expect(['4.99', '5', '6'].map((value) => on(between('5', '5'), value, undefined, lower))).toEqual(['1', '1', '0']);
  });

  it('takes its ends from series, and names one that is a range or absent', () => {
    const basis: ProgressBasis = {
      kind: 'progress',
      from: { terms: [{ series: 'baseline', times: '1' }], plus: '0' },
      to: { terms: [{ series: 'target', times: '1' }], plus: '0' },
    };
    expect(readBasis(basis, factsOf('50', { target: '20' }))).toMatchObject({
      reason: 'no baseline is in force on 2026-03-01',
    });
    const reading = readBasis(basis, factsOf('50', { baseline: '80', target: range }));
    expect(reading).toMatchObject({ ok: false, status: 'insufficient_data' });
    expect(reading).toMatchObject({ reason: 'the target is the range 72 to 82, where one number is needed' });
  });
});
