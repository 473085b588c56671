/**
 * Retry and time-out policies of the steps, written once for both runners.
 *
 * A pull is tried five times over about fifteen seconds; what still fails is then recorded as the source's
 * failure and the next scheduled run tries again. Steps that only touch the store are tried for longer, since
 * a run that cannot write has nothing else to do. A worker that dies is noticed after the heartbeat time-out.
 */
export const PULL_POLICY = {
  startToCloseMs: 3_600_000,
  heartbeatMs: 15_000,
  retry: { initialIntervalMs: 1_000, backoffCoefficient: 2, maximumIntervalMs: 30_000, maximumAttempts: 5 },
} as const;

/**
 * How long a pull may wait in the queue of a budget before it counts as failed: there it waits for its turn, which is no
 * part of its own time, and for a worker that serves the queue.
 */
export const QUOTA_WAIT_MS = 6 * 3_600_000;

export const STORE_POLICY = {
  startToCloseMs: 600_000,
  heartbeatMs: 15_000,
  retry: { initialIntervalMs: 500, backoffCoefficient: 2, maximumIntervalMs: 30_000, maximumAttempts: 12 },
} as const;

/** Pull steps of one run under way at once. */
export const PARALLEL_PULLS = 4;

export type StepPolicy = typeof PULL_POLICY | typeof STORE_POLICY;
