import { ApplicationFailure } from '@temporalio/common';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';

/**
 * A step's error as Temporal takes it: type = code, first detail = kind and remedy, retryable by kind, with the
 * delay the other side asked for. The only place that knows both worlds. The cause stays here: driver errors may
 * hold more than a history should.
 */
export function toApplicationFailure(error: unknown): ApplicationFailure {
  const { kind, code, message, remedy } = toFailure(error);
  const retryAfterMs = error instanceof PlumblineError ? error.retryAfterMs : undefined;
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !FAILURE_KINDS[kind].retry,
    details: [{ kind, ...(remedy === undefined ? {} : { remedy }) }],
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
  });
}
