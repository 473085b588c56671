import { isInstant } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';

const SWEEP = 'sweep@';

/** What a sweep writes down for a run, being none of a pull group. */
export function sweepRunId(logicalTime: Instant): string {
  return `${SWEEP}${logicalTime}`;
}

/** The nominal time of a sweep by what it wrote down; `undefined` for any other run. */
export function timeOfSweep(runId: string): Instant | undefined {
  const time = runId.startsWith(SWEEP) ? runId.slice(SWEEP.length) : '';
  return isInstant(time) ? time : undefined;
}
