import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareExample } from '#src/activities/example/compare-example.js';
import type { ExampleTrial } from '#src/activities/example/example-types.js';
import type { ExpectedNumber } from '#src/config/types.js';
import { canonical, decimal, roundTo } from '#src/domain/value/decimal.js';

const anyValue = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => canonical(decimal(digits.toString()).dividedBy(`1e${places}`)));
const anyPlaces = fc.integer({ min: 0, max: 15 });

const unscored = { scored: false, status: 'unscored', reason: 'the measure is shown but not scored' } as const;

function differences(expected: ExpectedNumber, got: string, decimals: number) {
  const trial = { example: { expect: { value: expected } }, measure: { decimals } } as unknown as ExampleTrial;
  return compareExample(trial, { value: got, isReported: true, rejects: [] }, unscored);
}

describe('comparing a number with what an example says', () => {
  it('finds no difference to what the value is when it is written with any decimals from those shown on', () => {
    fc.assert(
      fc.property(anyValue, anyPlaces, fc.integer({ min: 0, max: 4 }), (value, places, decimals) => {
        fc.pre(places >= decimals);
        expect(differences({ value: roundTo(value, places), places }, value, decimals)).toEqual([]);
      }),
    );
  });

  it('finds a difference of one in the last decimal that is written', () => {
    fc.assert(
      fc.property(anyValue, anyPlaces, (value, places) => {
        const apart = canonical(decimal(roundTo(value, places)).plus(`1e-${places}`));
        expect(differences({ value: apart, places }, value, 0)).toHaveLength(1);
      }),
    );
  });
});
