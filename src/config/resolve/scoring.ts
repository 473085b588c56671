import { checkBands } from '#src/domain/score/bands/check-bands.js';
import type { BandWords } from '#src/domain/score/bands/parse-band.js';
import { BY_STATUS, betweenBands, isLineBetween } from '#src/domain/score/map/between-bands.js';
import { mapsOf, seriesOfBands, seriesOfRule } from '#src/domain/score/series-of-scoring.js';
import type { Band, ScoreMap, ScoreRule } from '#src/domain/score/types.js';
import type { TargetVersion } from '#src/domain/target/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { SpelledScoreSpec } from '../spec/score-spec.js';
import { resolveBands } from './score/bands.js';
import type { KnownToScoring, ScoredDirection, ScoringContext } from './score/known.js';
import { type Spelled, spellPreset } from './score/presets.js';
import { checkSeries } from './score/quantity.js';
import { resolveScoreRule } from './score/score-map.js';
import { resolveTargets } from './targets.js';

/** All that turns a measure's value into a status and a score. */
export interface Scoring {
  readonly targets: readonly TargetVersion[];
  readonly bands: readonly Band[];
  readonly scoreMap?: ScoreRule;
}

/**
 * Targets, bands and score map of the measure at `place`; a preset is taken as what it stands for.
 *
 * Where no score is spelled, it is the line between the two limits of the bands, or goes by the status where the bands
 * have no such limits.
 */
export function resolveScoring(
  spec: MeasureSpec,
  place: Place,
  problems: ProblemList,
  known: KnownToScoring = {},
): Scoring {
  const { direction } = spec;
  if (direction === 'unscored') {
    reportUnscored(spec, place, problems);
    return { targets: [], bands: [] };
  }
  const context: ScoringContext = { ...known, direction, problems, hasPoints: spec.score?.points !== undefined };
  const targets = resolveTargets(spec.targets, context, below(place, 'targets'), problems, known.grain);
  const score = below(place, 'score');
  const preset =
    spec.score !== undefined && 'preset' in spec.score ? spellPreset(spec.score, score, context) : undefined;
  const rule = ruleOf(spec, preset, score, context);
  const words: BandWords = { ...known, ...progressOf(rule) };
  const bandPlace = spec.bands === undefined && preset !== undefined ? score : below(place, 'bands');
  const bands = resolveBands(spec.bands ?? preset?.bands, words, bandPlace, context);
  checkSeries(seriesOfBands(bands), bandPlace, context);
  checkCircle(bands, rule, spec, place, context);
  const scoreMap = rule ?? (spec.score === undefined ? mapOfBands(bands, direction) : undefined);
  const hasTarget = !Array.isArray(spec.targets) || spec.targets.length > 0;
  if (!hasTarget && [...seriesOfBands(bands), ...seriesOfRule(scoreMap)].includes('target')) {
    const message = `measure "${spec.id}" is held to its target and has none: every period will be no_target`;
    const remedy = "add targets: [{ from: 2026-01, value: 85 }], or bands on the value itself: '>= 85'";
    problems.warn('CONFIG_NO_TARGET', place, message, remedy);
  }
  return { targets, bands, ...(scoreMap === undefined ? {} : { scoreMap }) };
}

function reportUnscored(spec: MeasureSpec, place: Place, problems: ProblemList): void {
  for (const key of ['targets', 'bands', 'score'] as const) {
    const given = spec[key];
    if (given === undefined || (key === 'targets' && Array.isArray(given) && given.length === 0)) continue;
    const message = `an unscored measure has no ${key}`;
    const remedy = `remove ${key}, or say which direction is good`;
    problems.error('CONFIG_UNSCORED', { ...below(place, key), at: 'key' }, message, remedy);
  }
}

/** The rule that the score spells, by itself or by its preset. */
function ruleOf(
  { score }: MeasureSpec,
  preset: Spelled | undefined,
  place: Place,
  context: ScoringContext,
): ScoreRule | undefined {
  if (score === undefined) return undefined;
  if (!('preset' in score)) return resolveScoreRule(score, place, context);
  if (preset === undefined) return undefined;
  const spelled: SpelledScoreSpec = { ...preset.map, ...(score.points === undefined ? {} : { points: score.points }) };
  return resolveScoreRule(spelled, place, context);
}

/** What `progress` means in bands: the way of the score's own map, where it has one. */
function progressOf(rule: ScoreRule | undefined): BandWords {
  for (const { basis } of mapsOf(rule)) {
    if (typeof basis === 'string') continue;
    if (basis.kind === 'progress') return { progress: basis };
    if (basis.kind === 'expected_progress') {
      return { progress: { kind: 'progress', from: basis.from, to: basis.to }, expected: basis };
    }
  }
  return {};
}

/** Bands on the score need one that is not made of them. */
function checkCircle(
  bands: readonly Band[],
  rule: ScoreRule | undefined,
  spec: MeasureSpec,
  place: Place,
  { problems }: ScoringContext,
): void {
  if (!bands.some(({ basis }) => basis === 'score')) return;
  if (spec.score === undefined) {
    const message = 'the bands are on the score, and the measure spells none';
    problems.error('CONFIG_BAD_BANDS', below(place, 'bands'), message, 'add score: { basis: …, knots: … }');
  } else if (mapsOf(rule).some(({ basis }) => basis === 'status')) {
    const message = 'the score is made of the status, and the status of the score';
    problems.error('CONFIG_BAD_SCORE', below(place, 'score'), message, 'let one of the two have another basis');
  }
}

/** The score of a measure that spells none. */
function mapOfBands(bands: readonly Band[], direction: ScoredDirection): ScoreMap | undefined {
  if (bands.length === 0 || bands.some(({ basis }) => basis === 'score')) return undefined;
  return isLineBetween(bands) && checkBands(direction, bands).length === 0 ? betweenBands(bands) : BY_STATUS;
}
