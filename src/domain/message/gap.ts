import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import { canonical, Decimal, decimal, divide, roundTo } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Gap } from './types.js';

type GapMeasure = Pick<Measure, 'unit' | 'decimals' | 'labels' | 'direction'>;

const PERCENT_PLACES = 4;

/**
 * How far a value is from a stored target, `85` or `72..82`; exact.
 *
 * The words say on which side it is by the direction of the measure, and are rounded as values are: what would be shown as
 * nothing is "less than" the smallest step shown. In percent only against a single target above 0.
 */
export function gapBetween(value: DecimalText, target: string, measure: GapMeasure): Gap {
  const [low = target, high = low] = target.split('..');
  const isRange = target.includes('..');
  const by = distance(decimal(value), decimal(low), decimal(high));
  const percent =
    isRange || measure.labels !== undefined || !decimal(low).isPositive() || decimal(low).isZero()
      ? undefined
      : roundTo(canonical(divide(by.times(100), decimal(low))), PERCENT_PLACES);
  return {
    by: canonical(by),
    ...(percent === undefined ? {} : { percent }),
    words: wordsOf(by, percent, isRange, measure),
  };
}

function distance(value: Decimal, low: Decimal, high: Decimal): Decimal {
  if (value.lessThan(low)) return value.minus(low);
  return value.greaterThan(high) ? value.minus(high) : new Decimal(0);
}

function wordsOf(by: Decimal, percent: DecimalText | undefined, isRange: boolean, measure: GapMeasure): string {
  const held = isRange ? 'the target range' : 'the target';
  if (by.isZero()) return isRange ? `within ${held}` : `on ${held}`;
  const size = canonical(by.abs());
  // A percentage of percentage points would be read as the other one.
  const share = percent === undefined || measure.unit === 'percent' ? '' : shareText(percent);
  return `${sizeText(size, measure)}${share} ${sideOf(by, isRange, measure.direction)} ${held}`;
}

function sideOf(by: Decimal, isRange: boolean, direction: Measure['direction']): string {
  if (direction === 'higher-is-better' && !isRange) return by.isNegative() ? 'short of' : 'above';
  if (direction === 'lower-is-better' && !isRange) return by.isNegative() ? 'under' : 'over';
  return by.isNegative() ? 'below' : 'above';
}

function shareText(percent: DecimalText): string {
  const shown = decimal(roundTo(percent, 1)).abs();
  return shown.isZero() ? '' : ` (${shown.toFixed(1)} %)`;
}

function sizeText(size: DecimalText, measure: GapMeasure): string {
  if (measure.labels !== undefined) return size === '1' ? '1 step' : `${size} steps`;
  const unit = measure.unit === 'percent' ? 'percentage points' : measure.unit;
  const shown = (each: DecimalText): string => valueText(each, { unit, decimals: measure.decimals });
  if (!decimal(roundTo(size, measure.decimals)).isZero()) return shown(size);
  return `less than ${shown(canonical(new Decimal(10).pow(-measure.decimals)))}`;
}
