import { PlumblineError } from '../failure/plumbline-error.js';
import { canonical, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { Band, ScoreMap, Status } from './types.js';

/**
 * The preset score map of a measure that spells none: on the basis of its bands a straight line with 1 at the
 * on-track limit G, 0.5 at the at-risk limit A and 0 at 2A − G, constant outside.
 *
 * Serves every direction: where lower is better, or a distance counts, A lies above G and the line falls.
 * Expects bands that `checkBands` found no problem in.
 *
 * @throws PlumblineError `BUG_BANDS_WITHOUT_MAP` (defect) when a limit is absent or both are the same
 */
export function betweenBands(bands: readonly Band[]): ScoreMap {
  const goal = limited(bands, 'on_track');
  const risk = limited(bands, 'at_risk');
  const full = decimal(goal.limit);
  const half = decimal(risk.limit);
  if (full.equals(half)) throw withoutMap(bands, 'both limits are the same');
  const none = half.times(2).minus(full);
  const knots = [
    { at: canonical(none), score: '0' },
    { at: canonical(half), score: '0.5' },
    { at: canonical(full), score: '1' },
  ];
  return { basis: goal.basis, knots: full.greaterThan(half) ? knots : knots.reverse() };
}

function limited(bands: readonly Band[], status: Status): Band & { readonly limit: DecimalText } {
  const band = bands.find((candidate) => candidate.status === status);
  if (band?.limit === undefined) throw withoutMap(bands, `${status} has no limit`);
  return { ...band, limit: band.limit };
}

function withoutMap(bands: readonly Band[], why: string): PlumblineError {
  const texts = bands.map((band) => `"${band.text}"`).join(', ');
  return new PlumblineError('defect', 'BUG_BANDS_WITHOUT_MAP', `Making a score map of the bands ${texts}: ${why}`);
}
