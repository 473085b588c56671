import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work done in one go: far below any heartbeat time-out. */
const LONGEST_GO_MS = 100;

/**
 * For long loops of pure computing: lets the thread go now and then, and stops where the step was cancelled.
 *
 * A step that holds the thread for longer than the heartbeat time-out is taken for dead and started again.
 *
 * @returns to be awaited after each small piece of work; throws what the signal was aborted with
 */
export function breathing(signal?: AbortSignal): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < LONGEST_GO_MS) return;
    await nextTurn();
    signal?.throwIfAborted();
    begun = performance.now();
  };
}
