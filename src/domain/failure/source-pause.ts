import { addMilliseconds, compareInstants } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import { FAILURE_KINDS, type FailureKind } from './failure-kind.js';
import { type Failure, PlumblineError } from './plumbline-error.js';

/** Code of a pull that was not tried at all: no attempt, so it says nothing new about the source. */
export const SOURCE_PAUSED = 'SOURCE_PAUSED';

const HOUR_MS = 3_600_000;

/** Longest pause of any kind, in milliseconds. */
export const LONGEST_PAUSE_MS = Math.max(...Object.values(FAILURE_KINDS).map((kind) => kind.pauseHours)) * HOUR_MS;

/** Whether a failure is an attempt that ended so that scheduled runs leave the connection alone for a time. */
export function isRefusal({ kind, code }: Pick<Failure, 'kind' | 'code'>): boolean {
  return code !== SOURCE_PAUSED && pauses(kind);
}

const pauses = (kind: FailureKind): boolean => FAILURE_KINDS[kind].pauseHours > 0;

/** The last time that a connection was really asked, and failed. */
interface FailedAttempt {
  readonly extract: string;
  readonly logicalTime: Instant;
  readonly configRevision: string;
  readonly failure: Failure;
}

/** The run that wants to ask it again. */
export interface AskingRun {
  readonly group: string;
  readonly connection: string;
  readonly logicalTime: Instant;
  readonly configRevision: string;
  /** Whether a schedule started it: a person who starts one wants to know now. */
  readonly scheduled: boolean;
}

/**
 * Why a run leaves a connection alone after an attempt; `undefined` where it may ask.
 *
 * Only scheduled runs are held back, only of the configuration that was refused, and only for the hours that the kind
 * has in {@link FAILURE_KINDS}, counted in nominal time from the attempt: at the very end of them it is asked again.
 *
 * @returns an error of the attempt's kind, with the code {@link SOURCE_PAUSED}
 * @see docs/decisions/2026-11-23-pause-after-refused-credentials.md
 */
export function sourcePause(attempt: FailedAttempt, run: AskingRun): PlumblineError | undefined {
  const { failure, extract, logicalTime } = attempt;
  if (!run.scheduled || run.configRevision !== attempt.configRevision || !isRefusal(failure)) return undefined;
  const until = addMilliseconds(logicalTime, FAILURE_KINDS[failure.kind].pauseHours * HOUR_MS);
  if (compareInstants(run.logicalTime, until) >= 0) return undefined;
  return new PlumblineError(
    failure.kind,
    SOURCE_PAUSED,
    `The connection "${run.connection}" is left alone until ${until}, so that its account is not locked: reading "${extract}" for ${logicalTime} was refused (${failure.code}): ${failure.message}`,
    { remedy: `Mend the secret, then "plumbline trigger ${run.group}" (or "plumbline run --once") tries at once.` },
  );
}
