import { Decimal as Base } from 'decimal.js';
import type { Decimal } from '../../value/decimal.js';
import type { Fraction } from '../../value/fraction.js';

/** Powers with a fraction as exponent have no exact decimals: 40 digits, half-even. */
const Power = Base.clone({
  defaults: true,
  precision: 40,
  rounding: Base.ROUND_HALF_EVEN,
  minE: -9_000_000,
  maxE: 9_000_000,
});

/**
 * The constant rate a year that leads from one amount to another: (to ÷ from)^(1 ÷ years) − 1, at 40 digits.
 *
 * `from`, `to` and `years` are above 0. The source is the compound annual growth rate as statistical offices use it
 * for indicators with a target (Eurostat, Sustainable development in the European Union, annex on methods).
 */
export function growthRate(from: Decimal, to: Decimal, years: Fraction): Decimal {
  const exponent = new Power(years.denominator.toString()).div(years.numerator.toString());
  return new Power(to.toString()).div(from.toString()).pow(exponent).minus(1);
}
