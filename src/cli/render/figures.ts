import { withUnit } from '#src/domain/target/target-in-force.js';
import { canonical, decimal, roundTo } from '#src/domain/value/decimal.js';
import { formatDecimal } from '#src/domain/value/format-number.js';
import type { DecimalText } from '#src/domain/value/types.js';

/** A stored score (0–1) as people read it: 0–100 with one decimal. */
export function scoreFigure(score: DecimalText): string {
  return formatDecimal(canonical(decimal(score).times(100)), 1);
}

/** A share (0–1) in whole percent, rounded down: only a full one is 100 %. */
export function shareFigure(share: DecimalText): string {
  const percent = decimal(share).times(100);
  const whole = roundTo(canonical(percent), 0, 'floor');
  return whole === '0' && percent.greaterThan(0) ? '<1 %' : `${whole} %`;
}

/** A number with thousands separators and all its decimals. */
export function exactFigure(value: DecimalText): string {
  return formatDecimal(value, value.split('.')[1]?.length ?? 0);
}

/** A number as the measure shows it, its unit behind it. */
export function valueFigure(value: DecimalText, unit: string, decimals: number): string {
  return withUnit(formatDecimal(value, decimals), unit);
}

/** A stored target, `85` or `72..82`, with thousands separators: `85`, `72–82`. */
export function targetFigure(target: string): string {
  return target.split('..').map(exactFigure).join('–');
}
