import type { Direction } from '../../measure/types.js';
import { type Decimal, decimal } from '../../value/decimal.js';
import { whole } from '../../value/fraction.js';
import { isSameBasis } from '../basis/basis-text.js';
import type { Band, Status } from '../types.js';
import { isWithin } from './band-of.js';
import { isHigherBetter } from './check-bands.js';

/**
 * What is wrong with bands of any number, of which the first that holds counts; none is an empty list.
 *
 * The last is `else`, and no other: a list without it leaves values without a status. Where all bands compare one
 * basis with numbers, further: each band holds for some value, and no status gets worse as the value gets better.
 * Limits that are series move, and are not compared with each other.
 */
export function checkBandList(direction: Direction, bands: readonly Band[]): string[] {
  const problems = elseProblems(bands);
  return problems.length > 0 ? problems : checkStatusOrder(direction, bands);
}

/**
 * Bands that never hold, and statuses that get worse as the value gets better; bands may leave values without a status.
 *
 * Says nothing of bands on several bases or with series as limits.
 */
export function checkStatusOrder(direction: Direction, bands: readonly Band[]): string[] {
  return [...unreached(bands), ...contradictions(direction, bands)];
}

function elseProblems(bands: readonly Band[]): string[] {
  const early = bands.slice(0, -1).filter((band) => band.operator === 'else');
  if (early.length > 0) return ['"else" takes every value, so the bands after it never hold'];
  if (bands.at(-1)?.operator === 'else') return [];
  return [`gap: the last band, "${bands.at(-1)?.text ?? ''}", leaves values without a status; end with else`];
}

/** Bands that hold for no value that the bands before them have left. */
function unreached(bands: readonly Band[]): string[] {
  const places = samplesOf(bands);
  if (places === undefined) return [];
  const reached = new Set(places.map((place) => firstAt(bands, place)));
  return bands
    .filter((band) => !reached.has(band))
    .map((band) => `"${band.text}" never holds: the bands before it take all its values`);
}

const RANK: Readonly<Record<Status, number>> = { off_track: 0, at_risk: 1, on_track: 2 };

/** The first place on the way to better values from which on the status is worse. */
function contradictions(direction: Direction, bands: readonly Band[]): string[] {
  const places = samplesOf(bands);
  const basis = bands[0]?.basis;
  const rises = basis === undefined ? undefined : isHigherBetter(basis, direction);
  if (places === undefined || rises === undefined) return [];
  const upwards = rises ? places : places.toReversed();
  for (const [index, place] of upwards.entries()) {
    const before = firstAt(bands, upwards[index - 1] ?? place);
    const here = firstAt(bands, place);
    if (before === undefined || here === undefined || RANK[here.status] >= RANK[before.status]) continue;
    return [
      `"${here.text}" is ${here.status} where "${before.text}" is ${before.status}, though ${direction} puts its values on the better side`,
    ];
  }
  return [];
}

function firstAt(bands: readonly Band[], place: Decimal): Band | undefined {
  return bands.find((band) => isWithin(band, whole(place)));
}

/** A place in each region that the limits make, the limits themselves included, ascending; none without plain limits. */
function samplesOf(bands: readonly Band[]): readonly Decimal[] | undefined {
  const limited = bands.filter((band) => band.operator !== 'else');
  const [first] = limited;
  const limits = limited.flatMap(({ limit, also }) => [limit ?? '0', ...(also === undefined ? [] : [also.limit])]);
  const numbers = limits.filter((limit) => typeof limit === 'string').map(decimal);
  if (first === undefined || numbers.length < limits.length) return undefined;
  if (limited.some((band) => !isSameBasis(band.basis, first.basis))) return undefined;
  const ascending = numbers.toSorted((a, b) => a.comparedTo(b));
  const between = ascending.map((limit, index) => limit.plus(ascending[index + 1] ?? limit.plus(2)).div(2));
  const lowest = ascending[0]?.minus(1);
  return [lowest, ...ascending.flatMap((limit, index) => [limit, between[index]])].filter((each) => each !== undefined);
}
