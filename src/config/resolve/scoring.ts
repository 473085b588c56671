import type { Direction } from '#src/domain/measure/types.js';
import { checkBands, parseBand } from '#src/domain/score/bands.js';
import { betweenBands } from '#src/domain/score/between-bands.js';
import type { Band, Basis, ScoreMap } from '#src/domain/score/types.js';
import type { TargetVersion } from '#src/domain/target/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import { resolveTargets, writtenTargets } from './targets.js';

/** All that turns a measure's value into a status and a score. */
export interface Scoring {
  readonly targets: readonly TargetVersion[];
  readonly bands: readonly Band[];
  readonly scoreMap?: ScoreMap;
}

const DEFAULT_BANDS: Readonly<Partial<Record<Direction, { readonly on_track: string; readonly at_risk: string }>>> = {
  'higher-is-better': { on_track: '>= 100% of target', at_risk: '>= 90% of target' },
  'lower-is-better': { on_track: '<= 100% of target', at_risk: '<= 110% of target' },
};

const EXAMPLES: Readonly<Record<Exclude<Direction, 'unscored'>, string>> = {
  'higher-is-better': "on_track: '>= 100% of target', at_risk: '>= 90% of target'",
  'lower-is-better': "on_track: '<= 100% of target', at_risk: '<= 110% of target'",
  'in-band': "on_track: 'within 0 of target', at_risk: 'within 5 of target'",
  exact: "on_track: 'within 0 of target', at_risk: 'within 1 of target'",
};

/** Targets, bands and score map of the measure at `place`; the preset map where none is spelled. */
export function resolveScoring(spec: MeasureSpec, place: Place, problems: ProblemList): Scoring {
  const { direction } = spec;
  if (direction === 'unscored') {
    for (const key of ['targets', 'bands', 'score'] as const) {
      const given = spec[key];
      if (given === undefined || (Array.isArray(given) && given.length === 0)) continue;
      const remedy = `remove ${key}, or say which direction is good`;
      problems.error(
        'CONFIG_UNSCORED',
        { ...below(place, key), at: 'key' },
        `an unscored measure has no ${key}`,
        remedy,
      );
    }
    return { targets: [], bands: [] };
  }
  const targets = resolveTargets(spec.targets, direction, below(place, 'targets'), problems);
  const bands = resolveBands(spec, direction, place, problems);
  const spelled = spec.score && resolveScoreMap(spec.score, direction, below(place, 'score'), problems);
  const scoreMap = spelled ?? (bands.length === 0 ? undefined : betweenBands(bands));
  checkNeedOfTargets([bands[0]?.basis, scoreMap?.basis], spec, place, problems);
  return { targets, bands, ...(scoreMap === undefined ? {} : { scoreMap }) };
}

/** The bands from best to worst, or none when something is wrong with them. */
function resolveBands(
  spec: MeasureSpec,
  direction: Exclude<Direction, 'unscored'>,
  place: Place,
  problems: ProblemList,
): readonly Band[] {
  const texts = spec.bands ?? DEFAULT_BANDS[direction];
  if (texts === undefined) {
    const message = `bands is missing: there is no default for ${direction}`;
    problems.error('CONFIG_MISSING_KEY', below(place, 'bands'), message, `add bands: { ${EXAMPLES[direction]} }`);
    return [];
  }
  const bands: Band[] = [];
  for (const status of ['on_track', 'at_risk'] as const) {
    const text = texts[status];
    const reading = parseBand(text);
    if (reading.ok) {
      bands.push({ status, basis: reading.basis, operator: reading.operator, limit: reading.limit, text });
    } else {
      problems.error('CONFIG_BAD_BAND', below(place, 'bands', status), reading.message, reading.remedy);
    }
  }
  const [first, second] = bands;
  if (first === undefined || second === undefined) return [];
  const all: readonly Band[] = [...bands, { status: 'off_track', basis: first.basis, operator: 'else', text: 'else' }];
  const faults = checkBands(direction, all);
  for (const fault of faults) {
    problems.error('CONFIG_BAD_BANDS', below(place, 'bands'), fault, `such as ${EXAMPLES[direction]}`);
  }
  return faults.length === 0 ? all : [];
}

function resolveScoreMap(
  { basis, knots }: NonNullable<MeasureSpec['score']>,
  direction: Direction,
  place: Place,
  problems: ProblemList,
): ScoreMap {
  if (basis === 'percent_of_target' && direction === 'in-band') {
    const message = 'percent_of_target has no meaning for a range';
    problems.error('CONFIG_BAD_SCORE', below(place, 'basis'), message, 'use distance_from_target or value');
  }
  for (const [index, [at]] of knots.entries()) {
    const before = knots[index - 1]?.[0];
    if (before === undefined || decimal(before).lessThan(at)) continue;
    const message = `the knot at ${at} stands after the one at ${before}`;
    problems.error(
      'CONFIG_BAD_SCORE',
      below(place, 'knots', index),
      message,
      'let the first number of the knots ascend',
    );
  }
  const rises = isHigherBetter(basis, direction);
  const against =
    rises === undefined ? -1 : knots.findIndex(([, score], index) => runsAgainst(knots[index - 1]?.[1], score, rises));
  if (against >= 0) {
    const message = `the score ${rises ? 'falls' : 'rises'} at this knot, though ${basis} is better when ${rises ? 'higher' : 'lower'}`;
    problems.warn(
      'CONFIG_SCORE_DIRECTION',
      below(place, 'knots', against),
      message,
      'check the order of the scores, and direction',
    );
  }
  return { basis, knots: knots.map(([at, score]) => ({ at, score })) };
}

function isHigherBetter(basis: Basis, direction: Direction): boolean | undefined {
  if (basis === 'distance_from_target') return false;
  if (direction === 'higher-is-better') return true;
  return direction === 'lower-is-better' ? false : undefined;
}

function runsAgainst(before: string | undefined, score: string, rises: boolean): boolean {
  if (before === undefined) return false;
  return rises ? decimal(score).lessThan(before) : decimal(score).greaterThan(before);
}

/** A measure held to its target needs one, and a percentage of it needs one above zero. */
function checkNeedOfTargets(
  bases: readonly (Basis | undefined)[],
  spec: MeasureSpec,
  place: Place,
  problems: ProblemList,
): void {
  const hasTarget = !Array.isArray(spec.targets) || spec.targets.length > 0;
  if (!hasTarget && bases.some((basis) => basis !== undefined && basis !== 'value')) {
    const message = `measure "${spec.id}" is held to its target and has none: every period will be no_target`;
    const remedy = "add targets: [{ from: 2026-01, value: 85 }], or bands on the value itself: '>= 85'";
    problems.warn('CONFIG_NO_TARGET', place, message, remedy);
  }
  if (!bases.includes('percent_of_target')) return;
  for (const { path, value } of writtenTargets(spec.targets)) {
    if (decimal(value).greaterThan(0)) continue;
    const message = `a percentage of the target ${value} has no meaning`;
    const remedy = "use a target above 0, or bands on the value itself: '<= 3', or 'within 2 of target' with exact";
    problems.error('CONFIG_TARGET_NOT_POSITIVE', below(place, 'targets', ...path), message, remedy);
  }
}
