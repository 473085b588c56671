import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
} from '@temporalio/client';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { scheduleIdPrefix, workflowIdOf } from '#src/workflows/names.js';
import { type DesiredSchedule, desiredSchedules } from './desired-schedules.js';
import { type ExistingSchedule, planScheduleChanges, type ScheduleChange } from './plan-changes.js';

/** Our mark, in the memo of the action: it comes back in `describe`, and an update can change it. */
const HASH_MEMO = 'plumblineHash';

/** What would change; reads only. */
export async function planSchedules(client: Client, config: ResolvedConfig): Promise<ScheduleChange[]> {
  const desired = desiredSchedules(config);
  return planScheduleChanges(desired, await existingSchedules(client, config, desired));
}

/** Carries a plan out, change by change. Running it again finishes what was interrupted. */
export async function applySchedules(client: Client, changes: readonly ScheduleChange[]): Promise<void> {
  for (const change of changes) {
    switch (change.action) {
      case 'create':
        await create(client, change.desired);
        break;
      case 'update':
        await update(client, change.desired, change.from);
        break;
      case 'delete':
        await remove(client, change.id);
        break;
    }
  }
}

/** Wanted ids are described one by one, since listing lags behind; the list finds what is to be pruned. */
async function existingSchedules(
  client: Client,
  config: ResolvedConfig,
  desired: readonly DesiredSchedule[],
): Promise<ExistingSchedule[]> {
  const ids = new Set(desired.map((schedule) => schedule.id));
  const prefix = scheduleIdPrefix(config.site.id);
  for await (const { scheduleId } of client.schedule.list()) if (scheduleId.startsWith(prefix)) ids.add(scheduleId);
  const found = await Promise.all([...ids].map((id) => describe(client, id)));
  return found.filter((schedule) => schedule !== undefined);
}

async function describe(client: Client, id: string): Promise<ExistingSchedule | undefined> {
  try {
    const description = await client.schedule.getHandle(id).describe();
    const hash = hashOf(description);
    return { id, paused: description.state.paused, ...(hash === undefined ? {} : { hash }) };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

function hashOf(description: ScheduleDescription): string | undefined {
  const hash = description.action.memo?.[HASH_MEMO];
  return typeof hash === 'string' ? hash : undefined;
}

async function create(client: Client, desired: DesiredSchedule): Promise<void> {
  try {
    await client.schedule.create({ scheduleId: desired.id, ...optionsOf(desired) });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    throw movedMeanwhile(desired.id);
  }
}

async function update(client: Client, desired: DesiredSchedule, from: ExistingSchedule): Promise<void> {
  await client.schedule.getHandle(desired.id).update((previous) => {
    if (hashOf(previous) !== from.hash) throw movedMeanwhile(desired.id);
    return { ...optionsOf(desired), state: previous.state };
  });
}

async function remove(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

function optionsOf(desired: DesiredSchedule) {
  const { timing } = desired;
  return {
    spec: {
      calendars: [...timing.calendars],
      intervals: [...timing.intervals],
      timezone: timing.timeZone,
      jitter: timing.jitterMs,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: desired.workflowType,
      workflowId: workflowIdOf(desired.id),
      args: [desired.input],
      taskQueue: desired.taskQueue,
      memo: { [HASH_MEMO]: desired.hash },
    },
    policies: { overlap: desired.overlap, catchupWindow: desired.catchUpMs, pauseOnFailure: false },
  };
}

function movedMeanwhile(id: string): PlumblineError {
  return new PlumblineError(
    'transient',
    'SCHEDULE_CHANGED_MEANWHILE',
    `Applying the schedule "${id}": somebody else changed it since it was read.`,
    {
      remedy: 'Run "plumbline apply" again: it plans anew.',
    },
  );
}
