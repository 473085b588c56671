import type { Measure } from '#src/domain/measure/types.js';
import type { Basis } from '#src/domain/score/types.js';
import { targetInForce, targetText, withUnit } from '#src/domain/target/target-in-force.js';
import type { ExplainedValue } from './explanation.js';
import { exactFigure, readableFigure, scoreFigure, targetFigure } from './figures.js';
import { STATUS_WORDS } from './status-words.js';

const BASIS_WORDS = {
  value: 'the value itself',
  percent_of_target: 'percent of target',
  distance_from_target: 'the distance from the target',
} as const satisfies Record<Basis, string>;

/** How a value became a status and a score: target, bands, basis, score map, limits. */
export function judgementSentences(explained: ExplainedValue): readonly string[] {
  const { measure, judged, open, found } = explained;
  if (measure.direction === 'unscored') return ['It is shown and not scored.'];
  return [
    targetSentence(explained),
    bandSentence(measure),
    ...(found.score !== undefined && judged === undefined
      ? ['Its stored score was made by rules that the configuration has changed since; the next run scores it anew.']
      : []),
    ...scoreSentences(explained),
    ...(open && found.score === undefined ? ['The period is still open: it is scored when it is over.'] : []),
  ];
}

function targetSentence({ measure, found, judged }: ExplainedValue): string {
  const { period } = found;
  const target = period === undefined ? undefined : (judged?.target ?? targetInForce(measure.targets, period));
  if (period === undefined || target === undefined) return 'No target is in force.';
  const version = measure.targets.findLast((each) => each.target === target);
  const since = version === undefined ? '' : `, in force since ${version.from}`;
  return `The target is ${withUnit(targetFigure(targetText(target)), measure.unit)}${since}.`;
}

function bandSentence({ bands }: Measure): string {
  const words = bands.map(({ status, operator, text }) =>
    operator === 'else' ? `else ${STATUS_WORDS[status].word}` : `${STATUS_WORDS[status].word} at "${text}"`,
  );
  const basis = bands[0]?.basis;
  return `Its bands, on ${basis === undefined ? 'nothing' : BASIS_WORDS[basis]}: ${words.join(', ')}.`;
}

function scoreSentences({ judged, measure, found, open }: ExplainedValue): readonly string[] {
  const map = measure.scoreMap;
  if (judged === undefined || map === undefined) return [];
  if (!judged.scored) return [`It has no score: ${judged.reason}.`];
  const knots = map.knots.map(({ at, score }) => `${exactFigure(at)} gives ${scoreFigure(score)}`).join(', ');
  const clamped =
    judged.unclamped === judged.score
      ? ''
      : ` Without the limits of the map it would be ${scoreFigure(judged.unclamped)}.`;
  const soFar = open && found.score === undefined ? ' so far' : '';
  return [
    `On ${BASIS_WORDS[judged.basis]} it stands at ${readableFigure(judged.basisValue)}.`,
    `The score map: ${knots}; straight lines between, level outside.`,
    `That gives ${STATUS_WORDS[judged.status].word}${soFar}, with a score of ${scoreFigure(judged.score)}.${clamped}`,
  ];
}
