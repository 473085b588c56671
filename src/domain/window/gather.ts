import { inputValue, type MissingPolicy } from '../formula/missing-policy.js';
import type { NoValue } from '../formula/types.js';
import type { Period } from '../period/types.js';
import { combine, isThere } from './combine.js';
import { edgesOf } from './edges.js';
import { type Grain, isAsFine, isSameGrain, periodsAtHome } from './grain-periods.js';
import type { Combination, Filled, PartsTaken, StoredPart, StoredSeries, WindowRule } from './types.js';
import { windowOf } from './window-of.js';

/** What is asked of a series: its value for a period of a grain as coarse or coarser, perhaps over a window. */
export interface Question {
  readonly period: Period;
  readonly grain: Grain;
  /** Absent: the period alone. */
  readonly rule?: WindowRule;
  readonly missing: MissingPolicy;
  /** Absent: as the series' own aggregation says. */
  readonly combine?: Combination;
}

/** The answer, and how much of what belongs to it was there. The part of a ratio without cases has no value. */
export type Gathered =
  | { readonly part: StoredPart; readonly taken: PartsTaken }
  | { readonly reason: NoValue; readonly taken: PartsTaken };

const NOTHING: PartsTaken = { expected: 0, without: [], filled: [] };

/**
 * One value of a series for a period of a coarser grain, or over a window of such periods, or both.
 *
 * The window counts periods of the grain asked for; all periods of the series that belong to them are put together at
 * once, so that lifting and windows are one thing. Periods without a value are told and never 0, unless the missing
 * policy puts something there. A period in which nothing is expected and nothing is there does not belong to it. No
 * value: the series is coarser than what is asked (it never splits), or nothing is there in the last period of the window
 * though something was expected, which would pass off an older figure as this one's.
 */
export function gather(series: StoredSeries, question: Question): Gathered {
  const { period, grain, rule, missing } = question;
  if (!isAsFine(series.grain, grain)) {
    const message = `a ${series.grain.frequency} value cannot be split into ${grain.frequency} ones`;
    return { reason: { code: 'coarser_input', message }, taken: NOTHING };
  }
  const combination = question.combine ?? series.combination;
  const isSeveral = rule !== undefined || !isSameGrain(series.grain, grain);
  const window = rule === undefined ? [period] : windowOf(period, rule, grain);
  const parts: StoredPart[] = [];
  const without: string[] = [];
  const inPart: string[] = [];
  const filled: Filled[] = [];
  const missed: (StoredPart | undefined)[] = [];
  let expected = 0;
  let notExpected = 0;
  let first: Period | undefined;
  let last: Period | undefined;
  let hasLast = false;
  for (const each of window) {
    const awaited = expected;
    for (const own of partsOf(each, series.grain, grain)) {
      first ??= own;
      last = own;
      if ((isSeveral || missing === 'absent') && isClosed(series, own)) {
        notExpected += 1;
        continue;
      }
      expected += 1;
      const outcome = inputValue(series, own, missing);
      const part = isSeveral && outcome.filled?.by === 'zero' ? zeroOf(combination) : outcome.part;
      if (outcome.filled !== undefined) filled.push(outcome.filled);
      if (isThere(part, combination)) {
        parts.push(part);
        hasLast ||= each.id === period.id;
        if (part.partial === true) inPart.push(own.id);
      } else {
        without.push(own.id);
        if (each.id === period.id) missed.push(part);
      }
    }
    // Nothing was to come in it: what was before it holds of it, too.
    if (each.id === period.id && expected === awaited) hasLast = parts.length > 0;
  }
  const ends = first === undefined || last === undefined ? undefined : { window, grain, rule, first, last };
  const edges = ends && edgesOf(ends, combination, ({ id }) => series.values.get(id));
  const taken: PartsTaken = {
    expected,
    without,
    filled,
    ...(notExpected > 0 ? { notExpected } : {}),
    ...(inPart.length > 0 ? { inPart } : {}),
    ...(edges === undefined ? {} : { edges }),
  };
  if (isNothingExpected(taken)) {
    return { reason: { code: 'absent_input', message: `nothing is expected in ${period.id}` }, taken };
  }
  if (!hasLast) return { reason: lastWithout(period, missed), taken };
  const [only] = parts;
  // A single period is taken as it is, whatever its aggregation.
  const combined = only !== undefined && expected === 1 ? only : combine(combination, parts, series.scale);
  return 'code' in combined ? { reason: combined, taken } : { part: combined, taken };
}

/** None reported is none there: of a ratio no cases, so that it adds 0 to both its sides. */
function zeroOf(combination: Combination): StoredPart {
  return combination === 'ratio' ? { numerator: '0', denominator: '0' } : { value: '0' };
}

/** Whether nothing is there because nothing was to come, and so nothing is missing. */
export function isNothingExpected({ expected, notExpected }: PartsTaken): boolean {
  return expected === 0 && notExpected !== undefined;
}

/** Whether a period has nothing, and is not to have anything. */
function isClosed({ values, isExpected }: StoredSeries, period: Period): boolean {
  return !values.has(period.id) && isExpected?.(period) === false;
}

function partsOf(period: Period, fine: Grain, coarse: Grain): readonly Period[] {
  return isSameGrain(fine, coarse) ? [period] : periodsAtHome(period, coarse, fine);
}

/** Why the last period of a window gives nothing: it was reported without a value, or some of it was not reported. */
function lastWithout(period: Period, missed: readonly (StoredPart | undefined)[]): NoValue {
  const [message] = missed.flatMap((part) => part?.whyNone ?? []);
  return message !== undefined && missed.every((part) => part?.whyNone !== undefined)
    ? { code: 'input_without_value', message }
    : { code: 'absent_input', message: `nothing is reported for ${period.id}` };
}
