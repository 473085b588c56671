import { plainNumber } from '../measure/plain-number.js';
import type { Direction } from '../measure/types.js';
import { type Decimal, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Band, Basis, Status } from './types.js';

/** Outcome of {@link parseBand}. */
export type BandReading =
  | { readonly ok: true; readonly basis: Basis; readonly operator: Comparison; readonly limit: DecimalText }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

type Comparison = Exclude<Band['operator'], 'else'>;

const COMPARISONS = ['>=', '<=', '>', '<'] as const satisfies readonly Comparison[];
const COMPARED = /^(>=|<=|>|<)\s*(\S+?)(?:\s*%\s*of\s+target)?$/;
const WITHIN = /^within\s+(\S+)\s+of\s+target$/;
const SHAPES = "write one of '>= 85', '<= 5', '>= 92% of target', 'within 2 of target'";

/**
 * Reads a band expression.
 *
 * - `>= N`, `<= N`, `> N`, `< N`: the value itself
 * - the same with `% of target`, as in `>= 92% of target`: percent of target
 * - `within N of target`: distance from the target, or outside the range; `N` is not negative, 0 is on target exactly
 *
 * `N` is a plain number such as `-1.5`. A number with `%` but without `of target` is refused, since a measure in
 * percent and a percentage of its target look alike.
 */
export function parseBand(text: string): BandReading {
  const trimmed = text.trim();
  const within = WITHIN.exec(trimmed);
  if (within !== null) return withinReading(text, within[1] ?? '');
  const compared = COMPARED.exec(trimmed);
  const operator = COMPARISONS.find((candidate) => candidate === compared?.[1]);
  if (compared === null || operator === undefined) {
    return { ok: false, message: `cannot read the band "${text}"`, remedy: SHAPES };
  }
  const number = compared[2] ?? '';
  const limit = plainNumber(number);
  if (limit === undefined) return badNumber(text, number, comparedRemedy(text, number));
  return { ok: true, basis: trimmed.endsWith('target') ? 'percent_of_target' : 'value', operator, limit };
}

/**
 * The status of a basis value: that of the first band that holds.
 *
 * Bands are half-open: with `>=` a value equal to the limit takes the better band, with `>` the worse one. Where no
 * band holds the status is `off_track`.
 */
export function statusInBands(bands: readonly Band[], basisValue: Decimal): Status {
  return bands.find((band) => holds(band, basisValue))?.status ?? 'off_track';
}

function holds(band: Band, basisValue: Decimal): boolean {
  if (band.operator === 'else') return true;
  if (band.limit === undefined) return false;
  switch (band.operator) {
    case '>=':
      return basisValue.greaterThanOrEqualTo(band.limit);
    case '<=':
      return basisValue.lessThanOrEqualTo(band.limit);
    case '>':
      return basisValue.greaterThan(band.limit);
    case '<':
      return basisValue.lessThan(band.limit);
  }
}

/**
 * What is wrong with a measure's bands, in words; none is an empty list.
 *
 * Bands come from best to worst: `on_track`, `at_risk`, then `off_track` as `else`, which leaves no gap, and since the
 * first band that holds counts there is no overlap. Further: one basis for all, comparisons that suit the direction,
 * and an at-risk limit strictly on the worse side of the on-track limit.
 */
export function checkBands(direction: Direction, bands: readonly Band[]): string[] {
  if (direction === 'unscored') return bands.length === 0 ? [] : ['an unscored measure has no bands'];
  const limited = bands.filter((band) => band.operator !== 'else');
  return [
    ...orderProblems(bands),
    ...basisProblems(limited),
    ...limited.flatMap((band) => directionProblems(direction, band)),
    ...limitProblems(direction, limited),
  ];
}

const ORDER: readonly Status[] = ['on_track', 'at_risk', 'off_track'];

function orderProblems(bands: readonly Band[]): string[] {
  const statuses = bands.map((band) => band.status);
  const problems = ORDER.filter((status) => !statuses.includes(status)).map((status) => `no band gives ${status}`);
  const sorted = [...statuses].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (statuses.length > new Set(statuses).size) problems.push(`two bands give the same status: ${statuses.join(', ')}`);
  else if (statuses.some((status, index) => status !== sorted[index])) {
    problems.push(
      `bands stand in the order ${statuses.join(', ')}; they must go from best to worst: ${sorted.join(', ')}`,
    );
  }
  const early = bands.slice(0, -1).filter((band) => band.operator === 'else');
  problems.push(...early.map((band) => `the band of ${band.status} takes every value, so those after it never hold`));
  if (bands.length > 0 && bands.at(-1)?.operator !== 'else') {
    problems.push(`gap: the last band, "${bands.at(-1)?.text}", leaves values without a status`);
  }
  return problems;
}

function basisProblems(limited: readonly Band[]): string[] {
  const [first, ...others] = limited;
  return others
    .filter((band) => band.basis !== first?.basis)
    .map((band) => `"${band.text}" is on ${WORDS[band.basis]} but "${first?.text}" on ${first && WORDS[first.basis]}`);
}

const WORDS: Readonly<Record<Basis, string>> = {
  value: 'the value',
  percent_of_target: 'percent of target',
  distance_from_target: 'distance from target',
};

function directionProblems(direction: Exclude<Direction, 'unscored'>, band: Band): string[] {
  const contradiction = `"${band.text}" contradicts the direction ${direction}`;
  const upward = band.operator === '>=' || band.operator === '>';
  switch (direction) {
    case 'higher-is-better':
      return upward && band.basis !== 'distance_from_target' ? [] : [`${contradiction}, which needs >= or >`];
    case 'lower-is-better':
      return !upward && band.basis !== 'distance_from_target' ? [] : [`${contradiction}, which needs <= or <`];
    case 'in-band':
    case 'exact':
      return !upward && band.basis === 'distance_from_target'
        ? []
        : [`${contradiction}, which needs "within N of target"`];
  }
}

function limitProblems(direction: Exclude<Direction, 'unscored'>, limited: readonly Band[]): string[] {
  const onTrack = limited.find((band) => band.status === 'on_track');
  const atRisk = limited.find((band) => band.status === 'at_risk');
  if (onTrack?.limit === undefined || atRisk?.limit === undefined) return [];
  const step = decimal(atRisk.limit).comparedTo(onTrack.limit);
  if (step === 0)
    return [`on_track and at_risk have the same limit ${onTrack.limit}, which leaves no room for at_risk`];
  const higher = direction === 'higher-is-better';
  if (higher ? step < 0 : step > 0) return [];
  return [
    `the at_risk limit ${atRisk.limit} must be ${higher ? 'below' : 'above'} the on_track limit ${onTrack.limit}`,
  ];
}

function withinReading(text: string, number: string): BandReading {
  const limit = plainNumber(number);
  if (limit === undefined)
    return badNumber(text, number, "write the distance in the value's own unit: 'within 2 of target'");
  if (limit.startsWith('-')) {
    return {
      ok: false,
      message: `the distance ${number} in "${text}" is negative`,
      remedy: 'give a distance of 0 or more',
    };
  }
  return { ok: true, basis: 'distance_from_target', operator: '<=', limit };
}

function comparedRemedy(text: string, number: string): string {
  return number.endsWith('%')
    ? `write '${text.trim()} of target', or leave the % out to compare the value itself`
    : 'write digits with at most one decimal point: 92.5';
}

function badNumber(text: string, number: string, remedy: string): BandReading {
  return { ok: false, message: `"${number}" in the band "${text}" is not a plain number`, remedy };
}
