import { completenessWords } from '#src/domain/measure/completeness.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { labelAt } from '#src/domain/measure/value-text.js';
import { bandText } from '#src/domain/score/bands/band-text.js';
import { basisWords, isSameBasis } from '#src/domain/score/basis/basis-text.js';
import { type LabelText, quantityText } from '#src/domain/score/quantity.js';
import type { PeriodScore, Quantity, ScoreMap } from '#src/domain/score/types.js';
import { TARGET } from '#src/domain/series/target-series.js';
import { targetText } from '#src/domain/target/target-in-force.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { ExplainedValue } from './explanation.js';
import { exactFigure, heldFigure, readableFigure, scoreFigure } from './figures.js';
import { STATUS_WORDS } from './status-words.js';

type Scored = Extract<PeriodScore, { readonly scored: true }>;

/** How a value became a status and a score: target, bands, basis, score map, limits. */
export function judgementSentences(explained: ExplainedValue): readonly string[] {
  const { measure, judged, open, found } = explained;
  if (measure.direction === 'unscored') return ['It is shown and not scored.', ...completenessSentence(explained)];
  return [
    ...completenessSentence(explained),
    ...seriesSentences(explained),
    bandSentence(measure),
    ...(found.score !== undefined && judged === undefined
      ? ['Its stored score was made by rules that the configuration has changed since; the next run scores it anew.']
      : []),
    ...scoreSentences(explained),
    ...(open && found.score === undefined ? ['The period is still open: it is scored when it is over.'] : []),
  ];
}

/** What it is held to: the target, and the other series that bands or score map need. */
function seriesSentences({ measure, series, found }: ExplainedValue): readonly string[] {
  if (found.period === undefined) return [];
  const shown = series.filter(({ name, isNeeded, reading }) => isNeeded || (name === TARGET && reading.ok));
  if (shown.length === 0) return ['It needs no target.'];
  return shown.map(({ name, reading }) => {
    if (!reading.ok) return `There is no ${name}: ${reading.reason}.`;
    const from = reading.from === undefined ? '' : `, ${reading.from}`;
    return `The ${name} is ${heldFigure(targetText(reading.target), measure)}${from}.`;
  });
}

/** `It saw 18 of 20 expected observations: 90 % where 80 % are needed.` */
function completenessSentence({ completeness, measure }: ExplainedValue): readonly string[] {
  if (completeness === undefined || !isCollected(measure) || measure.expects === undefined) return [];
  return [`It has ${completenessWords(completeness, measure.expects)}.`];
}

function bandSentence({ bands, labels }: Measure): string {
  const words = bands.map((band) => {
    const { status, operator, label } = band;
    const text = labels === undefined ? band.text : bandText(band, (place) => labelAt(place, labels));
    const word = label === undefined ? STATUS_WORDS[status].word : `${label} (${STATUS_WORDS[status].word})`;
    return operator === 'else' ? `else ${word}` : `${word} at "${text}"`;
  });
  const [first, ...others] = bands.filter(({ operator }) => operator !== 'else').map(({ basis }) => basis);
  const shared = first !== undefined && others.every((basis) => isSameBasis(basis, first));
  return `Its bands${shared ? `, on ${basisWords(first)}` : ''}: ${words.join(', ')}.`;
}

function scoreSentences({ judged, measure, found, open }: ExplainedValue): readonly string[] {
  const rule = measure.scoreMap;
  if (judged === undefined || rule === undefined) return [];
  if (!judged.scored) return [`It has no score: ${judged.reason}.`];
  const maps = 'bestOf' in rule ? rule.bestOf : [rule];
  const map = maps[(judged.best ?? 1) - 1];
  const soFar = open && found.score === undefined ? ' so far' : '';
  const best = judged.best === undefined ? '' : ` Of ${maps.length} score maps number ${judged.best} gives most.`;
  const named = judged.band === undefined ? '' : `, ${judged.band}`;
  const labelText: LabelText = (place) => (judged.basis === 'value' ? labelAt(place, measure.labels) : undefined);
  return [
    ...(map === undefined || map.basis === 'status'
      ? []
      : [
          `On ${basisWords(judged.basis)} it stands at ${labelText(judged.basisValue) ?? readableFigure(judged.basisValue)}.${best}`,
        ]),
    ...(map === undefined ? [] : [mapSentence(map, labelText)]),
    `That gives ${STATUS_WORDS[judged.status].word}${named}${soFar}, with a score of ${pointsWords(judged, map)}.${unclampedSentence(judged, map)}`,
  ];
}

