import { PlumblineError } from '../../failure/plumbline-error.js';
import { isSameBasis } from '../basis/basis-text.js';
import { addQuantities, fixedDifference, scaled } from '../quantity.js';
import type { Band, Quantity, ScoreMap, Status } from '../types.js';

/**
 * The preset score map of a measure that spells none: on the basis of its bands a straight line with 1 at the
 * on-track limit G, 0.5 at the at-risk limit A and 0 at 2A − G, constant outside.
 *
 * Serves every direction: where lower is better, or a distance counts, A lies above G and the line falls.
 * Expects bands that `checkBands` found no problem in and {@link isLineBetween} accepts.
 *
 * @throws PlumblineError `BUG_BANDS_WITHOUT_MAP` (defect) when a limit is absent or both are the same
 */
export function betweenBands(bands: readonly Band[]): ScoreMap {
  const goal = limited(bands, 'on_track');
  const risk = limited(bands, 'at_risk');
  const room = fixedDifference(goal.limit, risk.limit);
  if (room?.isZero()) throw withoutMap(bands, 'both limits are the same');
  const none = addQuantities(scaled(risk.limit, '2'), goal.limit, '-1');
  const knots = [
    { at: none, score: '0' },
    { at: risk.limit, score: '0.5' },
    { at: goal.limit, score: '1' },
  ];
  const rises = room?.isPositive() ?? goal.operator.startsWith('>');
  return { basis: goal.basis, knots: rises ? knots : knots.reverse() };
}

/** Whether bands are of the kind that {@link betweenBands} draws its line through: two limits, one basis, one way. */
export function isLineBetween(bands: readonly Band[]): boolean {
  const [goal, risk, rest, ...more] = bands;
  if (goal === undefined || risk === undefined || rest?.operator !== 'else' || more.length > 0) return false;
  if (goal.status !== 'on_track' || risk.status !== 'at_risk' || goal.also !== undefined || risk.also !== undefined) {
    return false;
  }
  const side = goal.operator.slice(0, 1);
  if ((side !== '>' && side !== '<') || side !== risk.operator.slice(0, 1)) return false;
  if (goal.basis === 'score' || !isSameBasis(goal.basis, risk.basis)) return false;
  return !fixedDifference(goal.limit ?? '0', risk.limit ?? '0')?.isZero();
}

/** The preset of bands that no line can be drawn through: 1 on track, 0.5 at risk, 0 off track. */
export const BY_STATUS: ScoreMap = {
  basis: 'status',
  knots: [
    { at: '0', score: '0' },
    { at: '1', score: '1' },
  ],
};

function limited(bands: readonly Band[], status: Status): Band & { readonly limit: Quantity } {
  const band = bands.find((candidate) => candidate.status === status);
  if (band?.limit === undefined) throw withoutMap(bands, `${status} has no limit`);
  return { ...band, limit: band.limit };
}

function withoutMap(bands: readonly Band[], why: string): PlumblineError {
  const texts = bands.map((band) => `"${band.text}"`).join(', ');
  return new PlumblineError('defect', 'BUG_BANDS_WITHOUT_MAP', `Making a score map of the bands ${texts}: ${why}`);
}
