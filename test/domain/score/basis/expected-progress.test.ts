import { describe, expect, it } from 'vitest';
import { yearsFrom } from '#src/domain/score/basis/elapsed.js';
import { readBasis } from '#src/domain/score/basis/read-basis.js';
import type { ExpectedProgressBasis } from '#src/domain/score/types.js';
import { canonical } from '#src/domain/value/decimal.js';
import { quotient } from '#src/domain/value/fraction.js';
import { factsOf } from '../facts.js';

/** Ten to twenty over the fifteen years after 2015. */
const basis: ExpectedProgressBasis = {
  kind: 'expected_progress',
  from: '10',
  to: '20',
  start: '2016-01-01',
  end: '2031-01-01',
  growth: 'linear',
};

function at(value: string, end: string, more: Partial<ExpectedProgressBasis> = {}): string {
  const asked = { ...basis, ...more };
  const direction = asked.from === '80' ? 'lower-is-better' : 'higher-is-better';
  const facts = factsOf(value, {}, { direction, period: { start: '2016-01-01', end } });
  const reading = readBasis(asked, facts);
  return reading.ok ? canonical(quotient(reading.value)) : `${reading.status}: ${reading.reason}`;
}

describe('expected progress in equal steps', () => {
  const year = { start: '2026-01-01', end: '2027-01-01' };

  it('is 1 where the value is as far as the days are', () => {
    expect(at('15', '2026-07-02', { ...year, from: '0', to: '30' })).toBe(canonical(quotientOf('365', '364')));
    expect(at('20', '2027-01-01', year)).toBe('1');
    expect(at('15', '2027-01-01', year)).toBe('0.5');
  });

  it('expects the whole way after the last day, and no more', () => {
    expect(at('15', '2040-01-01', year)).toBe('0.5');
  });

  it('has no score before the first day', () => {
    const reason = 'progress is expected from 2026-01-01 on, and the period ends before';
    expect(at('15', '2026-01-01', year)).toBe(`insufficient_data: ${reason}`);
  });

  it('has no score where the baseline is better than the goal', () => {
    const reason = '20 has to be below 10, since higher is better';
    expect(at('15', '2026-07-01', { ...year, from: '20', to: '10' })).toBe(`insufficient_data: ${reason}`);
  });

  it('is all or nothing where baseline and goal are the same', () => {
    expect(['9', '10'].map((value) => at(value, '2026-07-01', { ...year, to: '10' }))).toEqual(['0', '1']);
  });
});

describe('expected progress by compound growth', () => {
  const compound = { growth: 'compound' } as const;

  // Worked out with Python's decimal at 60 digits.
  it.each([
    ['14', '2021-01-01', {}, '1.47186101725750173983'],
    ['9', '2021-01-01', {}, '-0.44089278742112622946'],
    ['50', '2020-01-01', { from: '80', to: '20', end: '2026-01-01' }, '0.85639843481234181539'],
    ['14', '2018-04-01', {}, '3.41624732308413432018'],
  ])('is, for %s by %s, the growth a year as a part of the one needed', (value, end, more, share) => {
    expect(at(value, end, { ...compound, ...more })).toBe(share);
  });

  it('is exactly 1 where goal and end are met', () => {
    expect(at('20', '2031-01-01', compound)).toBe('1');
    expect(at('20', '2035-01-01', compound)).toBe('1');
  });

  it.each([
    ['0', {}, '0'],
    ['-3', {}, '-3'],
    ['5', { from: '0' }, '0'],
    ['5', { from: '80', to: '-1' }, '-1'],
  ])('has no score for %s where %j: nothing grows from or to it by a rate', (value, more, number) => {
    const reason = `compound growth has no meaning for ${number}, which is not above 0`;
    expect(at(value, '2021-01-01', { ...compound, ...more })).toBe(`insufficient_data: ${reason}`);
  });

  it('has no score for a growth that no store could hold', () => {
    expect(at('1000000000', '2016-01-02', compound)).toContain('beyond all measure');
  });
});

describe('years from one day to another', () => {
  it.each([
    ['2016-01-01', '2031-01-01', '15'],
    ['2016-01-01', '2016-01-01', '0'],
    ['2019-07-01', '2020-07-01', '1'],
    ['2020-02-29', '2021-02-28', '1'],
    ['2019-01-01', '2020-07-01', '1.49726775956284153005'],
  ])('from %s to %s are %s', (start, end, years) => {
    expect(canonical(quotient(yearsFrom(start, end)))).toBe(years);
  });
});

function quotientOf(numerator: string, denominator: string) {
  const whole = factsOf(numerator).value;
  return quotient({ numerator: whole, denominator: factsOf(denominator).value });
}