function mapSentence(map: ScoreMap, labelText: LabelText): string {
  if (map.basis === 'status') return 'The score goes by the status.';
  return exactSentence(map) ?? `The score map: ${knotWords(map, labelText)}; ${outsideWords(map)}${roundWords(map)}.`;
}

/** Of a map that only the distance 0 gives anything in. */
function exactSentence(map: ScoreMap): string | undefined {
  const [far, before, at, ...more] = map.knots;
  if (map.basis !== 'distance_from_target' || far === undefined || before === undefined || at === undefined) {
    return undefined;
  }
  const isJump = more.length === 0 && before.at === '0' && at.at === '0' && far.score === before.score;
  const isPlain = map.below === undefined && map.beyond === undefined && map.limit === undefined;
  return isJump && isPlain && map.round === undefined
    ? `The score map: ${mapFigure(at.score, map)} at a distance of 0, else ${mapFigure(far.score, map)}.`
    : undefined;
}

/** `80 gives 0.0, 100 gives 100.0`; of knots at one place `at 90 it jumps from 0.0 to 50.0, which 90 itself gives`. */
function knotWords(map: ScoreMap, labelText: LabelText): string {
  const groups: { readonly at: string; readonly scores: string[] }[] = [];
  for (const { at, score } of map.knots) {
    const place = quantityFigure(at, labelText);
    const last = groups.at(-1);
    if (last?.at === place) last.scores.push(mapFigure(score, map));
    else groups.push({ at: place, scores: [mapFigure(score, map)] });
  }
  const words = groups.map(({ at, scores }) => {
    const [first, last] = [scores[0] ?? '', scores.at(-1) ?? ''];
    return first === last
      ? `${at} gives ${last}`
      : `at ${at} it jumps from ${first} to ${last}, which ${at} itself gives`;
  });
  return words.join(', ');
}

function outsideWords(map: ScoreMap): string {
  const { below, beyond, limit } = map;
  const lines = { knots: 'level', scale: 'carried on to 0 and full score', none: 'carried on' }[limit ?? 'knots'];
  if (below === undefined && beyond === undefined) return `straight lines between, ${lines} outside`;
  const before = below === undefined ? lines : mapFigure(below, map);
  const after = beyond === undefined ? lines : mapFigure(beyond, map);
  return `straight lines between, before the first ${before}, from the last on ${after}`;
}

function roundWords({ round }: ScoreMap): string {
  if (round === undefined) return '';
  const { mode, step, min, max } = round;
  const limits = [min === undefined ? '' : `, not below ${min}`, max === undefined ? '' : `, not above ${max}`].join(
    '',
  );
  return `; rounded ${mode.replace('-', ' ')} to steps of ${step}${limits}`;
}

/** A score as the map is written: in its points, or as people read a share. */
function mapFigure(score: DecimalText, { points }: ScoreMap): string {
  return points === undefined ? scoreFigure(score) : exactFigure(score);
}

function pointsWords({ points, score }: Scored, map: ScoreMap | undefined): string {
  if (points === undefined || map?.points === undefined) return scoreFigure(score);
  return `${readableFigure(points)} of ${exactFigure(map.points)} points`;
}

function unclampedSentence({ unclamped, score }: Scored, map: ScoreMap | undefined): string {
  if (unclamped === score) return '';
  return map?.round === undefined && map?.below === undefined && map?.beyond === undefined
    ? ` Without the limits of the map it would be ${scoreFigure(unclamped)}.`
    : ` The line itself, without limits and rounding, is at ${scoreFigure(unclamped)} of 100.`;
}

function quantityFigure(quantity: Quantity, labelText: LabelText): string {
  return typeof quantity === 'string'
    ? (labelText(quantity) ?? exactFigure(quantity))
    : `the ${quantityText(quantity)}`;
}
