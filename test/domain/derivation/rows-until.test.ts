// Until when the rows reach that a value is made of: what has to be read before it can be final.
import { describe, expect, it } from 'vitest';
import { rowsUntil } from '#src/domain/derivation/rows-until.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { Derivation, FormulaInput } from '#src/domain/measure/derivation.js';
import type { CollectedMeasure, DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { Frequency } from '#src/domain/period/types.js';

const own = {
  id: 'any',
  name: 'Any',
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

const collected = (id: string, frequency: Frequency): CollectedMeasure => ({
  ...own,
  address: `c/${id}`,
  frequency,
  extract: id,
  aggregation: { kind: 'sum', column: 'amount', where: [] },
  scale: '1',
  emptyMeansZero: false,
  restatementPeriods: 3,
});

const derived = (id: string, derivation: Derivation, frequency: Frequency = 'monthly'): DerivedMeasure => ({
  ...own,
  address: `c/${id}`,
  frequency,
  derivation,
});

const formula = (
  id: string,
  text: string,
  inputs: Readonly<Record<string, Omit<FormulaInput, 'missing'>>>,
  frequency: Frequency = 'monthly',
): DerivedMeasure => {
  const reading = parseFormula(text);
  if (!reading.ok) throw new Error(text);
  const all = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, { ...input, missing: 'absent' as const }]),
  );
  return derived(id, { kind: 'formula', formula: reading.formula, text, inputs: all }, frequency);
};

const shop = collected('shop', 'monthly');
const weeks = collected('weeks', 'weekly');
const year = collected('year', 'yearly');

const until = (measure: Measure, period: string, ...others: readonly Measure[]): Record<string, string> => {
  const known = new Map([shop, weeks, year, measure, ...others].map((each) => [each.address, each]));
  const around = {
    measureOf: (address: string) => known.get(address),
    childrenOf: () => others,
  };
  return Object.fromEntries(
    [...rowsUntil(measure, parsePeriodId(period, []), around)].map(([{ extract }, end]) => [extract, end]),
  );
};

describe('rowsUntil', () => {
  it('is the end of the period for rows of the measure itself', () => {
    expect(until(shop, '2026-10')).toEqual({ shop: '2026-11-01' });
  });

  it('is that of the last week that a month is made of', () => {
    const made = derived('made', { kind: 'window', input: { measure: 'c/weeks', missing: 'absent' } });
    // The week from 26 October to 1 November has most of its days in October.
    expect(until(made, '2026-10')).toEqual({ weeks: '2026-11-02' });
  });

  it('goes down to the rows at any depth, and by the latest of the ways there', () => {
    const half = formula('half', 'a / 2', { a: { measure: 'c/shop', at: 'previous' } });
    const whole = formula('whole', 'a + b', { a: { measure: 'c/half' }, b: { measure: 'c/shop' } });
    expect(until(half, '2026-10')).toEqual({ shop: '2026-10-01' });
    expect(until(whole, '2026-10', half)).toEqual({ shop: '2026-11-01' });
  });

  it('comes to an end where a measure is made of its own past', () => {
    const grown = formula('grown', 'a + b', { a: { measure: 'c/grown', at: 'previous' }, b: { measure: 'c/shop' } });
    expect(until(grown, '2026-10')).toEqual({ shop: '2026-11-01' });
  });

  it('leaves out series, and what is reported less often', () => {
    const held = formula('held', 'a / b', { a: { measure: 'c/shop' }, b: { measure: 'c/weeks', series: 'target' } });
    expect(until(held, '2026-10')).toEqual({ shop: '2026-11-01' });
    expect(until(formula('part', 'a', { a: { measure: 'c/year' } }), '2026-10')).toEqual({});
  });

  it('is that of each child of what is made of those below', () => {
    const above = derived('above', { kind: 'children', measure: 'any', combine: 'sum' });
    expect(until(above, '2026-10', shop, weeks)).toEqual({ shop: '2026-11-01', weeks: '2026-11-02' });
  });
});
