import { setTimeout as delay } from 'node:timers/promises';
import type { StepServices } from '#src/activities/context.js';
import { createSteps, type RunnableSteps, type StepName } from '#src/activities/steps.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import type { RunnerPort } from '#src/workflows/collect-run.js';
import { PULL_POLICY, STORE_POLICY, type StepPolicy } from '#src/workflows/policies.js';
import { type CallPacing, createCallPacing } from './call-pacing.js';

/** The steps called directly, with the same attempts and delays as Temporal gives them, and the same budgets held. */
export function inProcessSteps(
  services: StepServices,
  signal: AbortSignal,
  pacing: CallPacing = createCallPacing(),
): RunnableSteps {
  return createSteps(services, async (name, call, quota) => {
    const { retry } = policyOf(name);
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= retry.maximumAttempts;
      try {
        if (quota !== undefined) await pacing(quota, signal);
        return await call({ signal, last });
      } catch (error) {
        if (signal.aborted) throw cancelled();
        if (last || !FAILURE_KINDS[toFailure(error).kind].retry) throw error;
        await delay(delayMs(retry, attempt, error), undefined, { signal }).catch(() => {
          throw cancelled();
        });
      }
    }
  });
}

/** The orchestration's port when this process runs it. */
export const inProcessRunner: RunnerPort = {
  failureOf: (error) => {
    const failure = toFailure(error);
    return failure.kind === 'cancelled' ? 'cancelled' : failure;
  },
  shielded: (work) => work(),
};

const policyOf = (name: StepName): StepPolicy => (name === 'pullExtracts' ? PULL_POLICY : STORE_POLICY);

function delayMs(retry: StepPolicy['retry'], attempt: number, error: unknown): number {
  const backOff = Math.min(
    retry.initialIntervalMs * retry.backoffCoefficient ** (attempt - 1),
    retry.maximumIntervalMs,
  );
  return (error instanceof PlumblineError ? error.retryAfterMs : undefined) ?? backOff;
}

function cancelled(): PlumblineError {
  return new PlumblineError('cancelled', 'CANCELLED', 'The run was stopped on request.');
}
