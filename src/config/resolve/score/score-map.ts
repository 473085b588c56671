import { isHigherBetter } from '#src/domain/score/bands/check-bands.js';
import { basisText, seriesOfBasis } from '#src/domain/score/basis/basis-text.js';
import { fixedDifference, quantityText } from '#src/domain/score/quantity.js';
import type { Basis, Knot, PointRounding, ScoreMap, ScoreRule } from '#src/domain/score/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { below, type Place } from '../../problem-list.js';
import type { MapSpec, SpelledScoreSpec } from '../../spec/score-spec.js';
import { resolveBasis } from './basis.js';
import type { ScoringContext } from './known.js';
import { checkSeries, resolveQuantity } from './quantity.js';

/** The rule that a spelled score stands for; `undefined` when something is wrong with it. */
export function resolveScoreRule(spec: SpelledScoreSpec, place: Place, context: ScoringContext): ScoreRule | undefined {
  const { points } = spec;
  if (!('best_of' in spec)) return resolveMap(spec, points, place, context);
  const maps = spec.best_of.map((map, index) => resolveMap(map, points, below(place, 'best_of', index), context));
  return maps.every((map) => map !== undefined) ? { bestOf: maps } : undefined;
}

function resolveMap(
  spec: MapSpec,
  points: DecimalText | undefined,
  place: Place,
  context: ScoringContext,
): ScoreMap | undefined {
  const basis = resolveBasis(spec, place, context);
  const knots = spec.knots.map(([at, score], index) => {
    const quantity = resolveQuantity(at, below(place, 'knots', index, 0), context);
    return quantity === undefined ? undefined : { at: quantity, score };
  });
  if (basis === undefined || !knots.every((knot) => knot !== undefined)) return undefined;
  checkSeries(seriesOfBasis(basis), below(place, 'basis'), context);
  checkScores(spec, points ?? '1', place, context);
  const descending = checkOrder(knots, basis, place, context);
  const { below: under, beyond, limit } = spec;
  return {
    basis,
    knots,
    ...(descending ? { descending } : {}),
    ...(points === undefined ? {} : { points }),
    ...(under === undefined ? {} : { below: under }),
    ...(beyond === undefined ? {} : { beyond }),
    ...(spec.round === undefined ? {} : { round: rounding(spec.round) }),
    ...(limit === undefined || limit === 'knots' ? {} : { limit }),
  };
}

function rounding({ mode, step, min, max }: NonNullable<MapSpec['round']>): PointRounding {
  return { mode, step, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/**
 * The order in which knots run, `true` for descending ones.
 *
 * Numbers show it by themselves; series do not, so it is the one in which the score gets better with the value. It may
 * descend only where less is better, or neither is: elsewhere it is taken for a mistake.
 */
function checkOrder(
  knots: readonly Knot[],
  basis: Basis,
  place: Place,
  { direction, problems }: ScoringContext,
): true | undefined {
  const better = isHigherBetter(basis, direction);
  const trend = decimal(knots.at(-1)?.score ?? '0').comparedTo(knots[0]?.score ?? '0');
  const steps = knots.map(({ at }, index) =>
    index === 0 ? undefined : fixedDifference(at, knots[index - 1]?.at ?? at),
  );
  const falls = steps.some((step) => step?.isNegative() && !step.isZero());
  const rises = steps.some((step) => step?.greaterThan(0));
  const expected = better !== undefined && trend !== 0 && trend > 0 !== better;
  const mayFall = better === undefined || expected;
  const descending = falls === rises ? expected : falls && mayFall;
  const wrong = steps.findIndex((step) => step !== undefined && (descending ? step.greaterThan(0) : step.lessThan(0)));
  if (wrong > 0) {
    const [at, before] = [knots[wrong]?.at ?? '0', knots[wrong - 1]?.at ?? '0'].map((each) => quantityText(each));
    const message = `the knot at ${at} stands after the one at ${before}`;
    const remedy = mayFall
      ? 'let the first number of the knots ascend, or descend in all of them'
      : 'let the first number of the knots ascend';
    problems.error('CONFIG_BAD_SCORE', below(place, 'knots', wrong), message, remedy);
  } else if (better !== undefined) {
    warnAgainst(knots, basis, better !== descending, place, { problems });
  }
  return descending ? true : undefined;
}

/** Tells of scores that run against the direction: along the knots they are to rise, or to fall. */
function warnAgainst(
  knots: readonly Knot[],
  basis: Basis,
  rises: boolean,
  place: Place,
  { problems }: Pick<ScoringContext, 'problems'>,
): void {
  const against = knots.findIndex(({ score }, index) => {
    const step = decimal(score).comparedTo(knots[index - 1]?.score ?? score);
    return rises ? step < 0 : step > 0;
  });
  if (against < 0) return;
  const better = rises ? 'higher' : 'lower';
  const message = `the score ${rises ? 'falls' : 'rises'} at this knot, though ${basisText(basis)} is better when ${better}`;
  const remedy = 'check the order of the scores, and direction';
  problems.warn('CONFIG_SCORE_DIRECTION', below(place, 'knots', against), message, remedy);
}

/** Scores lie from 0 to full points, unless the map has no limit or rounding keeps them there. */
function checkScores(spec: MapSpec, points: DecimalText, place: Place, { problems }: ScoringContext): void {
  const { round, limit } = spec;
  if (round?.min !== undefined && round.max !== undefined && decimal(round.min).greaterThan(round.max)) {
    const message = `min ${round.min} is above max ${round.max}`;
    problems.error('CONFIG_BAD_SCORE', below(place, 'round', 'min'), message, 'let min be the lower of the two');
  }
  if (limit === 'none') return;
  const isKept = limit === 'scale' || (round?.min !== undefined && round.max !== undefined);
  const scores: readonly (readonly [DecimalText | undefined, Place])[] = [
    ...(isKept ? [] : spec.knots.map(([, score], index) => [score, below(place, 'knots', index, 1)] as const)),
    [spec.below, below(place, 'below')],
    [spec.beyond, below(place, 'beyond')],
    [round?.min, below(place, 'round', 'min')],
    [round?.max, below(place, 'round', 'max')],
  ];
  for (const [score, at] of scores) {
    if (score === undefined || (decimal(score).greaterThanOrEqualTo(0) && decimal(score).lessThanOrEqualTo(points)))
      continue;
    const message = `the score ${score} is not between 0 and ${points}`;
    const remedy =
      points === '1'
        ? 'write scores from 0 to 1, or say what full score is: points: 100'
        : `write scores from 0 to ${points}, or limit: none`;
    problems.error('CONFIG_BAD_SCORE', at, message, remedy);
  }
}
