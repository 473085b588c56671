// Which measures can have values of other days than their periods: only of those `status` asks the store.
import { describe, expect, it } from 'vitest';
import { canCrossEdges, otherDaysWords } from '#src/domain/derivation/crossed-edges.js';
import type { UsedInput } from '#src/domain/derivation/types.js';
import type { Derivation } from '#src/domain/measure/derivation.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Frequency } from '#src/domain/period/types.js';
import type { Edges, WindowRule } from '#src/domain/window/types.js';

const own = {
  scorecard: 'c',
  objective: 'c/grow',
  owner: 'kim',
  unit: 'EUR',
  direction: 'unscored',
  timeZone: 'Europe/Berlin',
  targets: [],
  bands: [],
  weight: '1',
  due: { businessDays: 1, graceDays: 0 },
  offTrackAfter: 0,
  decimals: 1,
  valueDigest: 'v',
  scoreDigest: 's',
} as const;
const rows = (id: string, frequency: Frequency): Measure => ({
  ...own,
  id,
  name: id,
  address: `c/${id}`,
  frequency,
  extract: 'sales',
  aggregation: { kind: 'sum', column: 'amount', where: [] },
  scale: '1',
  emptyMeansZero: false,
  restatementPeriods: 3,
});
const made = (id: string, frequency: Frequency, derivation: Derivation): Measure => ({
  ...own,
  id,
  name: id,
  address: `c/${id}`,
  frequency,
  derivation,
});
const of = (id: string, frequency: Frequency, measure: string, over?: WindowRule): Measure =>
  made(id, frequency, {
    kind: 'window',
    input: { measure: `c/${measure}`, missing: 'absent', ...(over === undefined ? {} : { over }) },
  });

const MEASURES = [
  rows('day', 'daily'),
  rows('week', 'weekly'),
  of('month', 'monthly', 'week'),
  of('exact', 'monthly', 'day'),
  of('quarter', 'quarterly', 'month'),
  of('exact-quarter', 'quarterly', 'exact'),
  of('four-weeks', 'weekly', 'week', { kind: 'rolling', periods: 4 }),
  of('weeks-so-far', 'weekly', 'week', { kind: 'month_to_date' }),
  of('days-so-far', 'daily', 'day', { kind: 'month_to_date' }),
  made('all-months', 'monthly', { kind: 'children', measure: 'month', combine: 'sum' }),
  made('all-exact', 'monthly', { kind: 'children', measure: 'exact', combine: 'sum' }),
];

describe('canCrossEdges()', () => {
  it.each([
    ['week', false],
    ['month', true],
    ['exact', false],
    ['quarter', true],
    ['exact-quarter', false],
    ['four-weeks', false],
    ['weeks-so-far', true],
    ['days-so-far', false],
    ['all-months', true],
    ['all-exact', false],
  ])('looks down to what a value is made of: %s', (id, expected) => {
    const measure = MEASURES.find((each) => each.id === id);
    if (measure === undefined) throw new Error(id);
    const can = canCrossEdges(
      measure,
      (address) => MEASURES.find((each) => each.address === address),
      (child) => MEASURES.find((each) => each.id === child),
    );
    expect(can).toBe(expected);
  });
});

describe('otherDaysWords()', () => {
  const input = (name: string, edges?: Edges): UsedInput => ({
    name,
    taken: { expected: 5, without: [], filled: [], ...(edges === undefined ? {} : { edges }) },
  });

  it('names the input where there are several', () => {
    expect(otherDaysWords({ inputs: [input('', { before: 3, after: 0 })] })).toBe('3 too many at the beginning');
    expect(otherDaysWords({ inputs: [input('a', { before: 0, after: -1 }), input('b')] })).toBe(
      'a 1 too few at the end',
    );
  });

  it('is nothing where all have just their days', () => {
    expect(otherDaysWords({ inputs: [input('a'), input('b')] })).toBeUndefined();
  });
});
