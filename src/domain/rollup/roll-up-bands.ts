import type { Status } from '../score/types.js';
import { type Decimal, decimal } from '../value/decimal.js';
import { BEST_FIRST } from './entering-child.js';
import type { RollUpBand, RollUpRule } from './types.js';

/** The band of a node's score or points; of a rule without bands, what its limits give. */
export function bandAt(rule: RollUpRule, score: Decimal, points: Decimal | undefined): Omit<RollUpBand, 'from'> {
  if (rule.bands === undefined) return { status: statusByLimits(rule, score) };
  const value = rule.bandsOn === 'points' ? (points ?? score) : score;
  const band = rule.bands.find(({ from }) => from === undefined || value.greaterThanOrEqualTo(from));
  return band ?? { status: 'off_track' };
}

function statusByLimits(rule: RollUpRule, score: Decimal): Status {
  if (score.greaterThanOrEqualTo(decimal(rule.onTrackFrom))) return 'on_track';
  return score.greaterThanOrEqualTo(decimal(rule.atRiskFrom)) ? 'at_risk' : 'off_track';
}

/** A fault of a list of bands, and the position of the band that it is about. */
export interface BandFault {
  readonly index: number;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What is wrong with the bands of a node; none is an empty list.
 *
 * Bands go from best to worst: each `from` is less than the one before, no status is better than the one before, and
 * only the last band, which takes all the rest, has no `from`. So there is neither gap nor overlap.
 */
export function checkRollUpBands(bands: readonly RollUpBand[]): readonly BandFault[] {
  return bands.flatMap((band, index): readonly BandFault[] => {
    const before = bands[index - 1];
    const isLast = index === bands.length - 1;
    if (band.from === undefined && !isLast) {
      const message = 'this band takes every value, so those after it never hold';
      return [{ index, message, remedy: 'give it a from:, or put it last' }];
    }
    if (band.from !== undefined && isLast) {
      const message = `gap: nothing holds below ${band.from}`;
      return [{ index, message, remedy: 'add a last band without from:, for all the rest' }];
    }
    return before === undefined ? [] : [...orderFaults(before, band, index), ...statusFaults(before, band, index)];
  });
}

function orderFaults(before: RollUpBand, band: RollUpBand, index: number): readonly BandFault[] {
  if (before.from === undefined || band.from === undefined) return [];
  if (decimal(band.from).lessThan(before.from)) return [];
  const message = `the band from ${band.from} stands after the one from ${before.from}`;
  return [{ index, message, remedy: 'put bands in the order from best to worst, each from: less than the one before' }];
}

function statusFaults(before: RollUpBand, band: RollUpBand, index: number): readonly BandFault[] {
  if (BEST_FIRST.indexOf(band.status) >= BEST_FIRST.indexOf(before.status)) return [];
  const message = `the status ${band.status} is better than ${before.status} of the band above`;
  return [{ index, message, remedy: 'let statuses go from on_track to off_track' }];
}
