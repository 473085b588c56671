import { setTimeout as delay } from 'node:timers/promises';
import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

const START_TIMEOUT_MS = 30_000;

/**
 * Fires a schedule now and returns the id of the workflow it started.
 *
 * The overlap policy is passed explicitly: left out, the SDK allows any number of runs beside each other.
 *
 * @throws PlumblineError `not_found` SCHEDULE_NOT_FOUND; `timeout` SCHEDULE_DID_NOT_START
 */
export async function triggerSchedule(client: Client, scheduleId: string): Promise<string> {
  const handle = client.schedule.getHandle(scheduleId);
  try {
    const before = new Set(await startedBy(client, scheduleId));
    await handle.trigger('BUFFER_ONE');
    for (const deadline = performance.now() + START_TIMEOUT_MS; performance.now() < deadline; await delay(100)) {
      const started = (await startedBy(client, scheduleId)).find((id) => !before.has(id));
      if (started !== undefined) return started;
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

async function startedBy(client: Client, scheduleId: string): Promise<string[]> {
  const { info } = await client.schedule.getHandle(scheduleId).describe();
  return info.recentActions.map(({ action }) => action.workflow.workflowId);
}
