import { WorkflowFailedError } from '@temporalio/client';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import { connectClient } from '#src/temporal/client.js';
import { collectScheduleId, deliverScheduleId, sweepScheduleId } from '#src/workflows/names.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { loadConfig } from '../load-config.js';

/** Fires a schedule now; with `--wait`, prints the run's result. */
export async function trigger(
  context: CommandContext,
  group: string,
  options: ConfigOption & { readonly wait?: true },
): CommandResult {
  const config = await loadConfig(context, options.config);
  const { id } = config.site;
  const known = config.pullGroups.map((each) => each.id);
  if (![...known, 'sweep', 'deliver'].includes(group)) {
    throw new PlumblineError('config', 'CLI_UNKNOWN_GROUP', `Cannot trigger "${group}": no such pull group.`, {
      remedy: `Use one of: ${[...known, 'sweep', 'deliver'].join(', ')}.`,
    });
  }
  const scheduleId =
    group === 'sweep'
      ? sweepScheduleId(id)
      : group === 'deliver'
        ? deliverScheduleId(id)
        : collectScheduleId(id, group);
  const temporal = await connectClient(context.env);
  try {
    const workflowId = await triggerSchedule(temporal.client, scheduleId);
    context.stderr.write(`Started ${workflowId}\n`);
    if (options.wait) {
      const handle = temporal.client.workflow.getHandle(workflowId);
      const result: unknown = await temporal.client
        .withAbortSignal(context.signal, () => handle.result())
        .catch((error: unknown) => failed(error, context.signal));
      context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    }
    return 0;
  } finally {
    await temporal.close();
  }
}

function failed(error: unknown, signal: AbortSignal): never {
  if (signal.aborted)
    throw new PlumblineError('cancelled', 'CANCELLED', 'Nobody waits for the run any more; it goes on.');
  if (!(error instanceof WorkflowFailedError)) throw error;
  const reasons: string[] = [];
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) reasons.push(cause.message);
  throw new PlumblineError('transient', 'RUN_FAILED', `The run failed: ${reasons.join(': ')}`, {
    remedy: 'Its history is in the Temporal UI; "plumbline status" shows what is stored.',
  });
}
