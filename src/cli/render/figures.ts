import type { Measure } from '#src/domain/measure/types.js';
import { labelAt } from '#src/domain/measure/value-text.js';
import { shownPlaces, targetLabels } from '#src/domain/target/shown-target.js';
import { withUnit } from '#src/domain/target/target-in-force.js';
import { canonical, decimal, roundTo } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';

/** Decimals of a figure that is worked out, such as a quotient; more are of no use to a reader. */
const READABLE_PLACES = 4;

/**
 * A number rounded half-even to some places, with thousands separators: `1,234.50`.
 *
 * English, as all words of the command line are; without `Intl`, which takes longer to load than a table to print.
 */
export function figure(value: DecimalText, places: number): string {
  const [whole = '0', fraction = ''] = roundTo(value, places).split('.');
  const decimals = fraction.padEnd(places, '0');
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${decimals === '' ? '' : `.${decimals}`}`;
}

/** A stored score (0–1) as people read it: 0–100 with one decimal. */
export function scoreFigure(score: DecimalText): string {
  return figure(canonical(decimal(score).times(100)), 1);
}

/** A share (0–1) in whole percent, rounded down: only a full one is 100 %. */
export function shareFigure(share: DecimalText): string {
  const percent = decimal(share).times(100);
  const whole = roundTo(canonical(percent), 0, 'floor');
  return whole === '0' && percent.greaterThan(0) ? '<1 %' : `${whole} %`;
}

/** A number with thousands separators and all its decimals. */
export function exactFigure(value: DecimalText): string {
  return figure(value, value.split('.')[1]?.length ?? 0);
}

/** A number with all its decimals if those are few, else `about 88.8889`. */
export function readableFigure(value: DecimalText): string {
  const places = value.split('.')[1]?.length ?? 0;
  return places <= READABLE_PLACES ? exactFigure(value) : `about ${figure(value, READABLE_PLACES)}`;
}

/** A number as the measure shows it, its unit behind it; of an ordinal its word. */
export function valueFigure(
  value: DecimalText,
  { unit, decimals, labels }: Pick<Measure, 'unit' | 'decimals' | 'labels'>,
): string {
  return labelAt(value, labels) ?? withUnit(figure(value, decimals), unit);
}

/** A stored target with all its decimals, its unit behind it; of an ordinal its word. */
export function heldFigure(target: string, { unit, labels }: Pick<Measure, 'unit' | 'labels'>): string {
  return targetLabels(target, labels)?.join('–') ?? withUnit(targetFigure(target), unit);
}

/**
 * A stored target, `85` or `72..82`, with thousands separators: `85`, `72–82`.
 *
 * @param decimals of the measure, where it stands beside a value; absent: with all its own
 */
export function targetFigure(target: string, decimals?: number): string {
  const figureOf = (side: string): string =>
    decimals === undefined ? exactFigure(side) : figure(side, shownPlaces(side, decimals));
  return target.split('..').map(figureOf).join('–');
}
