import { setTimeout as delay } from 'node:timers/promises';
import { type Client, type ScheduleExecutionResult, ScheduleNotFoundError } from '@temporalio/client';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

const START_TIMEOUT_MS = 30_000;

/** A run that a schedule has started. */
interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * Fires a schedule now and returns the run it started.
 *
 * The overlap policy is passed explicitly: left out, the SDK allows any number of runs beside each other. A workflow id ends
 * in the second of its start, so a run started by hand in the second of a scheduled one shares its id: runs are told apart by
 * their run ids, and ours is the one that no calendar asked for.
 *
 * @throws PlumblineError `not_found` SCHEDULE_NOT_FOUND; `timeout` SCHEDULE_DID_NOT_START
 */
export async function triggerSchedule(client: Client, scheduleId: string): Promise<StartedRun> {
  const handle = client.schedule.getHandle(scheduleId);
  try {
    const before = await handle.describe();
    const known = new Set(before.info.recentActions.map(runIdOf));
    const isPlanned = planOf(before.info.nextActionTimes);
    await handle.trigger('BUFFER_ONE');
    for (const deadline = performance.now() + START_TIMEOUT_MS; performance.now() < deadline; await delay(100)) {
      const { info } = await handle.describe();
      const ours = info.recentActions.find((each) => !known.has(runIdOf(each)) && !isPlanned(each.scheduledAt));
      if (ours !== undefined) return { workflowId: ours.action.workflow.workflowId, runId: runIdOf(ours) };
    }
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new PlumblineError(
      'not_found',
      'SCHEDULE_NOT_FOUND',
      `Cannot trigger the schedule "${scheduleId}": Temporal does not have it.`,
      {
        remedy: 'Run "plumbline apply" first.',
      },
    );
  }
  throw new PlumblineError(
    'timeout',
    'SCHEDULE_DID_NOT_START',
    `The schedule "${scheduleId}" was triggered but started nothing in ${START_TIMEOUT_MS / 1000} s.`,
    {
      remedy: 'An earlier run may still be going; look at the schedule in the Temporal UI.',
    },
  );
}

const runIdOf = ({ action }: ScheduleExecutionResult): string => action.workflow.firstExecutionRunId;

/** Whether a time is one of those planned, or was the last before them: at the moment of asking it may be due and not started. */
function planOf(next: readonly Date[]): (time: Date) => boolean {
  const [first = 0, second = 0] = next.map((time) => time.getTime());
  const planned = new Set(next.map((time) => time.getTime()));
  return (time) => planned.has(time.getTime()) || time.getTime() === first - (second - first);
}
