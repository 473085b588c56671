import type { RollUpMethod, RollUpRule } from '#src/domain/rollup/types.js';
import { canonical, decimal } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { exactFigure, scoreFigure, shareFigure } from '../figures.js';
import { STATUS_WORDS } from '../status-words.js';
import { counted } from '../time-words.js';

/** A roll-up rule as sentences: the method, what it needs, and how its score becomes a status. */
export function rollUpSentences(rule: RollUpRule): readonly string[] {
  const { minimumCoverage, minimumChildren, unclamped, round, roundChildren, ageLimit } = rule;
  const needs = [
    ...(decimal(minimumCoverage).isZero() ? [] : [`${shareFigure(minimumCoverage)} of the weight below`]),
    ...(minimumChildren <= 1 ? [] : [counted(minimumChildren, 'child', 'children')]),
  ];
  return [
    `Its score is ${methodWords(rule.method ?? { kind: 'weighted_mean' })}. What has no score is left out${takesWeights(rule) ? ', and the weights of the others count alone' : ''}.`,
    ...(needs.length === 0 ? [] : [`It needs ${needs.join(' and ')} with a score; with less it has none.`]),
    ...(unclamped ? ['Scores enter with what they have beyond 0 and 100.'] : []),
    ...(roundChildren === undefined ? [] : [`Scores are rounded (${roundWords(roundChildren)}) before they enter.`]),
    ...(round === undefined ? [] : [`The result is rounded (${roundWords(round)}).`]),
    ...ageSentence(ageLimit),
    ...(takesStatus(rule) ? [] : [statusSentence(rule)]),
  ];
}

/** Whether the status is one of those below, so that neither limits nor bands are asked. */
function takesStatus({ method }: RollUpRule): boolean {
  return method?.kind === 'worst' || method?.kind === 'best' || method?.kind === 'most_frequent';
}

function takesWeights({ method }: RollUpRule): boolean {
  return method?.kind !== 'worst' && method?.kind !== 'best';
}

function methodWords(method: RollUpMethod): string {
  switch (method.kind) {
    case 'weighted_mean':
      return 'the weighted mean of those below';
    case 'worst':
      return 'the lowest of the worst status below, which is its status';
    case 'best':
      return 'the highest of the best status below, which is its status';
    case 'most_frequent':
      return `the weighted mean of those with the most frequent status below, of equally frequent ones the ${method.ties}, which is its status`;
    case 'sum_of_points':
      return `the points of those below (weight times score) as a part of ${method.possible === undefined ? 'all there could be' : `${exactFigure(method.possible)} possible ones`}`;
    case 'best_of':
      return `the weighted mean of the best ${method.count} below`;
  }
}

/** `half even to steps of 1 of 100` */
export function roundWords({ mode, step }: NonNullable<RollUpRule['round']>): string {
  return `${mode.replace('-', ' ')} to steps of ${exactFigure(hundredfold(step))} of 100`;
}

function ageSentence(limit: RollUpRule['ageLimit']): readonly string[] {
  const { maxAgeDays, maxAgePeriods } = limit ?? {};
  const limits = [
    ...(maxAgeDays === undefined ? [] : [counted(maxAgeDays, 'day')]),
    ...(maxAgePeriods === undefined ? [] : [`${counted(maxAgePeriods, 'period')} of its own`]),
  ];
  return limits.length === 0 ? [] : [`A score counts until it is ${limits.join(' or ')} old.`];
}

function statusSentence({ bands, bandsOn, onTrackFrom, atRiskFrom }: RollUpRule): string {
  if (bands === undefined) {
    return `It is on track from ${scoreFigure(onTrackFrom)} of 100, at risk from ${scoreFigure(atRiskFrom)}, else off track.`;
  }
  const figure = (from: DecimalText): string => (bandsOn === 'points' ? exactFigure(from) : scoreFigure(from));
  const words = bands.map(({ from, status, label }) => {
    const name = label === undefined ? STATUS_WORDS[status].word : `${label} (${STATUS_WORDS[status].word})`;
    return from === undefined ? `else ${name}` : `${name} from ${figure(from)}`;
  });
  return `It is ${words.join(', ')}${bandsOn === 'points' ? ' points' : ' of 100'}.`;
}

function hundredfold(value: DecimalText): DecimalText {
  return canonical(decimal(value).times(100));
}
