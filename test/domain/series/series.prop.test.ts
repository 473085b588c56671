import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriodId, periodContaining } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { Frequency } from '#src/domain/period/types.js';
import { betterBy } from '#src/domain/series/generators/better-by.js';
import { unitsIn } from '#src/domain/series/generators/per-time.js';
import { targetSoFar } from '#src/domain/series/generators/so-far.js';
import { type Part, splitTotal } from '#src/domain/series/generators/split-total.js';
import { countedTo, periodsCountedTo } from '#src/domain/series/series-calendar.js';
import { targetInForce } from '#src/domain/target/target-in-force.js';
import type { TargetVersion } from '#src/domain/target/types.js';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';
import { contextOf, targetAt, textOf, WEEK } from './series-context.js';

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, places]) => canonical(new Decimal(`${digits}e-${places}`)));
const weight = number.map((text) => canonical(decimal(text).abs()));
const positiveWeight = weight.filter((text) => text !== '0');
const places = fc.integer({ min: 0, max: 6 });
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: weight.map((text) => ({ weight: text })) },
  { weight: 1, arbitrary: number.map((text) => ({ fixed: text })) },
);
/** Parts of which at least one can take a rest. */
const parts = fc
  .tuple(fc.array(part, { maxLength: 60 }), positiveWeight, fc.array(part, { maxLength: 5 }))
  .map(([before, taker, after]) => [...before, { weight: taker }, ...after]);
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

const sum = (texts: readonly string[]): Decimal => texts.reduce((total, text) => total.plus(text), new Decimal(0));

describe('parts of a total', () => {
  it('add up to it to the last digit, whatever the weights, places and fixed parts', () => {
    fc.assert(
      fc.property(number, parts, places, (total, given, scale) => {
        expect(canonical(sum(splitTotal(total, given, scale) ?? []))).toBe(total);
      }),
    );
  });

  it('leave the fixed ones as they are, also when they are split again with those found fixed', () => {
    fc.assert(
      fc.property(number, parts, places, fc.integer({ min: 0, max: 60 }), (total, given, scale, count) => {
        const shares = splitTotal(total, given, scale) ?? [];
        given.forEach((each, index) => {
          if ('fixed' in each) expect(shares[index]).toBe(each.fixed);
        });
        // With an even number of them fixed at their share the others may move by rounding only, and the total stays.
        const again = given.map((each, index) => (index < count ? { fixed: shares[index] ?? '0' } : each));
        const second = splitTotal(total, again, scale);
        if (second === undefined) return;
        expect(second.slice(0, count)).toEqual(shares.slice(0, count));
        expect(canonical(sum(second))).toBe(total);
      }),
    );
  });

  it('lie within one unit of the last place of their exact share, and on the side of zero of the rest', () => {
    fc.assert(
      fc.property(
        number,
        fc.array(positiveWeight, { minLength: 1, maxLength: 60 }),
        places,
        (total, weights, scale) => {
          const shares = splitTotal(
            total,
            weights.map((each) => ({ weight: each })),
            scale,
          );
          const unit = new Decimal(10).pow(-Math.max(scale, decimal(total).decimalPlaces()));
          for (const [index, share] of (shares ?? []).entries()) {
            const scaled = decimal(share)
              .times(sum(weights))
              .minus(decimal(total).times(weights[index] ?? '0'))
              .abs();
            expect(scaled.lessThan(unit.times(sum(weights)))).toBe(true);
            expect(decimal(share).times(total).isNegative() && share !== '0').toBe(false);
          }
        },
      ),
    );
  });

  it('of a negative total are those of the positive one with the sign turned', () => {
    fc.assert(
      fc.property(
        number,
        fc.array(positiveWeight, { minLength: 1, maxLength: 20 }),
        places,
        (total, weights, scale) => {
          const given = weights.map((each) => ({ weight: each }));
          const turned = splitTotal(canonical(decimal(total).negated()), given, scale)?.map((text) =>
            canonical(decimal(text).negated()),
          );
          expect(turned).toEqual(splitTotal(total, given, scale));
        },
      ),
    );
  });
});

