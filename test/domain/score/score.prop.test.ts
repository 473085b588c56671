import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenBands } from '#src/domain/score/map/between-bands.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { Band, PeriodScore, Status } from '#src/domain/score/types.js';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';

const amount = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc
    .tuple(fc.bigInt({ min, max }), fc.integer({ min: 0, max: 6 }))
    .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`)));
const positive = amount(1n, 10n ** 9n);
const any = amount(-(10n ** 9n), 10n ** 9n);
const period = { id: '2026-03', frequency: 'monthly', start: '2026-03-01', end: '2026-04-01' } as const;

/** A rule of either direction on any basis: on-track limit, and how far the at-risk limit is on its worse side. */
const rule = fc.record({
  basis: fc.constantFrom('value' as const, 'percent_of_target' as const),
  higher: fc.boolean(),
  limit: any,
  room: positive,
});
type Rule = typeof rule extends fc.Arbitrary<infer T> ? T : never;

function score({ basis, higher, limit, room }: Rule, value: string, target: string): PeriodScore {
  const operator = higher ? '>=' : '<=';
  const atRisk = canonical(higher ? decimal(limit).minus(room) : decimal(limit).plus(room));
  const bands: readonly Band[] = [
    { status: 'on_track', basis, operator, limit, text: 'on track' },
    { status: 'at_risk', basis, operator, limit: atRisk, text: 'at risk' },
    { status: 'off_track', basis, operator: 'else', text: 'else' },
  ];
  const measure = {
    address: 'company/any',
    direction: higher ? ('higher-is-better' as const) : ('lower-is-better' as const),
    targets: [{ from: '2026-01-01', target: { kind: 'value' as const, value: target } }],
    bands,
    scoreMap: betweenBands(bands),
  };
  return scorePeriod({ measure, period, value, freshness: 'reported' });
}

const RANK: readonly string[] = ['off_track', 'at_risk', 'on_track'] satisfies readonly Status[];

function scored(outcome: PeriodScore): { readonly score: string; readonly status: Status } {
  if (!outcome.scored) throw new Error(outcome.reason);
  return outcome;
}

describe('scores', () => {
  it('stay the same when value and target grow alike', () => {
    fc.assert(
      fc.property(rule, any, positive, positive, (given, value, target, factor) => {
        const onTarget = { ...given, basis: 'percent_of_target' as const };
        const grown = score(onTarget, times(value, factor), times(target, factor));
        const { target: _one, ...before } = score(onTarget, value, target);
        const { target: _other, ...after } = grown;
        expect(after).toEqual(before);
      }),
    );
  });

  it('lie from 0 to 1', () => {
    fc.assert(
      fc.property(rule, any, positive, (given, value, target) => {
        const at = decimal(scored(score(given, value, target)).score);
        expect(at.greaterThanOrEqualTo(0) && at.lessThanOrEqualTo(1)).toBe(true);
      }),
    );
  });

  it('never fall, nor does the status, when the value gets better', () => {
    fc.assert(
      fc.property(rule, any, positive, positive, (given, value, target, gain) => {
        const moved = given.higher ? decimal(value).plus(gain) : decimal(value).minus(gain);
        const before = scored(score(given, value, target));
        const after = scored(score(given, canonical(moved), target));
        expect(decimal(after.score).greaterThanOrEqualTo(before.score)).toBe(true);
        expect(RANK.indexOf(after.status)).toBeGreaterThanOrEqual(RANK.indexOf(before.status));
      }),
    );
  });

  it('give a value on a limit the better band and the score of that limit, exactly', () => {
    fc.assert(
      fc.property(rule, positive, (given, target) => {
        const worse = given.higher ? decimal(given.limit).minus(given.room) : decimal(given.limit).plus(given.room);
        const valueAt = (limit: Decimal): string =>
          canonical(given.basis === 'value' ? limit : limit.times(target).times('0.01'));
        expect(score(given, valueAt(decimal(given.limit)), target)).toMatchObject({ status: 'on_track', score: '1' });
        expect(score(given, valueAt(worse), target)).toMatchObject({ status: 'at_risk', score: '0.5' });
      }),
    );
  });
});

function times(left: string, right: string): string {
  return canonical(decimal(left).times(right));
}
