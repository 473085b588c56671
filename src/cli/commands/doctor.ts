import { resolve } from 'node:path';
import { withCanary } from '#src/config/canary/with-canary.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { connectorsOf } from '#src/worker/connectors.js';
import { openChannels } from '#src/worker/open-channels.js';
import { openSiteStore } from '#src/worker/open-site-store.js';
import { findQuotas } from '#src/worker/quota-workers.js';
import { createServices } from '#src/worker/services.js';
import { appliedConfig } from '../applied-config.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { canaryHealth } from '../doctor/canary-health.js';
import { channelHealth } from '../doctor/channel-health.js';
import { storeClock, workerClock } from '../doctor/clock-health.js';
import { type Finding, failed, healthExitCode, worst } from '../doctor/finding.js';
import { linkHealth } from '../doctor/link-health.js';
import { pipelineHealth } from '../doctor/pipeline-health.js';
import { sourceHealth } from '../doctor/source-health.js';
import { storeHealth } from '../doctor/store-health.js';
import { assertUsable } from '../load-config.js';
import { doctorJson, doctorText } from '../render/doctor-text.js';
import { USUAL_WIDTH } from '../render/text-width.js';

interface DoctorOptions extends ConfigOption {
  readonly json?: true;
  /** False: the site runs without Temporal. */
  readonly temporal: boolean;
}

/** How long Temporal is waited for, all in all. */
const PATIENCE_MS = 20_000;

/** Says in words what is healthy and what is not. Exit code 0, 1 or 2, for probes. What is down hides nothing else. */
export async function doctor(context: CommandContext, options: DoctorOptions): CommandResult {
  const findings: Finding[] = [];
  const written = await readFolder(context, options.config, findings);
  if (written !== undefined) await examine(context, written, options, findings);
  const { stdout } = context;
  const found = { findings, json: doctorJson(written?.site, context.now(), findings) };
  stdout.write(
    options.json
      ? `${JSON.stringify(found.json, null, 2)}\n`
      : doctorText(found.findings, stdout.columns ?? USUAL_WIDTH),
  );
  return healthExitCode(worst(findings));
}

async function readFolder(
  context: CommandContext,
  folder: string,
  findings: Finding[],
): Promise<ResolvedConfig | undefined> {
  try {
    const path = resolve(context.cwd, folder);
    return assertUsable(await readConfig(path, await connectorsOf(path)), folder);
  } catch (error) {
    findings.push({ ...failed('configuration', error), remedy: 'Run "plumbline check".' });
    return undefined;
  }
}

async function examine(
  context: CommandContext,
  written: ResolvedConfig,
  { temporal }: DoctorOptions,
  findings: Finding[],
): Promise<void> {
  const { site, folder } = written;
  const store = await openSiteStore(site.store, folder, context.env).catch((error: unknown) => {
    findings.push(failed('store', error));
    return undefined;
  });
  try {
    const stored = store === undefined ? undefined : await storeHealth(store, site.store);
    if (stored !== undefined) findings.push(stored);
    const usable = stored?.health === 'ok' ? store : undefined;
    const applied = usable === undefined ? undefined : await appliedConfig(usable);
    if (usable !== undefined) findings.push(appliedFinding(written, applied));
    const config = applied === undefined ? written : { ...applied, folder };
    if (temporal) findings.push(...(await examineTemporal(context, config, usable)));
    if (usable !== undefined) {
      findings.push(...(await pipelineHealth(usable.read, config, context.now())));
      findings.push(...(await canaryHealth(usable, withCanary(config), context.now())));
      findings.push(...workerClock(await usable.read.pipelineProgress(), context.now()));
      findings.push(...(await storeClock(usable.read, context.now)));
      findings.push(...(await sourceHealth(usable.read, config)));
    }
    findings.push(...(await channelHealth(usable, config, openChannels(config, context.env))));
    findings.push(...(await linkHealth(config, context.env)));
  } finally {
    await store?.close();
  }
}

function appliedFinding(written: ResolvedConfig, applied: ResolvedConfig | undefined): Finding {
  const remedy = 'Run "plumbline apply".';
  if (applied === undefined) {
    return { area: 'configuration', health: 'fail', says: 'None was ever applied to this store.', remedy };
  }
  // Units that were read when it was applied are part of that revision, and of no folder.
  const areRead = written.unitSets?.some(({ from }) => from !== undefined) === true;
  if (areRead || applied.revision === written.revision) {
    return { area: 'configuration', health: 'ok', says: `Revision ${applied.revision} is in force.` };
  }
  return { area: 'configuration', health: 'warn', says: 'The folder is not what was applied last.', remedy };
}

async function examineTemporal(
  context: CommandContext,
  config: ResolvedConfig,
  store: ReportingStore | undefined,
): Promise<readonly Finding[]> {
  try {
    const { connectClient } = await import('#src/temporal/client.js');
    const { temporalHealth } = await import('../doctor/temporal-health.js');
    const { client, address, close } = await connectClient(context.env);
    try {
      const queues = [config.site.taskQueue, ...(await quotaQueues(context, config, store))];
      const deadline = Date.now() + PATIENCE_MS;
      const found = await client.withDeadline(deadline, () =>
        temporalHealth(client, withCanary(config), queues, context.now()),
      );
      return [{ area: 'temporal', health: 'ok', says: `It answers at ${address}.` }, ...found];
    } finally {
      await close();
    }
  } catch (error) {
    return [failed('temporal', error)];
  }
}

async function quotaQueues(
  context: CommandContext,
  { folder }: ResolvedConfig,
  store: ReportingStore | undefined,
): Promise<readonly string[]> {
  if (store === undefined) return [];
  const services = createServices(store, { env: context.env, logLevel: 'silent', folder });
  return (await findQuotas(services)).map(({ taskQueue }) => taskQueue);
}
