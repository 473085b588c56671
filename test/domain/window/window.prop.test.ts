import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriodId, periodsIn } from '#src/domain/period/period.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import { type Gathered, gather } from '#src/domain/window/gather.js';
import type { StoredPart, StoredSeries } from '#src/domain/window/types.js';

const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.integer({ min: 0, max: 4 }))
  .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`)));

const months = periodsIn('2025-01-01', '2027-01-01', 'monthly');
const monthlySums = fc.array(fc.option(decimalText), { minLength: 24, maxLength: 24 }).map((values) =>
  of(
    'sum',
    values.map((value) => (value === null ? undefined : { value })),
  ),
);
const cases = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }));
const monthlyRatios = fc.array(fc.option(cases), { minLength: 24, maxLength: 24 }).map((sides) =>
  of(
    'ratio',
    sides.map((side) => (side === null ? undefined : { numerator: `${side[0]}`, denominator: `${side[1]}` })),
  ),
);

function of(combination: 'sum' | 'ratio', parts: readonly (StoredPart | undefined)[]): StoredSeries {
  const entries = parts.flatMap((part, index) =>
    part === undefined ? [] : [[months[index]?.id ?? '', part] as const],
  );
  return { grain: { frequency: 'monthly' }, combination, values: new Map(entries) };
}

const ask = (series: StoredSeries, id: string, rule?: 'year_to_date'): Gathered => {
  const period = parsePeriodId(id);
  const over = rule === undefined ? {} : { rule: { kind: rule } };
  return gather(series, { period, grain: { frequency: period.frequency }, missing: 'absent', ...over });
};

const plain = (gathered: Gathered): string => ('part' in gathered ? (gathered.part.value ?? '') : gathered.reason.code);

/** The same values lifted to quarters first. */
function lifted(series: StoredSeries): StoredSeries {
  const quarters = periodsIn('2025-01-01', '2027-01-01', 'quarterly').flatMap(({ id }) => {
    const gathered = ask(series, id);
    return 'part' in gathered ? [[id, gathered.part] as const] : [];
  });
  return { ...series, grain: { frequency: 'quarterly' }, values: new Map(quarters) };
}

describe('windows', () => {
  it('make of the last month to date what the year makes of all its months', () => {
    fc.assert(
      fc.property(monthlySums, (series) => {
        if (!series.values.has('2026-12')) return;
        expect(plain(ask(series, '2026-12', 'year_to_date'))).toBe(plain(ask(series, '2026')));
      }),
    );
  });

  it('give the same after lifting as with it', () => {
    fc.assert(
      fc.property(monthlySums, (series) => {
        expect(plain(ask(lifted(series), '2026-Q3', 'year_to_date'))).toBe(
          plain(ask(series, '2026-Q3', 'year_to_date')),
        );
      }),
    );
  });

  it('give a ratio the same after lifting, where every quarter has cases', () => {
    fc.assert(
      fc.property(monthlyRatios, (series) => {
        const quarters = lifted(series);
        fc.pre(['2026-Q1', '2026-Q2', '2026-Q3'].every((id) => quarters.values.has(id)));
        expect(plain(ask(quarters, '2026-Q3', 'year_to_date'))).toBe(plain(ask(series, '2026-Q3', 'year_to_date')));
      }),
    );
  });

  it('expect as many periods as they have and as they lack', () => {
    fc.assert(
      fc.property(monthlySums, fc.integer({ min: 2, max: 12 }), (series, periods) => {
        const question = { period: parsePeriodId('2026-12'), grain: series.grain, missing: 'absent' as const };
        const { taken } = gather(series, { ...question, rule: { kind: 'rolling', periods } });
        const there = months.slice(-periods).filter(({ id }) => series.values.has(id));
        expect(taken.expected).toBe(periods);
        expect(taken.without.length).toBe(periods - there.length);
      }),
    );
  });
});
