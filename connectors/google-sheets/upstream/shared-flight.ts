import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** One piece of work that several wait for. It is given up only when nobody waits any more. */
export interface SharedFlight<T> {
  /** Waits for the work, or for `signal`, whichever comes first. What succeeded is kept; what failed is tried anew. */
  join(signal: AbortSignal): Promise<T>;
}

interface Flight<T> {
  readonly controller: AbortController;
  readonly work: Promise<T>;
  waiting: number;
  landed: boolean;
}

/** Starts `work` at the first `join`. */
export function sharedFlight<T>(work: (signal: AbortSignal) => Promise<T>): SharedFlight<T> {
  let flight: Flight<T> | undefined;

  const start = (): Flight<T> => {
    const controller = new AbortController();
    const started: Flight<T> = { controller, work: work(controller.signal), waiting: 0, landed: false };
    const forget = (): void => {
      if (flight === started) flight = undefined;
    };
    started.work.then(() => {
      started.landed = true;
    }, forget);
    return started;
  };

  return {
    async join(signal) {
      flight ??= start();
      const joined = flight;
      joined.waiting += 1;
      try {
        return await untilAborted(joined.work, signal);
      } finally {
        joined.waiting -= 1;
        if (joined.waiting === 0 && !joined.landed) {
          joined.controller.abort();
          if (flight === joined) flight = undefined;
        }
      }
    },
  };
}

/** The caller says what its abort means; this error is only a sign. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whoever stops waiting must not leave an unhandled rejection behind.
  work.catch(() => undefined);
  if (signal.aborted) throw stopped();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(stopped());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function stopped(): PlumblineError {
  return new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'Waiting for Google was cancelled', {
    remedy: 'Nothing to mend: start the run again when it is wanted.',
  });
}
