import { withCanary } from '#src/config/canary/with-canary.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { millisecondsBetween } from '#src/domain/period/period-instants.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices } from '#src/worker/services.js';
import { configToApply } from '../config-with-units.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { describeRun, runExitCode } from '../describe-run.js';
import { withSite } from '../open-site.js';

interface RunOptions extends ConfigOption {
  readonly group?: readonly string[];
  readonly at?: string;
  readonly json?: true;
}

/** One round in this process: applies the configuration to the store, collects, sweeps, delivers. */
export async function runCommand(context: CommandContext, options: RunOptions): CommandResult {
  return withSite(context, options.config, async ({ config: written, store }) => {
    const groups = groupsOf(withCanary(written), options.group);
    const logicalTime = options.at ?? context.now().replace(/\.\d+Z$/, 'Z');
    refuseAhead(logicalTime, context.now());
    const { config, plan } = await configToApply(context, written, store);
    await applyToStore(store, config, context.now());
    // The summary below says what the lines of a log would.
    const services = createServices(store, { env: context.env, logLevel: 'error', folder: config.folder });
    const result = await runOnce(services, config, { groups, logicalTime, signal: context.signal });
    if (options.json) {
      context.stderr.write(plan);
      context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    } else {
      context.stdout.write(plan);
      for (const run of result.runs) context.stdout.write(await describeRun(store, run));
      const { sent, retried, dead } = result.delivery;
      if (sent + retried + dead > 0)
        context.stdout.write(`Messages: ${sent} sent, ${retried} to be tried again, ${dead} given up.\n`);
      context.stdout.write('See "plumbline status", "plumbline alerts" and "plumbline explain <measure>".\n');
    }
    return runExitCode(store, result.runs);
  });
}

/** What comes after a round is judged by the latest nominal time there was: one of next year would hide a year. */
function refuseAhead(logicalTime: string, now: string): void {
  if (millisecondsBetween(now, logicalTime) <= 0) return;
  throw new PlumblineError('config', 'CLI_TIME_AHEAD', `Cannot collect for "${logicalTime}": it is only ${now} now.`, {
    remedy: 'Name a time that is over, or leave --at out.',
  });
}

function groupsOf(config: ResolvedConfig, wanted: readonly string[] | undefined): readonly string[] {
  const known = config.pullGroups.map((group) => group.id);
  const unknown = (wanted ?? []).filter((group) => !known.includes(group));
  if (unknown.length === 0) return wanted ?? known;
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_GROUP',
    `Cannot collect "${unknown.join('", "')}": no such pull group.`,
    {
      remedy: `Pull groups are: ${known.join(', ')}.`,
    },
  );
}
