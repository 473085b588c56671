// In which periods a value is to come: a shop that is closed at weekends, and what is made of its days.
import { describe, expect, it } from 'vitest';
import { isValueExpected } from '#src/domain/derivation/expected-periods.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { Derivation } from '#src/domain/measure/derivation.js';
import type { CollectedMeasure, DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { Frequency } from '#src/domain/period/types.js';

/** 21 to 27 December are a week of holidays; 31 May 2026 is a Sunday. */
const calendar = {
  weekend: [6, 7],
  holidays: ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24', '2026-12-25'],
} as const;

const own = {
  id: 'any',
  name: 'Any',
  scorecard: 'c',
  objective: 'c/grow',
  owner: 'kim',
  unit: 'EUR',
  direction: 'unscored',
  frequency: 'daily',
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
const rows = {
  extract: 'sales',
  aggregation: { kind: 'sum', column: 'amount', where: [] },
  scale: '1',
  emptyMeansZero: false,
  restatementPeriods: 3,
} as const;
const online: CollectedMeasure = { ...own, ...rows, address: 'c/online' };
const expects = { observations: 'working_days', of: 'days', minimum: '1' } as const;
const shop: CollectedMeasure = { ...own, ...rows, address: 'c/shop', expects };

const derived = (derivation: Derivation, frequency: Frequency = 'daily'): DerivedMeasure => ({
  ...own,
  address: 'c/made',
  frequency,
  derivation,
});

const formula = (text: string, missing: 'absent' | 'zero' = 'absent'): DerivedMeasure => {
  const reading = parseFormula(text);
  if (!reading.ok) throw new Error(text);
  const inputs = { shop: { measure: 'c/shop', missing }, online: { measure: 'c/online', missing } };
  return derived({ kind: 'formula', formula: reading.formula, text, inputs });
};

const isExpected = (of: Measure, id: string): boolean =>
  isValueExpected(of, parsePeriodId(id), {
    measureOf: (address) => [shop, online].find((each) => each.address === address),
    childrenOf: (_, id) => (id === 'shop' ? [shop] : [shop, online]),
    calendarOf: () => calendar,
  });

describe('a measure of rows', () => {
  it('is to have no value on a day off, where it expects working days', () => {
    expect(['2026-05-29', '2026-05-30', '2026-05-31', '2026-12-24'].map((id) => isExpected(shop, id))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isExpected(online, '2026-05-31')).toBe(true);
  });

  it('is to have none in a longer period without a working day', () => {
    const weekly = { ...shop, frequency: 'weekly' } as const;
    expect(['2026-W51', '2026-W52'].map((id) => isExpected(weekly, id))).toEqual([true, false]);
  });
});

describe('a formula', () => {
  it.each([
    ['shop + 1', false],
    ['shop + online', false],
    ['online * 2', true],
    ['coalesce(shop, online)', true],
    ['coalesce(shop, 2 * shop)', false],
    ['if(online > 0, online, shop)', true],
    ['if(shop > 0, online, online)', false],
  ])('goes by what it cannot do without: %s', (text, expected) => {
    expect(isExpected(formula(text), '2026-05-31')).toBe(expected);
    expect(isExpected(formula(text), '2026-05-29')).toBe(true);
  });

  it('is to have a value where a missing policy stands in', () => {
    expect(isExpected(formula('shop + online', 'zero'), '2026-05-31')).toBe(true);
  });
});

describe('a window or lift', () => {
  const input = { measure: 'c/shop', missing: 'absent' } as const;

  it('is to have none only where nothing of it is', () => {
    const rolling = derived({ kind: 'window', input: { ...input, over: { kind: 'rolling', periods: 2 } } });
    expect(['2026-05-30', '2026-05-31'].map((id) => isExpected(rolling, id))).toEqual([true, false]);
    const lifted = derived({ kind: 'window', input }, 'weekly');
    expect(['2026-W51', '2026-W52'].map((id) => isExpected(lifted, id))).toEqual([true, false]);
  });
});

it('children are to have none where none of them is', () => {
  const of = (id: string) => derived({ kind: 'children', measure: id, combine: 'sum' });
  expect(['shop', 'both'].map((id) => isExpected(of(id), '2026-05-31'))).toEqual([false, true]);
});
