import { checkRollUpBands } from '#src/domain/rollup/roll-up-bands.js';
import type { RollUpBand, RollUpMethod, RollUpRule } from '#src/domain/rollup/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { RollUpSpec } from '../spec/roll-up-spec.js';

/** What a node says about its roll-up, and where. */
export interface RollUpLevel {
  readonly spec: RollUpSpec | undefined;
  /** Of the `roll_up` itself. */
  readonly place: Place;
}

const LIMITS = { onTrackFrom: '0.8', atRiskFrom: '0.5' };
const MINIMUM = { coverage: '0.5', children: 1 };

/**
 * The rule of a node: of each setting what is said nearest to it, from the node itself up to the site.
 *
 * Limits and bands exclude each other, so the nearest of either counts. What speaks of a node's own points, `possible`
 * and bands on points, is not handed down. Problems are told of the last level only: the others are told as theirs.
 *
 * @param levels from the site down to the node
 */
export function resolveRollUp(levels: readonly RollUpLevel[], problems: ProblemList): RollUpRule {
  const own = levels.at(-1);
  const spec = levels.reduce<RollUpSpec>((above, level) => inherited(above, level.spec), {});
  const rule = ruleOf(spec);
  if (own?.spec !== undefined) checkRollUp(own.spec, spec, rule, own.place, problems);
  return rule;
}

/** What holds of a node that says `spec` below a node for which `above` holds. */
function inherited({ possible: _possible, ...above }: RollUpSpec, spec: RollUpSpec | undefined): RollUpSpec {
  const { bands, bands_on, ...rest } = above;
  const handedDown = bands_on === 'points' ? rest : above;
  if (spec === undefined) return handedDown;
  if (spec.bands !== undefined) {
    const { on_track_from: _onTrack, at_risk_from: _atRisk, ...others } = rest;
    return { ...others, ...spec };
  }
  const hasLimits = spec.on_track_from !== undefined || spec.at_risk_from !== undefined;
  return { ...(hasLimits ? rest : handedDown), ...spec };
}

/** The rule as the program runs on it: a setting that is not written is left out. */
function ruleOf(spec: RollUpSpec): RollUpRule {
  const method = methodOf(spec);
  const { bands, round, round_children: roundChildren, max_age_days: days, max_age_periods: periods } = spec;
  return {
    onTrackFrom: spec.on_track_from ?? LIMITS.onTrackFrom,
    atRiskFrom: spec.at_risk_from ?? LIMITS.atRiskFrom,
    minimumCoverage: spec.minimum_coverage ?? MINIMUM.coverage,
    minimumChildren: spec.minimum_children ?? MINIMUM.children,
    ...(method === undefined ? {} : { method }),
    ...(bands === undefined ? {} : { bands: bands.map(bandOf) }),
    ...(bands !== undefined && spec.bands_on === 'points' ? { bandsOn: 'points' as const } : {}),
    ...(round === undefined ? {} : { round }),
    ...(roundChildren === undefined ? {} : { roundChildren }),
    ...(spec.unclamped === true ? { unclamped: true as const } : {}),
    ...(days === undefined && periods === undefined
      ? {}
      : {
          ageLimit: {
            ...(days === undefined ? {} : { maxAgeDays: days }),
            ...(periods === undefined ? {} : { maxAgePeriods: periods }),
          },
        }),
  };
}

function methodOf({ method = 'weighted_mean', ties = 'worst', best = 1, possible }: RollUpSpec) {
  switch (method) {
    case 'weighted_mean':
      return undefined;
    case 'most_frequent':
      return { kind: method, ties } satisfies RollUpMethod;
    case 'best_of':
      return { kind: method, count: best } satisfies RollUpMethod;
    case 'sum_of_points':
      return { kind: method, ...(possible === undefined ? {} : { possible }) } satisfies RollUpMethod;
    case 'worst':
    case 'best':
      return { kind: method } satisfies RollUpMethod;
  }
}

function bandOf({ from, status, label }: NonNullable<RollUpSpec['bands']>[number]): RollUpBand {
  return { ...(from === undefined ? {} : { from }), status, ...(label === undefined ? {} : { label }) };
}

/** Settings that belong to one method. */
const METHOD_OF = { ties: 'most_frequent', best: 'best_of', possible: 'sum_of_points' } as const;

function checkRollUp(own: RollUpSpec, spec: RollUpSpec, rule: RollUpRule, place: Place, problems: ProblemList): void {
  const method = spec.method ?? 'weighted_mean';
  for (const key of ['ties', 'best', 'possible'] as const) {
    if (own[key] === undefined || METHOD_OF[key] === method) continue;
    const message = `roll_up: ${key} says nothing beside the method ${method}`;
    problems.error(
      'CONFIG_ROLL_UP_METHOD',
      { ...below(place, key), at: 'key' },
      message,
      `remove it, or write method: ${METHOD_OF[key]}`,
    );
  }
  if (own.method === 'best_of' && spec.best === undefined) {
    const message = 'roll_up: best_of does not say how many of the best children count';
    problems.error('CONFIG_ROLL_UP_METHOD', below(place, 'method'), message, 'add best: 3');
  }
  if (own.bands !== undefined) checkBands(own, spec, rule, place, problems);
  else if (own.bands_on !== undefined) {
    const message = 'roll_up: bands_on says what bands are compared with, and there are none here';
    problems.error('CONFIG_ROLL_UP_BANDS', { ...below(place, 'bands_on'), at: 'key' }, message, 'add bands beside it');
  } else if (!decimal(rule.atRiskFrom).lessThan(rule.onTrackFrom)) {
    const message = `roll_up: at_risk_from ${rule.atRiskFrom} is not below on_track_from ${rule.onTrackFrom}`;
    problems.error('CONFIG_ROLL_UP_LIMITS', place, message, 'let at_risk_from be the lower of the two');
  }
}

function checkBands(own: RollUpSpec, spec: RollUpSpec, rule: RollUpRule, place: Place, problems: ProblemList): void {
  const at = below(place, 'bands');
  for (const { index, message, remedy } of checkRollUpBands(rule.bands ?? [])) {
    problems.error('CONFIG_ROLL_UP_BANDS', below(at, index), `roll_up: ${message}`, remedy);
  }
  for (const key of ['on_track_from', 'at_risk_from'] as const) {
    if (own[key] === undefined) continue;
    const message = `roll_up: ${key} and bands both say what the status is`;
    problems.error('CONFIG_ROLL_UP_BANDS', { ...below(place, key), at: 'key' }, message, 'keep one of the two');
  }
  const { method = 'weighted_mean' } = spec;
  if (method === 'worst' || method === 'best' || method === 'most_frequent') {
    const message = `roll_up: with the method ${method} the status is that of a child, and bands say nothing`;
    problems.error('CONFIG_ROLL_UP_BANDS', at, message, 'remove the bands, or take a method that makes a score');
  } else if (own.bands_on === 'points' && method !== 'sum_of_points') {
    const message = `roll_up: there are no points with the method ${method}`;
    problems.error(
      'CONFIG_ROLL_UP_BANDS',
      below(place, 'bands_on'),
      message,
      'write method: sum_of_points, or leave bands_on out',
    );
  }
}
