import type { Client, ScheduleDescription } from '@temporalio/client';
import type { ResolvedConfig } from '#src/config/types.js';
import { desiredSchedules } from '#src/schedules/desired-schedules.js';
import { planSchedules } from '#src/schedules/reconcile.js';
import { deliverScheduleId, scheduleIdPrefix } from '#src/workflows/names.js';
import { counted, localTime } from '../render/time-words.js';
import { clockFinding } from './clock-health.js';
import type { Finding } from './finding.js';

/** A worker asks for work at least once a minute; what has not for longer than this is gone. */
const GONE_AFTER_MS = 150_000;
/** A schedule that is later than this has missed its time. */
const LATE_MS = 120_000;

const QUEUE_TYPES = { workflow: 1, activity: 2 } as const;

/** Whether anybody takes work from the queues, and whether each schedule is there, goes on, and is what was applied. */
export async function temporalHealth(
  client: Client,
  config: ResolvedConfig,
  taskQueues: readonly string[],
  now: string,
): Promise<readonly Finding[]> {
  const workers: Finding[] = [];
  for (const queue of taskQueues)
    workers.push(await workerFinding(client, queue, queue === config.site.taskQueue, now));
  const changes = await planSchedules(client, config);
  const changed = new Map(changes.map(({ id, action }) => [id, action]));
  const schedules: Finding[] = [];
  const clocks: Finding[] = [];
  for (const { id } of desiredSchedules(config)) {
    if (changed.get(id) === 'create') {
      schedules.push({ ...named(id, config), health: 'fail', says: 'Temporal does not have it.', remedy: APPLY });
      continue;
    }
    const description = await client.schedule.getHandle(id).describe();
    schedules.push(scheduleFinding(id, description, changed.has(id), config, now));
    if (id === deliverScheduleId(config.site.id)) clocks.push(...clockFinding(description, now));
  }
  const surplus = changes.filter(({ action }) => action === 'delete');
  return [
    ...workers,
    ...schedules,
    ...surplus.map(({ id }): Finding => {
      return {
        ...named(id, config),
        health: 'warn',
        says: 'The configuration applied last does not want it.',
        remedy: APPLY,
      };
    }),
    ...clocks,
  ];
}

const APPLY = 'Run "plumbline apply".';

function named(id: string, { site }: ResolvedConfig) {
  return { area: 'schedule', subject: id.slice(scheduleIdPrefix(site.id).length) } as const;
}

async function workerFinding(client: Client, queue: string, hasWorkflows: boolean, now: string): Promise<Finding> {
  const kinds = hasWorkflows ? (['workflow', 'activity'] as const) : (['activity'] as const);
  const alive: number[] = [];
  for (const kind of kinds) {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: queue },
      taskQueueType: QUEUE_TYPES[kind],
    });
    const seen = pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
    alive.push(seen.filter((time) => Date.parse(now) - time < GONE_AFTER_MS).length);
  }
  const finding = { area: 'workers', subject: queue } as const;
  const least = Math.min(...alive);
  if (least > 0) return { ...finding, health: 'ok', says: `${counted(least, 'worker')} asked for work of late.` };
  const remedy = 'Start "plumbline worker" with the same TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.';
  return { ...finding, health: 'fail', says: 'No worker asks for work: runs wait.', remedy };
}

function scheduleFinding(
  id: string,
  { state, info }: ScheduleDescription,
  differs: boolean,
  config: ResolvedConfig,
  now: string,
): Finding {
  const finding = named(id, config);
  const local = (date: Date | undefined): string =>
    date === undefined ? 'never' : localTime(date.toISOString(), config.site.timeZone);
  const [next] = info.nextActionTimes;
  const counts = [
    ...(info.numActionsMissedCatchupWindow > 0 ? [`${info.numActionsMissedCatchupWindow} missed so far`] : []),
    ...(info.numActionsSkippedOverlap > 0 ? [`${info.numActionsSkippedOverlap} skipped so far`] : []),
  ];
  const times = [`last ${local(info.recentActions.at(-1)?.scheduledAt)}`, `next ${local(next)}`, ...counts].join(', ');
  if (state.paused) {
    const note = state.note === undefined || state.note === '' ? '' : ` (${state.note})`;
    const remedy = 'Unpause it in the Temporal UI when that is over.';
    return { ...finding, health: 'warn', says: `Somebody has paused it${note}: ${times}.`, remedy };
  }
  if (next === undefined || Date.parse(now) - next.getTime() > LATE_MS) {
    const remedy = 'See the schedule in the Temporal UI, and what is said of the clock.';
    return { ...finding, health: 'fail', says: `It does not start in its time: ${times}.`, remedy };
  }
  if (differs)
    return { ...finding, health: 'warn', says: `It is not as it was applied last: ${times}.`, remedy: APPLY };
  return { ...finding, health: 'ok', says: `${times.slice(0, 1).toUpperCase()}${times.slice(1)}.` };
}
