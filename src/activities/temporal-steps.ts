import { CancelledFailure, Context } from '@temporalio/activity';
import type { StepServices } from './context.js';
import { createSteps, type RunnableSteps } from './steps.js';
import { toApplicationFailure } from './to-failure.js';

/** Well under the heartbeat time-out of every policy. */
const HEARTBEAT_MS = 3_000;

/** The steps as activities: heartbeats from a timer, cancellation from the server, errors cast once. */
export function createActivities(services: StepServices): RunnableSteps {
  return createSteps(services, async (_name, call) => {
    const context = Context.current();
    const { attempt, retryPolicy } = context.info;
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      const last = attempt >= (retryPolicy?.maximumAttempts ?? Number.POSITIVE_INFINITY);
      return await call({ signal: context.cancellationSignal, last });
    } catch (error) {
      if (context.cancellationSignal.aborted) throw new CancelledFailure('the step was cancelled');
      throw toApplicationFailure(error);
    } finally {
      clearInterval(beat);
    }
  });
}
