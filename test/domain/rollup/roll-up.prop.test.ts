import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import type { RollUpChild } from '#src/domain/rollup/types.js';
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