describe('periods counted to a coarser one', () => {
  const pairs: readonly (readonly [Frequency, Frequency])[] = [
    ['daily', 'monthly'],
    ['weekly', 'monthly'],
    ['weekly', 'quarterly'],
    ['weekly', 'yearly'],
    ['monthly', 'quarterly'],
    ['quarterly', 'yearly'],
  ];

  it.each(pairs)('are each counted to exactly one, %s to %s', (frequency, coarser) => {
    fc.assert(
      fc.property(day, (date) => {
        const period = periodContaining(date, frequency);
        const coarse = countedTo(period, { frequency }, coarser);
        expect(periodsCountedTo(coarse, { frequency }).filter(({ id }) => id === period.id)).toHaveLength(1);
        const beside = periodContaining(coarse.end, coarser);
        expect(periodsCountedTo(beside, { frequency }).some(({ id }) => id === period.id)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('make the ISO week-year of weeks and years', () => {
    fc.assert(
      fc.property(day, (date) => {
        const week = periodContaining(date, 'weekly');
        expect(countedTo(week, { frequency: 'weekly' }, 'yearly').id).toBe(week.id.slice(0, 4));
      }),
    );
  });
});

describe('lines', () => {
  it('hit both ends exactly and never leave the values between them', () => {
    fc.assert(
      fc.property(number, number, day, fc.integer({ min: 1, max: 40 }), places, (first, last, date, length, scale) => {
        const start = periodContaining(date, 'weekly');
        const end = periodContaining(addDays(start.start, length * 7), 'weekly');
        const knots = [
          { period: start.id, value: first },
          { period: end.id, value: last },
        ];
        const context = contextOf('weekly');
        const source = { kind: 'linear' as const, knots };
        expect(textOf(targetAt(source, start.id, context))).toBe(first);
        expect(textOf(targetAt({ ...source, places: scale }, end.id, context))).toBe(last);
        const between = periodContaining(addDays(start.start, Math.floor(length / 2) * 7), 'weekly');
        const value = decimal(textOf(targetAt(source, between.id, context)));
        expect(value.greaterThanOrEqualTo(Decimal.min(first, last))).toBe(true);
        expect(value.lessThanOrEqualTo(Decimal.max(first, last))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('target versions', () => {
  const version: fc.Arbitrary<TargetVersion> = fc
    .tuple(day, fc.option(fc.integer({ min: 1, max: 800 })), number)
    .map(([from, days, text]) => ({
      from,
      ...(days === null ? {} : { until: addDays(from, days) }),
      target: { kind: 'value' as const, value: text },
    }));
  const versions = fc.uniqueArray(version, { selector: ({ from }) => from, maxLength: 12 });

  it('do not depend on the order they are listed in', () => {
    fc.assert(
      fc.property(versions, day, (list, start) => {
        const expected = targetInForce(list, { start });
        expect(targetInForce(list.toReversed(), { start })).toEqual(expected);
        expect(
          targetInForce(
            list.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
            { start },
          ),
        ).toEqual(expected);
      }),
    );
  });

  it('partition time: a day has the version that began last, or none where that has expired', () => {
    fc.assert(
      fc.property(versions, day, (list, start) => {
        const ascending = list.toSorted((a, b) => (a.from < b.from ? -1 : 1));
        const holding = ascending.filter(({ from, until }, index) => {
          const next = ascending[index + 1]?.from;
          const end = [next, until].filter((each) => each !== undefined).sort()[0];
          return from <= start && (end === undefined || start < end);
        });
        expect(holding.length).toBeLessThanOrEqual(1);
        expect(targetInForce(list, { start })).toEqual(holding[0]?.target);
      }),
    );
  });
});

describe('per cent better', () => {
  it('is monotone: more per cent is never worse', () => {
    fc.assert(
      fc.property(number, number, number, (base, a, b) => {
        const [less, more] = decimal(a).lessThan(b) ? [a, b] : [b, a];
        const higher = [less, more].map((percent) => decimal(betterBy(base, percent, 'higher-is-better') ?? ''));
        const lower = [less, more].map((percent) => decimal(betterBy(base, percent, 'lower-is-better') ?? ''));
        expect(higher[1]?.greaterThanOrEqualTo(higher[0] ?? 0)).toBe(true);
        expect(lower[1]?.lessThanOrEqualTo(lower[0] ?? 0)).toBe(true);
      }),
    );
  });

  it('mirrors: what is better for higher lies as far above as what is better for lower lies below', () => {
    fc.assert(
      fc.property(number, number, (base, percent) => {
        const up = decimal(betterBy(base, percent, 'higher-is-better') ?? '').minus(base);
        const down = decimal(base).minus(betterBy(base, percent, 'lower-is-better') ?? '0');
        expect(canonical(up)).toBe(canonical(down));
      }),
    );
  });
});

describe('units of time in a period', () => {
  it('of finer periods add up to those of the whole', () => {
    const units = fc.constantFrom(
      'day' as const,
      'working_day' as const,
      'week' as const,
      'month' as const,
      'year' as const,
    );
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }), units, (start, a, b, unit) => {
        const [middle, end] = [addDays(start, a), addDays(start, a + b)];
        const amount = (from: string, to: string) =>
          unitsIn({ start: from, end: to }, unit, { frequency: 'daily' }, WEEK);
        const [x, y, whole] = [amount(start, middle), amount(middle, end), amount(start, end)];
        const left = x.numerator.times(y.denominator).plus(y.numerator.times(x.denominator)).times(whole.denominator);
        const right = whole.numerator.times(x.denominator).times(y.denominator);
        expect(left.equals(right)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are exactly one month in each month and one year in each year', () => {
    fc.assert(
      fc.property(day, (date) => {
        for (const [unit, frequency] of [
          ['month', 'monthly'],
          ['year', 'yearly'],
          ['week', 'weekly'],
        ] as const) {
          const { numerator, denominator } = unitsIn(periodContaining(date, frequency), unit, { frequency }, WEEK);
          expect(numerator.equals(denominator)).toBe(true);
        }
      }),
    );
  });
});

describe('a target so far', () => {
  it('grows from 0 to the whole, for targets above 0', () => {
    const march = parsePeriodId('2026-03');
    fc.assert(
      fc.property(weight, fc.integer({ min: -5, max: 35 }), (text, days) => {
        const at = (passed: number): Decimal => {
          const part = targetSoFar({ kind: 'value', value: text }, march, addDays('2026-03-01', passed));
          return decimal(part.kind === 'value' ? part.value : '');
        };
        expect(at(days).lessThanOrEqualTo(at(days + 1))).toBe(true);
        expect(canonical(at(0))).toBe('0');
        expect(canonical(at(31))).toBe(text);
      }),
    );
  });
});
