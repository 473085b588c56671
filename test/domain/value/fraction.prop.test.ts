import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical, Decimal, type RoundingMode, roundTo } from '#src/domain/value/decimal.js';
import { compareFraction, over, quotient, roundToStep, whole } from '#src/domain/value/fraction.js';

const MODES: readonly RoundingMode[] = ['half-even', 'half-up', 'half-down', 'up', 'down', 'ceiling', 'floor'];
const mode = fc.constantFrom(...MODES);
const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 8 }))
  .map(([units, places]) => new Decimal(`${units}e-${places}`));

it('rounding to a step of a power of ten is rounding to places', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 4 }), mode, (value, places, how) => {
      const step = canonical(new Decimal(`1e-${places}`));
      expect(canonical(roundToStep(whole(value), step, how))).toBe(roundTo(canonical(value), places, how));
    }),
  );
});

it('a rounded fraction is a multiple of the step, less than a step away', () => {
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 999 }), mode, (a, b, units, how) => {
      fc.pre(!b.isZero());
      const step = new Decimal(units).div(100);
      const rounded = roundToStep(over(a, b), canonical(step), how);
      expect(rounded.modulo(step).isZero()).toBe(true);
      expect(compareFraction(over(a, b), rounded.plus(step))).toBe(-1);
      expect(compareFraction(over(a, b), rounded.minus(step))).toBe(1);
    }),
  );
});

it('a quotient that needs no rounding is the fraction itself', () => {
  fc.assert(
    fc.property(number, (value) => {
      const doubled = over(value.times(2), new Decimal(2));
      expect(compareFraction(doubled, quotient(doubled))).toBe(0);
    }),
  );
});
