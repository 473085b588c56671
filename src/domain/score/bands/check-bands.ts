import type { Direction } from '../../measure/types.js';
import { basisWords, isSameBasis } from '../basis/basis-text.js';
import { fixedDifference, quantityText } from '../quantity.js';
import type { Band, Basis, Status } from '../types.js';

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
  const contradicting = directionProblems(direction, limited);
  // What contradicts the direction must be written anew: what else is wrong with it would be told of the same mistake.
  if (contradicting.length > 0) return [...orderProblems(bands), ...contradicting];
  return [...orderProblems(bands), ...basisProblems(limited), ...limitProblems(direction, limited)];
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
    .filter((band) => first !== undefined && !isSameBasis(band.basis, first.basis))
    .map(
      (band) =>
        `"${band.text}" is on ${basisWords(band.basis)} but "${first?.text}" on ${basisWords(first?.basis ?? 'value')}`,
    );
}

/** One for each comparison that is needed instead, with all bands that need it. */
function directionProblems(direction: Exclude<Direction, 'unscored'>, limited: readonly Band[]): string[] {
  const needs = limited.map((band) => [neededInstead(direction, band), `"${band.text}"`] as const);
  return [...new Set(needs.flatMap(([needed]) => needed ?? []))].map((needed) => {
    const texts = needs.filter(([each]) => each === needed).map(([, text]) => text);
    return `${texts.join(' and ')} ${texts.length === 1 ? 'contradicts' : 'contradict'} the direction ${direction}, which needs ${needed}`;
  });
}

/** The comparison that a direction needs in the place of a band's; `undefined` where that suits it. */
function neededInstead(direction: Exclude<Direction, 'unscored'>, band: Band): string | undefined {
  const wanted = betterSide(direction, band.basis);
  if (wanted === 'none') return band.also === undefined ? '"within N of target"' : undefined;
  if (wanted === 'near') return direction === 'higher-is-better' ? '>= or >' : '<= or <';
  return band.also === undefined && band.operator.startsWith(wanted) ? undefined : `${wanted}= or ${wanted}`;
}

/**
 * The comparison that a good value passes on a basis, for a list of bands from best to worst.
 *
 * `none` where neither side of the value itself is better, `near` where one is and the distance hides which.
 */
function betterSide(direction: Exclude<Direction, 'unscored'>, basis: Basis): '>' | '<' | 'none' | 'near' {
  const better = isHigherBetter(basis, direction);
  const twoSided = direction === 'in-band' || direction === 'exact';
  if (!twoSided && isDistance(basis)) return 'near';
  if (better === undefined) return 'none';
  return better ? '>' : '<';
}

/**
 * Whether more of a basis is better in a direction; `undefined` where neither is.
 *
 * Score, status, progress and variance are made so that more is better, and of a distance less is, whatever the
 * direction.
 */
export function isHigherBetter(basis: Basis, direction: Direction): boolean | undefined {
  if (isDistance(basis)) return false;
  if (
    basis !== 'value' &&
    basis !== 'percent_of_target' &&
    (typeof basis === 'string' || basis.kind !== 'percent_of')
  ) {
    return true;
  }
  if (direction === 'higher-is-better') return true;
  return direction === 'lower-is-better' ? false : undefined;
}

function isDistance(basis: Basis): boolean {
  if (typeof basis === 'string') return basis === 'distance_from_target';
  return basis.kind === 'distance_from' || basis.kind === 'distance_percent_of';
}

function limitProblems(direction: Exclude<Direction, 'unscored'>, limited: readonly Band[]): string[] {
  const onTrack = limited.find((band) => band.status === 'on_track');
  const atRisk = limited.find((band) => band.status === 'at_risk');
  if (onTrack?.limit === undefined || atRisk?.limit === undefined) return [];
  if (!isSameBasis(onTrack.basis, atRisk.basis)) return [];
  if (onTrack.also !== undefined || atRisk.also !== undefined) return [];
  const step = fixedDifference(atRisk.limit, onTrack.limit)?.comparedTo(0);
  if (step === undefined) return [];
  const [at, on] = [quantityText(atRisk.limit), quantityText(onTrack.limit)];
  if (step === 0) return [`on_track and at_risk have the same limit ${on}, which leaves no room for at_risk`];
  const higher = isHigherBetter(onTrack.basis, direction) ?? false;
  if (higher ? step < 0 : step > 0) return [];
  return [`the at_risk limit ${at} must be ${higher ? 'below' : 'above'} the on_track limit ${on}`];
}
