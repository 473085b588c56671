import { NARROW_DIGITS, WIDE_PLACES, wideAt } from '../../value/columns/decimal-vector.js';
import type { DecimalText } from '../../value/types.js';
import { compareDecimalTexts } from '../cell-order.js';
import { type ConditionSieve, HOLDS, type Operator, wrongVector } from './condition-sieve.js';

/** Beyond all units of narrow cells, so that a limit out there is as good as this one. */
const BEYOND = 10n ** BigInt(NARROW_DIGITS + 1);

/** Numbers: of a narrow cell the units are held against the literal in whole units of the same places. */
export function decimalSieve(operator: Operator, literal: DecimalText): ConditionSieve {
  const holds = HOLDS[operator];
  const { below, above } = limitsOf(literal);
  return (vector, rows, count, kept) => {
    if (vector.kind !== 'decimal') throw wrongVector(vector, 'decimals');
    const { units, places } = vector;
    let length = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const place = places[row] ?? 0;
      let order: number;
      if (place <= NARROW_DIGITS) {
        const unit = units[row] ?? 0;
        order = unit <= (below[place] ?? 0) ? -1 : unit >= (above[place] ?? 0) ? 1 : 0;
      } else if (place === WIDE_PLACES) {
        order = compareDecimalTexts(wideAt(vector, row), literal);
      } else {
        continue;
      }
      if (holds(order)) kept[length++] = row;
    }
    return length;
  };
}

/** By number of places: the greatest units that are less than the literal, and the least that are more. */
function limitsOf(literal: DecimalText): { below: Float64Array; above: Float64Array } {
  const point = literal.indexOf('.');
  const scale = 10n ** BigInt(point < 0 ? 0 : literal.length - point - 1);
  const digits = BigInt(literal.replace('.', ''));
  const [below, above] = [new Float64Array(NARROW_DIGITS + 1), new Float64Array(NARROW_DIGITS + 1)];
  for (let place = 0; place <= NARROW_DIGITS; place++) {
    const scaled = digits * 10n ** BigInt(place);
    const floor = floorOf(scaled, scale);
    const exact = floor * scale === scaled;
    below[place] = clamped(exact ? floor - 1n : floor);
    above[place] = clamped(floor + 1n);
  }
  return { below, above };
}

function floorOf(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}

/** A limit that a double holds closely enough: narrow units are whole and have fewer digits than what is rounded here. */
function clamped(limit: bigint): number {
  if (limit > BEYOND) return Number.POSITIVE_INFINITY;
  if (limit < -BEYOND) return Number.NEGATIVE_INFINITY;
  let magnitude = 0;
  for (const digit of String(limit < 0n ? -limit : limit)) magnitude = magnitude * 10 + digit.charCodeAt(0) - 48;
  return limit < 0n ? -magnitude : magnitude;
}
