import { type Decimal, decimal } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';

/** Which of its two ends a range includes. */
export type Inclusive = 'lower' | 'upper' | 'both';

/** A range of numbers; an absent end is open. */
export interface BandRange {
  readonly from?: DecimalText;
  readonly to?: DecimalText;
}

/** What is wrong with ranges. */
export interface RangeFaults {
  /** In words, ascending: `gap 33..34`, `overlap 66`. */
  readonly faults: readonly string[];
  /** Ends beyond which nothing is defined, in words. */
  readonly openEnds: readonly string[];
}

/**
 * Where ranges leave numbers out or claim them twice.
 *
 * Ranges that meet at a number neither overlap nor leave a gap there, as long as exactly one of them includes it: with
 * `both` they share it. A range that is empty or upside down is a fault by itself.
 */
export function checkRanges(ranges: readonly BandRange[], inclusive: Inclusive): RangeFaults {
  const upside = ranges.filter((range) => isUpsideDown(range, inclusive));
  if (upside.length > 0) {
    return { faults: upside.map(({ from, to }) => `from ${from} to ${to} holds nothing`), openEnds: [] };
  }
  const sorted = ranges.toSorted((a, b) => order(a.from, b.from, -1));
  const faults: string[] = [];
  let highest = sorted[0];
  for (const range of sorted.slice(1)) {
    faults.push(...between(highest?.to, range, inclusive));
    if (order(range.to, highest?.to, 1) > 0) highest = range;
  }
  const lowest = sorted[0]?.from;
  const openEnds = [
    ...(lowest === undefined ? [] : [`nothing is defined ${inclusive === 'upper' ? 'up to' : 'below'} ${lowest}`]),
    ...(highest?.to === undefined
      ? []
      : [
          `nothing is defined ${inclusive === 'lower' ? 'from' : 'above'} ${highest.to}${inclusive === 'lower' ? ' on' : ''}`,
        ]),
  ];
  return { faults, openEnds };
}

/** What is wrong between the highest end so far and the next range. */
function between(end: DecimalText | undefined, next: BandRange, inclusive: Inclusive): readonly string[] {
  const start = next.from;
  if (end === undefined) return [overlap(start, next.to)];
  if (start === undefined) return [overlap(undefined, lower(end, next.to))];
  const step = decimal(start).comparedTo(end);
  if (step > 0) return [`gap ${end}..${start}`];
  if (step === 0) return inclusive === 'both' ? [`overlap ${end}`] : [];
  return [overlap(start, lower(end, next.to))];
}

function overlap(from: DecimalText | undefined, to: DecimalText | undefined): string {
  if (from === undefined) return to === undefined ? 'overlap everywhere' : `overlap ..${to}`;
  return from === to ? `overlap ${from}` : `overlap ${from}..${to ?? ''}`;
}

function lower(end: DecimalText, other: DecimalText | undefined): DecimalText {
  return other !== undefined && decimal(other).lessThan(end) ? other : end;
}

function isUpsideDown({ from, to }: BandRange, inclusive: Inclusive): boolean {
  if (from === undefined || to === undefined) return false;
  const step: number = decimal(to).comparedTo(from);
  return inclusive === 'both' ? step < 0 : step <= 0;
}

/** Order of two ends, where an absent one is infinite: below everything for `-1`, above for `1`. */
function order(a: DecimalText | undefined, b: DecimalText | undefined, infinite: -1 | 1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? infinite : -infinite;
  const [left, right]: readonly [Decimal, Decimal] = [decimal(a), decimal(b)];
  return left.comparedTo(right);
}
