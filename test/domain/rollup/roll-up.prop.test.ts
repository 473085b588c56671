import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import type { RollUpChild, RollUpMethod } from '#src/domain/rollup/types.js';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';

const rule = { onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0', minimumChildren: 0 };
const share = fc.integer({ min: 0, max: 1000 }).map((units) => canonical(new Decimal(`${units}e-3`)));
const weight = fc.integer({ min: 1, max: 1000 }).map((units) => canonical(new Decimal(`${units}e-1`)));

const scored: fc.Arbitrary<RollUpChild> = fc.record({
  node: fc.string(),
  weight,
  score: share,
  coverage: share,
  status: fc.constant('at_risk' as const),
});
const missing: fc.Arbitrary<RollUpChild> = fc.record({
  node: fc.string(),
  weight,
  status: fc.constant('missing' as const),
});
const children = fc.array(fc.oneof(scored, missing), { maxLength: 8 });

const status = fc.constantFrom('on_track' as const, 'at_risk' as const, 'off_track' as const);
const methods: fc.Arbitrary<RollUpMethod> = fc.constantFrom<RollUpMethod>(
  { kind: 'weighted_mean' },
  { kind: 'worst' },
  { kind: 'best' },
  { kind: 'most_frequent', ties: 'worst' },
  { kind: 'most_frequent', ties: 'best' },
  { kind: 'sum_of_points' },
  { kind: 'best_of', count: 2 },
);

/** Children that differ in name, as those of one parent do. */
const siblings = fc
  .array(
    fc.oneof(
      fc.tuple(scored, status).map(([child, own]) => ({ ...child, status: own })),
      missing,
    ),
    { maxLength: 8 },
  )
  .map((those) => those.map((child, index): RollUpChild => ({ ...child, node: `n${index}` })));

describe('rollUp by any method', () => {
  it('does not depend on the order of children', () => {
    const shuffled = siblings.chain((those) =>
      fc.tuple(fc.constant(those), fc.shuffledSubarray(those, { minLength: those.length, maxLength: those.length })),
    );
    fc.assert(
      fc.property(shuffled, methods, ([those, others], method) => {
        const { without: _, ...result } = rollUp(those, { ...rule, method });
        const { without: _others, ...other } = rollUp(others, { ...rule, method });
        expect(other).toEqual(result);
      }),
    );
  });

  it('gives the score and status that it has when children without a score are left out', () => {
    fc.assert(
      fc.property(siblings, methods, (those, method) => {
        const withAll = rollUp(those, { ...rule, method });
        const without = rollUp(
          those.filter((child) => child.score !== undefined),
          { ...rule, method },
        );
        expect([withAll.score, withAll.status, withAll.points]).toEqual([
          without.score,
          without.status,
          without.points,
        ]);
      }),
    );
  });

  it('lies between the least and the greatest score of the children, or is absent with them', () => {
    fc.assert(
      fc.property(siblings, methods, (those, method) => {
        const scores = those.flatMap(({ score }) => (score === undefined ? [] : [decimal(score)]));
        const { score } = rollUp(those, { ...rule, method });
        if (scores.length === 0) expect(score).toBeUndefined();
        else {
          expect(decimal(score ?? '-1').greaterThanOrEqualTo(Decimal.min(...scores))).toBe(true);
          expect(decimal(score ?? '2').lessThanOrEqualTo(Decimal.max(...scores))).toBe(true);
        }
      }),
    );
  });

  it('scores a sum of points as the weighted mean', () => {
    fc.assert(
      fc.property(siblings, (those) => {
        const {
          points: _points,
          possible: _possible,
          ...summed
        } = rollUp(those, {
          ...rule,
          method: { kind: 'sum_of_points' },
        });
        expect(summed).toEqual(rollUp(those, rule));
      }),
    );
  });

  it('is never better under a higher minimum, nor has a score that it had not', () => {
    fc.assert(
      fc.property(siblings, methods, share, fc.nat(8), (those, method, minimumCoverage, minimumChildren) => {
        const strict = rollUp(those, { ...rule, method, minimumCoverage, minimumChildren });
        const lax = rollUp(those, { ...rule, method });
        if (strict.score !== undefined) expect(strict).toEqual(lax);
        else expect(strict.coverage).toBe(lax.coverage);
      }),
    );
  });
});

describe('rollUp', () => {
  it('changes coverage and never the mean when a child without a score joins', () => {
    fc.assert(
      fc.property(children, missing, (those, one) => {
        const before = rollUp(those, rule);
        const after = rollUp([...those, one], rule);
        expect([after.score, after.status]).toEqual([before.score, before.status]);
        expect(decimal(after.coverage).lessThanOrEqualTo(before.coverage)).toBe(true);
      }),
    );
  });

  it('does not depend on the unit of weights', () => {
    fc.assert(
      fc.property(children, weight, (those, factor) => {
        const scaled = those.map((each) => ({ ...each, weight: canonical(decimal(each.weight).times(factor)) }));
        expect(rollUp(scaled, rule)).toEqual(rollUp(those, rule));
      }),
    );
  });

  it('lies between the least and the greatest score of the children', () => {
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 8 }), (those) => {
        const scores = those.map((each) => decimal(each.score ?? '0'));
        const score = decimal(rollUp(those, rule).score ?? '-1');
        expect(score.greaterThanOrEqualTo(Decimal.min(...scores))).toBe(true);
        expect(score.lessThanOrEqualTo(Decimal.max(...scores))).toBe(true);
      }),
    );
  });

  it('has a coverage from 0 to 1, and a score just when some child has one', () => {
    fc.assert(
      fc.property(children, (those) => {
        const { coverage, score, without } = rollUp(those, rule);
        expect(decimal(coverage).greaterThanOrEqualTo(0) && decimal(coverage).lessThanOrEqualTo(1)).toBe(true);
        expect(score !== undefined).toBe(without.length < those.length);
      }),
    );
  });
});
