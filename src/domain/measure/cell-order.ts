import type { DecimalText } from '../value/types.js';

/** Order by code units: the same on every machine, whatever its locale. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Order of two canonical decimals, without making numbers of them: a filter asks this once a row.
 *
 * Canonical text has no exponent and no idle zeros, so of two magnitudes the one with the longer whole part is
 * greater, and at equal length the text decides.
 */
export function compareDecimalTexts(left: DecimalText, right: DecimalText): number {
  const leftNegative = left.startsWith('-');
  if (leftNegative !== right.startsWith('-')) return leftNegative ? -1 : 1;
  return leftNegative ? compareMagnitudes(right.slice(1), left.slice(1)) : compareMagnitudes(left, right);
}

function compareMagnitudes(left: string, right: string): number {
  const byLength = wholeLength(left) - wholeLength(right);
  return byLength === 0 ? compareTexts(left, right) : byLength;
}

function wholeLength(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? text.length : point;
}
