import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  TimeoutFailure,
} from '@temporalio/workflow';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { RunnerPort } from './collect-run.js';

const isKind = (text: unknown): text is FailureKind => typeof text === 'string' && text in FAILURE_KINDS;

/** What an activity's failure said of itself: type = code, first detail = kind and remedy. */
function failureOf(error: unknown): Failure | 'cancelled' {
  if (isCancellation(error)) return 'cancelled';
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) {
    return { kind: 'timeout', code: 'STEP_TIMED_OUT', message: `The step ${stepOf(error)} did not end in its time.` };
  }
  if (cause instanceof ApplicationFailure) {
    const detail: unknown = cause.details?.[0];
    const kind = typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined;
    return { kind: isKind(kind) ? kind : 'defect', code: cause.type ?? 'BUG_UNEXPECTED_ERROR', message: cause.message };
  }
  return {
    kind: 'defect',
    code: 'BUG_UNEXPECTED_ERROR',
    message: error instanceof Error ? error.message : String(error),
  };
}

const stepOf = (error: unknown): string => (error instanceof ActivityFailure ? error.activityType : 'of the run');

/** The orchestration's port when Temporal runs it. */
export const temporalRunner: RunnerPort = {
  failureOf,
  shielded: (work) => CancellationScope.nonCancellable(work),
};
