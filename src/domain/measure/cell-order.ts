import type { DecimalText } from '../value/types.js';

/** Order by code units: the same on every machine, whatever its locale. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Order of two places in a source, such as `sales.csv:9` before `sales.csv:13`: runs of digits compare as whole numbers,
 * everything else by code units. Different texts are never equal, so that the order of arrival has nothing to decide.
 */
export function comparePlaces(left: string, right: string): number {
  let [leftAt, rightAt] = [0, 0];
  while (leftAt < left.length && rightAt < right.length) {
    const [leftUnit, rightUnit] = [left.charCodeAt(leftAt), right.charCodeAt(rightAt)];
    if (isDigit(leftUnit) && isDigit(rightUnit)) {
      const [leftEnd, rightEnd] = [digitsEnd(left, leftAt), digitsEnd(right, rightAt)];
      const [leftFrom, rightFrom] = [zerosEnd(left, leftAt, leftEnd), zerosEnd(right, rightAt, rightEnd)];
      // Without idle zeros the longer number is greater, and at equal length the text decides.
      const order =
        leftEnd - leftFrom - (rightEnd - rightFrom) ||
        compareTexts(left.slice(leftFrom, leftEnd), right.slice(rightFrom, rightEnd));
      if (order !== 0) return order;
      [leftAt, rightAt] = [leftEnd, rightEnd];
    } else {
      if (leftUnit !== rightUnit) return leftUnit - rightUnit;
      leftAt += 1;
      rightAt += 1;
    }
  }
  // Equal, or the one goes on where the other ends; texts that differ by idle zeros alone differ in the end.
  return left.length - leftAt - (right.length - rightAt) || compareTexts(left, right);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the idle zeros of a run of digits end; a run of zeros alone keeps none. */
function zerosEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === 0x30) at += 1;
  return at;
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
