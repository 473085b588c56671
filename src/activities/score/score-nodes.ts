import type { Objective, ResolvedConfig, Scorecard } from '#src/config/types.js';
import { grainKey, isOutsideList, isPeriodOf, nextPeriod, periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain, Period } from '#src/domain/period/types.js';
import { leftOutOf, leftOutWords } from '#src/domain/rollup/left-out.js';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import { shortfallWords } from '#src/domain/rollup/shortfall-words.js';
import { isTooOld, standingPeriod } from '#src/domain/rollup/standing-period.js';
import type { AgeLimit, RollUpChild, RollUpRule } from '#src/domain/rollup/types.js';
import type { NodeKind, ScoreRecord } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import { ruleVersionOf } from './rule-versions.js';
import type { ScoringMoment } from './score-measure.js';
import { countedBelow, scorecardTree } from './scorecard-tree.js';

/** Current scores by node, as far back as the periods to be rolled up reach: of measures, and of scorecards below. */
export type ScoresBelow = ReadonlyMap<string, readonly ScoreRecord[]>;

/**
 * Rolls measures up to objectives, perspectives and the scorecard, for each of its periods from a day to now. Scorecards
 * that count for it are beside its perspectives.
 *
 * The period that is still open is rolled up "so far", from what stands today. A closed one stays as it is but for
 * values that come in late or are restated.
 */
export function scoreNodes(
  config: ResolvedConfig,
  scorecard: Scorecard,
  scores: ScoresBelow,
  from: CalendarDate,
  moment: ScoringMoment,
): ScoreRecord[] {
  const today = dateInZone(moment.now, config.site.timeZone);
  return periodsUpTo(from, today, scorecard).flatMap((period) => {
    const asOf = period.end < today ? period.end : today;
    return rollUpPeriod(config, scorecard, scores, { period, asOf, moment });
  });
}

/** Periods of the scorecard from the one holding `from` to the open one. */
function periodsUpTo(from: CalendarDate, today: CalendarDate, scorecard: Scorecard): Period[] {
  const periods: Period[] = [];
  let period = periodContaining(from, scorecard);
  for (; period.start <= today; period = nextPeriod(period, scorecard)) {
    periods.push(period);
    if (period.end > today) break;
  }
  return periods.filter((each) => !isOutsideList(each, scorecard));
}

export interface RollUpMoment {
  readonly period: Period;
  readonly asOf: CalendarDate;
  readonly moment: ScoringMoment;
}

function rollUpPeriod(
  config: ResolvedConfig,
  scorecard: Scorecard,
  scores: ScoresBelow,
  at: RollUpMoment,
): ScoreRecord[] {
  const node = (
    own: { readonly address: string; readonly rollUp?: RollUpRule },
    kind: NodeKind,
    children: readonly NodeChild[],
  ): ScoreRecord => rolledUp(own.address, kind, children, own.rollUp ?? config.site.rollUp, at);
  const objectives = scorecard.objectives.map((objective) => ({
    objective,
    record: node(objective, 'objective', measureChildren(config, objective, scores, at.asOf)),
  }));
  const rule = scorecard.rollUp ?? config.site.rollUp;
  const perspectives = scorecard.perspectives.map((perspective) => ({
    perspective,
    record: node(
      perspective,
      'perspective',
      objectives
        .filter(({ objective }) => objective.perspective === perspective.address)
        .map(({ objective, record }) => asChild(record, objective.weight)),
    ),
  }));
  const top = [
    ...perspectives.map(({ perspective, record }) => asChild(record, perspective.weight)),
    ...countedBelow(config, scorecard).map((child) => scorecardChild(child, scorecard, scores, rule, at)),
  ];
  return [
    node(scorecard, 'scorecard', top),
    ...perspectives.map(({ record }) => record),
    ...objectives.map(({ record }) => record),
  ];
}

export function measureChildren(
  config: ResolvedConfig,
  objective: Objective,
  scores: ScoresBelow,
  asOf: CalendarDate,
): NodeChild[] {
  const { ageLimit = {} } = objective.rollUp ?? config.site.rollUp;
  return scorecardTree(config)
    .measuresOfObjective(objective.address)
    .map((measure): NodeChild => {
      const { address, weight } = measure;
      if (measure.direction === 'unscored') return { node: address, weight, status: 'unscored' };
      return standingChild(address, weight, measure, scores, { asOf, ageLimit });
    });
}

/** A scorecard below: of the same rhythm its own roll-up of the period, so far where it is open; else its last closed one. */
export function scorecardChild(
  child: Scorecard,
  above: Scorecard,
  scores: ScoresBelow,
  { ageLimit = {} }: RollUpRule,
  { period, asOf }: RollUpMoment,
): NodeChild {
  const { address } = child;
  const weight = child.parent?.weight ?? '1';
  if (grainKey(child) !== grainKey(above)) return standingChild(address, weight, child, scores, { asOf, ageLimit });
  const same = scores.get(address)?.find((record) => record.period.id === period.id);
  return same === undefined ? { node: address, weight, status: 'not_due' } : asChild(same, weight);
}

/** A child by the last of its periods that is closed and due, unless that is too old to count. */
function standingChild(
  node: string,
  weight: string,
  grain: Grain,
  scores: ScoresBelow,
  { asOf, ageLimit }: { readonly asOf: CalendarDate; readonly ageLimit: AgeLimit },
): NodeChild {
  // One that had another grain before has scores of both.
  const own = (scores.get(node) ?? []).filter(({ period }) => isPeriodOf(period, grain));
  const standing = standingPeriod(own, asOf);
  if (standing === undefined) return { node, weight, status: 'not_due' };
  return standing.score !== undefined && isTooOld(standing.period, grain, asOf, ageLimit)
    ? { node, weight, status: 'insufficient_data', tooOld: standing.period.id }
    : asChild(standing, weight);
}

/** A child and the period it is seen in, or that of its last value where that is over the age limit. */
export type NodeChild = RollUpChild & { readonly period?: string; readonly tooOld?: string };

export function asChild(record: ScoreRecord, weight: string): NodeChild {
  const { node, period, status, score, unclamped, coverage, oldestData } = record;
  return {
    node,
    weight,
    status,
    period: period.id,
    ...(score === undefined ? {} : { score, coverage }),
    ...(unclamped === undefined ? {} : { unclamped }),
    ...(oldestData === undefined ? {} : { oldestData }),
  };
}

export function rolledUp(
  address: string,
  kind: NodeKind,
  children: readonly NodeChild[],
  rule: RollUpRule,
  { period, moment }: RollUpMoment,
): ScoreRecord {
  // Left out of the stored content: what the score was before it was rounded.
  const { without, unrounded: _unrounded, ...result } = rollUp(children, rule);
  const ruleVersion = ruleVersionOf(address, children, rule);
  const shortfall = shortfallWords(children, rule, result);
  const missed = new Set(without);
  const leftOut = leftOutOf(children.filter((child) => missed.has(child.node)));
  const reasons = [shortfall, leftOut && leftOutWords(leftOut)].filter((each) => each !== undefined);
  const content = {
    ...result,
    ruleVersion,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    ...(leftOut === undefined ? {} : { leftOut }),
  };
  const { runId, scoredAt } = moment;
  return { node: address, kind, period, ...content, inputsDigest: contentDigest(content), runId, scoredAt };
}
