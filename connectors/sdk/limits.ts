import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ReadLimits } from './types.js';

/** Holds one read to its bounds. `close` it in a `finally`, or its timer stays behind. */
export interface ReadGuard {
  /** Aborts when the caller aborts or the time is up; hand it to whatever waits. */
  readonly signal: AbortSignal;
  /** @throws PlumblineError `data` SOURCE_LIMIT_EXCEEDED */
  addRows(count: number): void;
  /** @throws PlumblineError `data` SOURCE_LIMIT_EXCEEDED */
  addBytes(count: number): void;
  /** @throws PlumblineError `cancelled` SOURCE_READ_CANCELLED or `timeout` SOURCE_TIMEOUT, whichever came first */
  checkpoint(): void;
  /** What stopped the read, for casting the error a stopped driver throws; `undefined` while nothing did. */
  stopped(): PlumblineError | undefined;
  /** Milliseconds left, at least 1: for a time limit of the server's own. */
  remainingMs(): number;
  close(): void;
}

/**
 * Starts the clock and the counters of one read.
 *
 * @param place what is read, as messages name it: `extract "contracts"`
 * @param signal the caller's cancellation
 */
export function guardRead(place: string, limits: ReadLimits, signal: AbortSignal): ReadGuard {
  const controller = new AbortController();
  const startedAt = performance.now();
  let stop: PlumblineError | undefined;
  let rows = 0;
  let bytes = 0;

  const stopWith = (error: PlumblineError): void => {
    if (stop !== undefined) return;
    stop = error;
    controller.abort(error);
  };
  const onAbort = (): void => stopWith(cancelled(place));
  const timer = setTimeout(() => stopWith(timedOut(place, limits.timeoutMs)), limits.timeoutMs);
  timer.unref();
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });

  const remaining = (): number => limits.timeoutMs - (performance.now() - startedAt);
  return {
    signal: controller.signal,
    addRows(count) {
      rows += count;
      if (rows > limits.maxRows) throw exceeded(place, 'rows', `${limits.maxRows} rows`);
    },
    addBytes(count) {
      bytes += count;
      if (bytes > limits.maxBytes) throw exceeded(place, 'megabytes', `${limits.maxBytes} bytes`);
    },
    checkpoint() {
      // A driver that never waits keeps the timer from firing, so the clock is read here too.
      if (remaining() <= 0) stopWith(timedOut(place, limits.timeoutMs));
      if (stop !== undefined) throw stop;
    },
    stopped: () => stop,
    remainingMs: () => Math.max(1, Math.ceil(remaining())),
    close() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

function exceeded(place: string, limit: 'rows' | 'megabytes', value: string): PlumblineError {
  return new PlumblineError(
    'data',
    'SOURCE_LIMIT_EXCEEDED',
    `Reading ${place} was stopped: it has more than ${value} (limit "${limit}")`,
    { remedy: `Narrow what the extract reads, or raise "limits: { ${limit} }" of the extract if this much is right.` },
  );
}

function timedOut(place: string, timeoutMs: number): PlumblineError {
  return new PlumblineError(
    'timeout',
    'SOURCE_TIMEOUT',
    `Reading ${place} was stopped: it took longer than ${timeoutMs / 1000} seconds (limit "seconds")`,
    {
      remedy:
        'Make the source answer faster (an index, a narrower query), or raise "limits: { seconds }" of the extract.',
    },
  );
}

function cancelled(place: string): PlumblineError {
  return new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', `Reading ${place} was cancelled`, {
    remedy: 'Nothing to mend: start the run again when it is wanted.',
  });
}
