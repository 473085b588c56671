import { setTimeout as delay } from 'node:timers/promises';
import type { PullQuota } from '#src/activities/types.js';

/** A clock that only runs forward, and waiting by it. */
export interface PacingClock {
  readonly nowMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Waits until a step may make its calls. */
export type CallPacing = (quota: PullQuota, signal: AbortSignal) => Promise<void>;

/**
 * Holds the budgets of one process: a bucket of one step for each, so that steps never follow each other faster than the
 * budget refills. Whoever asks first goes first.
 */
export function createCallPacing(clock: PacingClock = systemClock): CallPacing {
  const nextFreeMs = new Map<string, number>();
  return async ({ taskQueue, callsPerMinute, callsPerStep }, signal) => {
    const nowMs = clock.nowMs();
    const turnMs = Math.max(nowMs, nextFreeMs.get(taskQueue) ?? nowMs);
    // Taken before waiting: the next one to ask comes after.
    nextFreeMs.set(taskQueue, turnMs + (callsPerStep * 60_000) / callsPerMinute);
    if (turnMs > nowMs) await clock.wait(turnMs - nowMs, signal);
  };
}

const systemClock: PacingClock = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
};
