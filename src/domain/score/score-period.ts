import { PlumblineError } from '../failure/plumbline-error.js';
import type { FreshnessState } from '../freshness/types.js';
import type { Measure } from '../measure/types.js';
import type { Period } from '../period/types.js';
import { targetInForce } from '../target/target-in-force.js';
import type { Target } from '../target/types.js';
import { canonical, decimal } from '../value/decimal.js';
import { type Fraction, quotient } from '../value/fraction.js';
import type { DecimalText } from '../value/types.js';
import { bandOf } from './bands/band-of.js';
import { type RuleScore, scoreByRule, shareOf } from './map/score-by-rule.js';
import type { Band, NoScoreState, PeriodFacts, PeriodScore, ScoreRule, Unreadable } from './types.js';

/** All that decides the score of one measure in one period. */
export interface ScoreQuestion {
  readonly measure: Pick<Measure, 'address' | 'direction' | 'targets' | 'bands' | 'scoreMap'>;
  readonly period: Period;
  /** `undefined` when there is no value; never `0` for a missing one. */
  readonly value: DecimalText | undefined;
  readonly freshness: FreshnessState;
  /** Why the source gave no value: a reason of its aggregate, or words. Only read when `value` is absent. */
  readonly noValueReason?: string;
  /** What a series of the measure is in the period; absent: the measure has its targets and no other series. */
  readonly series?: (name: string) => Target | undefined;
  /** What is not there that a series without a value is made of, in words; absent: nothing is known of it. */
  readonly lacking?: (name: string) => string | undefined;
}

/**
 * Scores one measure in one period.
 *
 * Without a value the state says how late it is: `not_due` (an open period too), `not_expected`, `late`, `missing`; or
 * `insufficient_data` when the source did report and still there is no value. With one: `unscored` for a measure that
 * is only shown, `no_target` when bands or map need a series that has no value in the period, `insufficient_data` when
 * the value has no place on the basis (percent of a range, compound growth of a number below 0), a baseline is better
 * than its goal, or series bring the knots of the map out of order. A measure judged on the value itself needs no target. The value of an open period is
 * scored like any other.
 *
 * Status comes from the bands, score from the score map; the two may have different bases, and `basis` is the map's.
 * Bands on the score are compared with its points, or with 0–100 where the map declares none, after rounding.
 *
 * @throws PlumblineError `BUG_MEASURE_WITHOUT_BANDS` (defect) for a scored measure without bands or map
 */
export function scorePeriod(question: ScoreQuestion): PeriodScore {
  const { measure, period, value } = question;
  const series =
    question.series ?? ((name) => (name === 'target' ? targetInForce(measure.targets, period) : undefined));
  const target = series('target');
  if (value === undefined) return withoutScore(...stateWithoutValue(question), target);
  if (measure.direction === 'unscored') return withoutScore('unscored', 'the measure is shown but not scored', target);
  const { bands, scoreMap } = measure;
  if (bands.length === 0 || scoreMap === undefined) {
    const action = `Scoring "${measure.address}" in ${period.id}`;
    throw new PlumblineError('defect', 'BUG_MEASURE_WITHOUT_BANDS', `${action}: a scored measure has bands and a map`);
  }
  const facts: PeriodFacts = {
    value: decimal(value),
    direction: measure.direction,
    period,
    series,
    ...(question.lacking === undefined ? {} : { lacking: question.lacking }),
  };
  const verdict = judge(bands, scoreMap, facts);
  if (!verdict.ok) return withoutScore(verdict.status, verdict.reason, target);
  const { band, scored } = verdict;
  const possible = declaredPoints(scoreMap);
  return {
    scored: true,
    status: band.status,
    ...(band.label === undefined ? {} : { band: band.label }),
    score: canonical(quotient(shareOf(scored.points, scored.scale))),
    unclamped: scored.unclamped,
    ...(possible === undefined ? {} : { points: canonical(quotient(scored.points)), possible }),
    ...(scored.best === undefined ? {} : { best: scored.best }),
    basis: scored.basis,
    get basisValue() {
      return scored.basisValue;
    },
    ...(target === undefined ? {} : { target }),
  };
}

/** Status and score, the one before the other as the bands or the map need it. */
function judge(
  bands: readonly Band[],
  rule: ScoreRule,
  facts: PeriodFacts,
): { readonly ok: true; readonly band: Band; readonly scored: RuleScore } | Unreadable {
  if (bands.some(({ basis }) => basis === 'score')) {
    const scored = scoreByRule(rule, facts, undefined);
    if (!scored.ok) return scored;
    const found = bandOf(bands, facts, asRead(rule, scored));
    return found.ok ? { ok: true, band: found.band, scored } : found;
  }
  const found = bandOf(bands, facts, undefined);
  const scored = scoreByRule(rule, facts, found.ok ? found.band.status : undefined);
  // What is missing comes before what is wrong: a target that is there tomorrow may put both right.
  if (!found.ok) return !scored.ok && scored.status === 'no_target' && found.status !== 'no_target' ? scored : found;
  return scored.ok ? { ok: true, band: found.band, scored } : scored;
}

/** A score as people read it and bands are written: in points, or of 100 where the map declares none. */
function asRead(rule: ScoreRule, { points, scale }: RuleScore): Fraction {
  if (declaredPoints(rule) !== undefined) return points;
  const share = shareOf(points, scale);
  return { numerator: share.numerator.times(100), denominator: share.denominator };
}

function declaredPoints(rule: ScoreRule): DecimalText | undefined {
  return ('bestOf' in rule ? rule.bestOf[0] : rule)?.points;
}

function stateWithoutValue({ freshness, noValueReason }: ScoreQuestion): readonly [NoScoreState, string] {
  const why = noValueReason === undefined ? '' : `: ${noValueWords(noValueReason)}`;
  switch (freshness) {
    case 'open':
      return ['not_due', `no value yet, the period is still open${why}`];
    case 'not_expected':
      return ['not_expected', 'nothing is expected in the period'];
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

/** Why a period that was reported has no value: `the denominator is 0`. */
export function noValueWords(reason: string): string {
  return REASON_WORDS[reason] ?? reason;
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  no_rows: 'the source has no rows for the period',
  all_blank: 'every value cell is blank',
  zero_denominator: 'the denominator is 0',
  zero_weight: 'the weights add up to 0',
  percentile_out_of_range: 'there are too few values for a percentile so near the edge',
  input_without_value: 'what it is made of was reported, and has no value',
  zero_divisor: 'its formula divides by 0',
  no_real_number: 'its formula takes a root or power that is no real number',
  no_percentage: 'a percentage of 0 or less has no meaning',
  too_large: 'the number is too large',
  coarser_input: 'an input is reported less often, and never splits',
  not_combinable: 'values of several periods cannot be combined',
  partial: 'some of the periods or units that belong to it have no value',
  cumulative_gap: 'the running total of the period before is not known',
  cumulative_drop: 'the running total is below that of the period before',
  cumulative_reset_inside: 'the running total starts anew inside the period',
};

function withoutScore(status: NoScoreState, reason: string, target: Target | undefined): PeriodScore {
  return target === undefined ? { scored: false, status, reason } : { scored: false, status, reason, target };
}
