import type { Period } from '../period/types.js';
import { before } from '../window/grain-periods.js';
import type { Filled, StoredPart, StoredSeries } from '../window/types.js';

/**
 * What stands for an input in a period where it has none: nothing, 0, or its latest value of at most so many periods
 * before.
 */
export type MissingPolicy = 'absent' | 'zero' | { readonly carryForward: number };

/** What stands in a period after the policy; `filled` says when that is not what was reported. */
export interface PolicyOutcome {
  readonly part?: StoredPart;
  readonly filled?: Filled;
}

/**
 * The part of one period under a missing policy. A period that is not due is not missing yet, and nothing stands in for it.
 *
 * What was reported without a value, as a ratio without cases, is not missing, and no policy puts anything in its place.
 * A carried ratio carries both its sides. `zero` says that none reported is none there: it is the author's word,
 * never a default.
 *
 * @see docs/decisions/2026-11-28-missing-inputs.md
 */
export function inputValue(
  { values, grain, isDue }: StoredSeries,
  period: Period,
  policy: MissingPolicy,
): PolicyOutcome {
  const part = values.get(period.id);
  if (part !== undefined) return { part };
  if (policy === 'absent' || isDue?.(period) === false) return {};
  if (policy === 'zero') return { part: { value: '0' }, filled: { period: period.id, by: 'zero' } };
  let earlier: Period | undefined = period;
  for (let back = 1; back <= policy.carryForward; back += 1) {
    earlier = before(earlier, grain);
    if (earlier === undefined) return {};
    const carried = values.get(earlier.id);
    if (carried?.value === undefined) continue;
    return { part: carried, filled: { period: period.id, by: 'carry_forward', from: earlier.id } };
  }
  return {};
}
