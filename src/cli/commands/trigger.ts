import { WorkflowFailedError } from '@temporalio/client';
import type { RunSummary } from '#src/activities/types.js';
import { withCanary } from '#src/config/canary/with-canary.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import { connectClient } from '#src/temporal/client.js';
import { collectScheduleId, deliverScheduleId, sweepScheduleId } from '#src/workflows/names.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { describeRun, runExitCode } from '../describe-run.js';
import { withSite } from '../open-site.js';

interface TriggerOptions extends ConfigOption {
  readonly wait?: true;
  readonly json?: true;
}

/** Fires a schedule now; with `--wait`, says how the run ended, with the exit code that `run --once` gives for the same. */
export async function trigger(context: CommandContext, group: string, options: TriggerOptions): CommandResult {
  return withSite(
    context,
    options.config,
    async ({ config, store }) => {
      const scheduleId = scheduleOf(withCanary(config), group);
      const temporal = await connectClient(context.env);
      try {
        const { workflowId, runId } = await triggerSchedule(temporal.client, scheduleId);
        context.stderr.write(`Started ${workflowId}\n`);
        if (!options.wait) return 0;
        const handle = temporal.client.workflow.getHandle(workflowId, runId);
        const result: unknown = await temporal.client
          .withAbortSignal(context.signal, () => handle.result())
          .catch((error: unknown) => failed(error, context.signal));
        if (options.json || !isRunSummary(result)) context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        else context.stdout.write(await describeRun(store, result));
        return isRunSummary(result) ? await runExitCode(store, [result]) : 0;
      } finally {
        await temporal.close();
      }
    },
    'none',
  );
}

/** @throws PlumblineError `config` CLI_UNKNOWN_GROUP */
function scheduleOf(config: ResolvedConfig, group: string): string {
  const { id } = config.site;
  if (group === 'sweep') return sweepScheduleId(id);
  if (group === 'deliver') return deliverScheduleId(id);
  const known = config.pullGroups.map((each) => each.id);
  if (known.includes(group)) return collectScheduleId(id, group);
  throw new PlumblineError('config', 'CLI_UNKNOWN_GROUP', `Cannot trigger "${group}": no such pull group.`, {
    remedy: `Use one of: ${[...known, 'sweep', 'deliver'].join(', ')}.`,
  });
}

/** Sweeps and deliveries have other results. */
const isRunSummary = (result: unknown): result is RunSummary =>
  typeof result === 'object' && result !== null && 'runId' in result && 'failedExtracts' in result;

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
