import { seriesGaps } from '../series/series-gaps.js';
import type { LintFinding, LintMeasure, LintSubject } from './types.js';

/** Periods after the current one that a target should reach into: who agrees on targets needs the time. */
const HORIZON_PERIODS = 2;

/**
 * Measures whose target, or another series they are scored by, ends soon: a period of the next two has none. Of one that
 * has none now and has one then nothing is said, since it has only not begun.
 *
 * By definitions alone: what an extract, a unit or the measure's own past may still give is taken to be there. Judged
 * only where the day is known.
 */
export function expiryFindings({ today, measures }: LintSubject): readonly LintFinding[] {
  return today === undefined ? [] : measures.flatMap((measure) => findingsOf(measure, today));
}

function findingsOf({ address, scoredBy }: LintMeasure, today: string): readonly LintFinding[] {
  if (scoredBy === undefined) return [];
  const { names, series, grain } = scoredBy;
  const known = names.filter((name) => series.some((each) => each.name === name));
  return known.flatMap((name): readonly LintFinding[] => {
    const gapsWithin = (periods: number) => seriesGaps(series, name, grain, today, periods);
    const gaps = gapsWithin(HORIZON_PERIODS);
    const [first] = gaps;
    const hasNow = gapsWithin(0).length === 0;
    const lacksLast = gaps.length > gapsWithin(HORIZON_PERIODS - 1).length;
    if (first === undefined || !(hasNow || lacksLast)) return [];
    const at = name === 'target' ? ['targets'] : ['series', name];
    const message = `it is scored by its ${name}, and there is none in ${first.period}: ${first.reason}`;
    const remedy = `agree on the ${name} of ${first.period} and later, and add it`;
    return [{ rule: 'target_expires', subject: address, at, message, remedy }];
  });
}
