import { withCanary } from '#src/config/canary/with-canary.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { describeCadence } from '#src/schedules/desired-schedules.js';
import type { ScheduleChange } from '#src/schedules/plan-changes.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { collectScheduleId, deliverScheduleId, sweepScheduleId } from '#src/workflows/names.js';
import { configToApply } from '../config-with-units.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withSite } from '../open-site.js';

interface ApplyOptions extends ConfigOption {
  readonly dryRun?: true;
  readonly storeOnly?: true;
}

/** Saves the configuration as a revision and brings Temporal's schedules in line with it. */
export async function apply(context: CommandContext, options: ApplyOptions): CommandResult {
  return withSite(context, options.config, async ({ config: written, store }) => {
    const { config, plan } = await configToApply(context, written, store);
    context.stdout.write(plan);
    const running = withCanary(config);
    const saveRevision = async (): Promise<void> => {
      await applyToStore(store, config, context.now());
      context.stdout.write(`Revision ${config.revision} is in the store.\n`);
    };
    if (options.storeOnly) {
      if (options.dryRun) context.stdout.write(`Revision ${config.revision} would be put into the store.\n`);
      else await saveRevision();
      return 0;
    }
    const { connectClient } = await import('#src/temporal/client.js');
    const { planSchedules, applySchedules } = await import('#src/schedules/reconcile.js');
    const temporal = await connectClient(context.env);
    try {
      const changes = await planSchedules(temporal.client, running);
      context.stdout.write(describeChanges(running, changes));
      if (options.dryRun) return 0;
      // The store first: a schedule must not start a revision that no worker can find.
      await saveRevision();
      await applySchedules(temporal.client, changes);
      if (changes.length > 0) context.stdout.write(`Applied to ${temporal.address}.\n`);
      return 0;
    } finally {
      await temporal.close();
    }
  });
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

/** The plan, a line a change. */
export function describeChanges(config: ResolvedConfig, changes: readonly ScheduleChange[]): string {
  if (changes.length === 0) return 'Schedules are as the configuration wants them: nothing to change.\n';
  const { id, sweepMinutes, deliverMinutes } = config.site;
  const times = new Map([
    ...config.pullGroups.map((group) => [collectScheduleId(id, group.id), describeCadence(group.cadence)] as const),
    [sweepScheduleId(id), everyMinutes(sweepMinutes)],
    [deliverScheduleId(id), everyMinutes(deliverMinutes)],
  ]);
  const lines = changes.map((change) => {
    const when = change.action === 'delete' ? '' : `  ${times.get(change.id) ?? ''}`;
    const paused = change.action === 'update' && change.from.paused ? '  (paused, stays paused)' : '';
    return `  ${SIGNS[change.action]} ${change.id}${when}${paused}`;
  });
  return `Schedules: ${changes.length} to change\n${lines.join('\n')}\n`;
}

const everyMinutes = (minutes: number): string => (minutes === 1 ? 'every minute' : `every ${minutes} minutes`);
