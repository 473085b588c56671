import { PlumblineError } from '../failure/plumbline-error.js';
import type { FreshnessState } from '../freshness/types.js';
import type { Measure } from '../measure/types.js';
import type { Period } from '../period/types.js';
import { targetInForce } from '../target/target-in-force.js';
import type { Target } from '../target/types.js';
import { canonical } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import { statusInBands } from './bands.js';
import { basisValue } from './basis.js';
import { scoreAt } from './piecewise.js';
import type { NoScoreState, PeriodScore } from './types.js';

/** All that decides the score of one measure in one period. */
export interface ScoreQuestion {
  readonly measure: Pick<Measure, 'address' | 'direction' | 'targets' | 'bands' | 'scoreMap'>;
  readonly period: Period;
  /** `undefined` when there is no value; never `0` for a missing one. */
  readonly value: DecimalText | undefined;
  readonly freshness: FreshnessState;
  /** Why the source gave no value: a reason of its aggregate, or words. Only read when `value` is absent. */
  readonly noValueReason?: string;
}

/**
 * Scores one measure in one period.
 *
 * Without a value the state says how late it is: `not_due` (an open period too), `late`, `missing`; or
 * `insufficient_data` when the source did report and still there is no value. With one: `unscored` for a measure that
 * is only shown, `no_target` when bands or map need a target and none is in force, `insufficient_data` when the value
 * has no place on the basis (percent of a target that is not above 0). A measure judged on the value itself needs no
 * target. The value of an open period is scored like any other.
 *
 * Status comes from the bands, score from the score map; the two may have different bases, and `basis` is the map's.
 *
 * @throws PlumblineError `BUG_MEASURE_WITHOUT_BANDS` (defect) for a scored measure without bands or map
 */
export function scorePeriod(question: ScoreQuestion): PeriodScore {
  const { measure, period, value } = question;
  const target = targetInForce(measure.targets, period);
  if (value === undefined) return withoutScore(...stateWithoutValue(question), target);
  if (measure.direction === 'unscored') return withoutScore('unscored', 'the measure is shown but not scored', target);
  return scoreValue(question, value, target);
}

function scoreValue({ measure, period }: ScoreQuestion, value: DecimalText, target: Target | undefined): PeriodScore {
  const bandBasis = measure.bands[0]?.basis;
  const map = measure.scoreMap;
  if (bandBasis === undefined || map === undefined) {
    const action = `Scoring "${measure.address}" in ${period.id}`;
    throw new PlumblineError('defect', 'BUG_MEASURE_WITHOUT_BANDS', `${action}: a scored measure has bands and a map`);
  }
  if (target === undefined && (bandBasis !== 'value' || map.basis !== 'value')) {
    return withoutScore('no_target', `no target is in force on ${period.start}`, undefined);
  }
  const onBands = basisValue(bandBasis, value, target);
  if (!onBands.ok) return withoutScore('insufficient_data', onBands.reason, target);
  const onMap = basisValue(map.basis, value, target);
  if (!onMap.ok) return withoutScore('insufficient_data', onMap.reason, target);
  return {
    scored: true,
    status: statusInBands(measure.bands, onBands.value),
    ...scoreAt(map, onMap.value),
    basis: map.basis,
    basisValue: canonical(onMap.value),
    ...(target === undefined ? {} : { target }),
  };
}

function stateWithoutValue({ freshness, noValueReason }: ScoreQuestion): readonly [NoScoreState, string] {
  const why = noValueReason === undefined ? '' : `: ${REASON_WORDS[noValueReason] ?? noValueReason}`;
  switch (freshness) {
    case 'open':
      return ['not_due', `no value yet, the period is still open${why}`];
    case 'not_due':
      return ['not_due', `no value yet, it is not due${why}`];
    case 'late':
      return ['late', `no value, past the due date${why}`];
    case 'missing':
      return ['missing', `no value, past due date and grace${why}`];
    case 'reported':
      return ['insufficient_data', `the source reported, but there is no value${why}`];
  }
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  no_rows: 'the source has no rows for the period',
  all_blank: 'every value cell is blank',
  zero_denominator: 'the denominator is 0',
  zero_weight: 'the weights add up to 0',
  percentile_out_of_range: 'there are too few values for a percentile so near the edge',
  cumulative_gap: 'the running total of the period before is not known',
  cumulative_drop: 'the running total is below that of the period before',
  cumulative_reset_inside: 'the running total starts anew inside the period',
};

function withoutScore(status: NoScoreState, reason: string, target: Target | undefined): PeriodScore {
  return target === undefined ? { scored: false, status, reason } : { scored: false, status, reason, target };
}
