import { compareInstants } from '../period/period-instants.js';
import type { Instant, Period } from '../period/types.js';
import type { Status } from '../score/types.js';
import type { DecimalText } from '../value/types.js';

/** How long a correction is news. */
export const RESTATED_DAYS = 7;

/** One state of the value of a closed period. */
export interface JudgedRevision {
  /** Whether it corrected a value of a period that was closed. */
  readonly restated: boolean;
  /** Nominal time of the run that brought it. */
  readonly at: Instant;
  readonly value?: DecimalText;
  /** As judged with this value by the rule and the target of today; absent where it never was. */
  readonly status?: Status;
}

interface Judged {
  readonly value: DecimalText;
  readonly status: Status;
}

/** A status that was turned by corrections of the value alone. */
export interface StatusFlip {
  readonly period: Period;
  readonly before: Judged;
  readonly after: Judged;
  /** When the last correction came. */
  readonly at: Instant;
}

/**
 * How corrections since an instant have turned the status of a period.
 *
 * The value that stood before the first of them is compared with the current one; what lies between does not count. Nothing
 * where the status is the same, where one of the two was never judged by the rule and target of today, so that a changed rule
 * is no flip, or where the value was taken back.
 *
 * @param revisions oldest first, the last is the current one
 * @param since corrections at this instant or before do not count
 */
export function statusFlip(
  period: Period,
  revisions: readonly JudgedRevision[],
  since: Instant,
): StatusFlip | undefined {
  const isNews = ({ restated, at }: JudgedRevision): boolean => restated && compareInstants(at, since) > 0;
  const first = revisions.findIndex(isNews);
  const [before, after] = [revisions[first - 1], revisions.at(-1)];
  const last = revisions.findLast(isNews);
  if (before?.value === undefined || after?.value === undefined || last === undefined) return undefined;
  if (before.status === undefined || after.status === undefined || before.status === after.status) return undefined;
  return {
    period,
    before: { value: before.value, status: before.status },
    after: { value: after.value, status: after.status },
    at: last.at,
  };
}
