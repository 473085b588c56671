import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './store-errors.js';

/** How long a locked store is waited for, in milliseconds. */
const PATIENCE_MS = 15_000;
const LONGEST_PAUSE_MS = 100;

/**
 * Tries again while the store is locked by others (SQLite's one writer, a deadlock or lock wait of MySQL).
 *
 * `attempt` must leave nothing behind where it fails: a single statement, or a whole transaction.
 */
export async function untilFree<T>(attempt: () => Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() + pauseMs > deadline) throw error;
      // Not the same pause for everyone, or two deadlocked transactions meet again.
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}
