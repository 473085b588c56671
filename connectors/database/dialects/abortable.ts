import type { ReadGuard } from '#connectors/sdk/limits.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** The promise, or the guard's failure as soon as it stops. */
export async function abortable<T>(promise: Promise<T>, guard: ReadGuard): Promise<T> {
  // Whoever stops waiting hears of the failure; the promise's own is then nobody's.
  promise.catch(() => {});
  guard.checkpoint();
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () =>
      reject(guard.stopped() ?? new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'The read was cancelled'));
    guard.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    if (stop !== undefined) guard.signal.removeEventListener('abort', stop);
  }
}
