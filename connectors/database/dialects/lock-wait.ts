const MAX_LOCK_WAIT_MS = 10_000;

/** How long a read waits for a lock: well within its time, so that the lock and not the clock is named as the reason. */
export function lockWaitMs(remainingMs: number): number {
  return Math.max(1, Math.min(MAX_LOCK_WAIT_MS, Math.floor(remainingMs / 2)));
}
