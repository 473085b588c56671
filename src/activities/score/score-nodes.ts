import type { Objective, ResolvedConfig, Scorecard } from '#src/config/types.js';
import { isOutsideList, isPeriodOf, nextPeriod, periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import { standingPeriod } from '#src/domain/rollup/standing-period.js';
import type { RollUpChild } from '#src/domain/rollup/types.js';
import type { NodeKind, ScoreRecord } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import type { ScoringMoment } from './score-measure.js';

/** Current scores of measures by address, as far back as the periods to be rolled up reach. */
export type ScoresByMeasure = ReadonlyMap<string, readonly ScoreRecord[]>;

/**
 * Rolls measures up to objectives, perspectives and the scorecard, for each of its periods from a day to now.
 *
 * The period that is still open is rolled up "so far", from what stands today. A closed one stays as it is but for
 * values that come in late or are restated.
 */
export function scoreNodes(
  config: ResolvedConfig,
  scorecard: Scorecard,
  scores: ScoresByMeasure,
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

interface RollUpMoment {
  readonly period: Period;
  readonly asOf: CalendarDate;
  readonly moment: ScoringMoment;
}

function rollUpPeriod(
  config: ResolvedConfig,
  scorecard: Scorecard,
  scores: ScoresByMeasure,
  at: RollUpMoment,
): ScoreRecord[] {
  const node = (address: string, kind: NodeKind, children: readonly RollUpChild[]): ScoreRecord =>
    rolledUp(config, address, kind, children, at);
  const objectives = scorecard.objectives.map((objective) => ({
    objective,
    record: node(objective.address, 'objective', measureChildren(config, objective, scores, at.asOf)),
  }));
  const perspectives = scorecard.perspectives.map((perspective) => ({
    perspective,
    record: node(
      perspective.address,
      'perspective',
      objectives
        .filter(({ objective }) => objective.perspective === perspective.address)
        .map(({ objective, record }) => asChild(record, objective.weight)),
    ),
  }));
  const top = perspectives.map(({ perspective, record }) => asChild(record, perspective.weight));
  return [
    node(scorecard.address, 'scorecard', top),
    ...perspectives.map(({ record }) => record),
    ...objectives.map(({ record }) => record),
  ];
}

function measureChildren(
  config: ResolvedConfig,
  objective: Objective,
  scores: ScoresByMeasure,
  asOf: CalendarDate,
): RollUpChild[] {
  return config.measures
    .filter((measure) => measure.objective === objective.address)
    .map((measure): RollUpChild => {
      if (measure.direction === 'unscored')
        return { node: measure.address, weight: measure.weight, status: 'unscored' };
      // A measure that had another grain before has scores of both.
      const own = (scores.get(measure.address) ?? []).filter(({ period }) => isPeriodOf(period, measure));
      const standing = standingPeriod(own, asOf);
      return standing === undefined
        ? { node: measure.address, weight: measure.weight, status: 'not_due' }
        : asChild(standing, measure.weight);
    });
}

function asChild(record: ScoreRecord, weight: string): RollUpChild {
  const { node, status, score, coverage, oldestData } = record;
  return {
    node,
    weight,
    status,
    ...(score === undefined ? {} : { score, coverage }),
    ...(oldestData === undefined ? {} : { oldestData }),
  };
}

function rolledUp(
  config: ResolvedConfig,
  address: string,
  kind: NodeKind,
  children: readonly RollUpChild[],
  { period, moment }: RollUpMoment,
): ScoreRecord {
  const { status, score, coverage, oldestData, without } = rollUp(children, config.site.rollUp);
  const ruleVersion = contentDigest({
    ...config.site.rollUp,
    weights: children.map((child) => [child.node, child.weight]),
  });
  const content = {
    status,
    coverage,
    ruleVersion,
    ...(score === undefined ? {} : { score }),
    ...(oldestData === undefined ? {} : { oldestData }),
    ...(without.length === 0 ? {} : { reason: `without ${without.join(', ')}` }),
  };
  const { runId, scoredAt } = moment;
  return { node: address, kind, period, ...content, inputsDigest: contentDigest(content), runId, scoredAt };
}
