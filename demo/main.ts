import { once, setMaxListeners } from 'node:events';
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary } from '#src/activities/types.js';
import { alerts } from '#src/cli/commands/alerts.js';
import { describeChanges } from '#src/cli/commands/apply.js';
import { status } from '#src/cli/commands/status.js';
import type { CommandContext } from '#src/cli/context.js';
import { describeRun } from '#src/cli/describe-run.js';
import { loadConfig } from '#src/cli/load-config.js';
import { printError } from '#src/cli/print-error.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { formatDecimal } from '#src/domain/value/format-number.js';
import { applySchedules, planSchedules } from '#src/schedules/reconcile.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import type { ReportingStore } from '#src/store/types.js';
import { connectClient, type TemporalClient } from '#src/temporal/client.js';
import { type DevServer, startDevServer } from '#src/temporal/dev-server.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { collectScheduleId, deliverScheduleId, sweepScheduleId } from '#src/workflows/names.js';
import { type Correction, generateSources, laterFile } from './company/generate-sources.js';
import { type DemoFolder, takeDemoFolder } from './demo-folder.js';
import { type Mailbox, openMailbox } from './mailbox.js';
import { startSheetsStandIn } from './sheets-stand-in.js';

/** Everything of the demo that has to be undone, latest first. */
type Undo = () => Promise<void> | void;

const project = process.cwd();
const stop = new AbortController();
// The Temporal client leaves a listener behind for every call that it makes under a signal: no leak here, and no warning.
setMaxListeners(0, stop.signal);
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const here = (path: string): string => relative(project, path) || '.';

async function demo(once_: boolean, undo: Undo[]): Promise<void> {
  const folder = await takeDemoFolder(join(project, '.plumbline'));
  undo.push(() => folder.release());
  for (const note of folder.notes) say(note);

  heading('1  The example company');
  const context = prepare(folder);
  const config = await loadConfig(context, join(folder.path, 'config'));
  const today = dateInZone(context.now(), config.site.timeZone);
  const sources = await generateSources({ folder: join(folder.path, 'sources'), today });
  say(`Sources of ${config.site.name} up to yesterday are in ${here(join(folder.path, 'sources'))}:`);
  say(
    `  a database (operations.sqlite) and ${sources.files.length - 1} CSV exports; the configuration is in ${here(config.folder)}`,
  );
  const sheets = await startSheetsStandIn(sources.folder, sources.spreadsheets);
  undo.push(() => sheets.close());
  say(`The sheet "People plan" comes from a local stand-in at ${sheets.url}, not from Google.`);

  heading('2  Temporal, schedules, worker');
  const mailbox = await openMailbox(join(folder.path, 'mailbox'));
  undo.push(() => mailbox.close());
  const server = await startDevServer({ folder: join(folder.path, 'temporal'), env: process.env });
  undo.push(() => server.stop());
  say(
    `Temporal development server at ${server.address}${otherPort(server)}, its database in ${here(folder.path)}/temporal`,
  );
  const env = { ...process.env, TEMPORAL_ADDRESS: server.address, PLUMBLINE_SMTP_URL: mailbox.url };
  const site = { ...context, env };
  const store = await openSiteStore(config.site.store, config.folder, env);
  undo.push(() => store.close());
  const temporal = await connectClient(env);
  undo.push(() => temporal.close());
  await applyToStore(store, config, context.now());
  const changes = await planSchedules(temporal.client, config);
  await applySchedules(temporal.client, changes);
  process.stdout.write(describeChanges(config, changes));
  const worker = await startSiteWorker(
    config,
    createServices(store, { env, logLevel: 'warn', folder: config.folder }),
    env,
  );
  undo.push(async () => {
    worker.shutdown();
    await worker.stopped;
  });
  say(`Worker is running on task queue "${config.site.taskQueue}".`);

  heading('3  First collections, started through the schedules');
  for (const group of config.pullGroups) await collect(temporal, config, store, group.id);

  heading('4  A later file corrects a month');
  const later = await laterFile({ folder: join(folder.path, 'sources'), today });
  say(`Finance has delivered ${later.file}, which corrects ${later.period}; its schedule is triggered again.`);
  for (const group of config.pullGroups.filter((each) => each.connection === 'finance'))
    await collect(temporal, config, store, group.id);

  await tellRestatement(store, later);

  heading('5  Time is swept, messages are delivered');
  for (const scheduleId of [sweepScheduleId(config.site.id), deliverScheduleId(config.site.id)])
    await runSchedule(temporal, scheduleId);
  say(`${mailbox.received.length} mails have arrived.`);

  heading('6  The scorecard');
  await status(site, { config: config.folder });
  heading('7  Alerts, and who was told');
  await alerts(site, { config: config.folder });
  heading('8  Where to look next');
  whereToLook(config, folder, server, mailbox, once_);

  if (once_) return;
  say('\nSchedules go on. Ctrl-C stops everything.');
  await Promise.race([stopping(), server.exited, worker.stopped]);
  if (!stop.signal.aborted) say('A part of the demo ended by itself; stopping the rest.');
}

function prepare(folder: DemoFolder): CommandContext {
  // The schemas too: the files of the configuration point to them for editors.
  for (const part of ['config', 'schemas']) {
    cpSync(fileURLToPath(new URL(`../../${part}`, import.meta.url)), join(folder.path, part), { recursive: true });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: project,
    now: () => new Date().toISOString(),
    signal: stop.signal,
  };
}

async function collect(
  temporal: TemporalClient,
  config: ResolvedConfig,
  store: ReportingStore,
  group: string,
): Promise<void> {
  const summary = await runSchedule<RunSummary>(temporal, collectScheduleId(config.site.id, group));
  process.stdout.write(await describeRun(store, summary));
}

async function runSchedule<Result = unknown>(temporal: TemporalClient, scheduleId: string): Promise<Result> {
  stop.signal.throwIfAborted();
  // Ended by the signal: a call left open would be tried again on a connection that is closed by then, and throw.
  return temporal.client.withAbortSignal(stop.signal, async () => {
    const { workflowId, runId } = await triggerSchedule(temporal.client, scheduleId);
    return (await temporal.client.workflow.getHandle(workflowId, runId).result()) as Result;
  });
}

/** What became of the corrected month: as first reported, as restated. */
async function tellRestatement(store: ReportingStore, correction: Correction): Promise<void> {
  const { revisions } = await store.models.explain(correction.measure, correction.period);
  const values = revisions.map(
    ({ reason, value }) => `${value === undefined ? 'taken back' : `${formatDecimal(value, 1)} %`} (${reason})`,
  );
  say(`${correction.measure} in ${correction.period}: ${values.join(' → ')}`);
}

const stopping = (): Promise<unknown> => (stop.signal.aborted ? Promise.resolve() : once(stop.signal, 'abort'));

const otherPort = (server: DevServer): string => (server.address.endsWith(':7233') ? '' : ' (port 7233 is in use)');

function heading(text: string): void {
  say(`\n── ${text} ${'─'.repeat(Math.max(3, 74 - text.length))}`);
}

function whereToLook(
  config: ResolvedConfig,
  folder: DemoFolder,
  server: DevServer,
  mailbox: Mailbox,
  endsNow: boolean,
): void {
  const command = `node dist/src/cli/main.js`;
  const file = config.site.store.client === 'sqlite' ? here(config.site.store.file) : config.site.store.database;
  say(`Temporal UI     ${server.uiUrl ?? '-'}`);
  say(`Store           ${file} (views v_scorecard_current, v_alerts_open)`);
  say(`Mailbox         ${here(mailbox.folder)}, journal ${here(join(folder.path, 'alerts.log'))}`);
  say(`Why a number    ${command} explain profit-margin --config ${here(config.folder)}`);
  // The stand-in ends with the demo.
  if (!endsNow) say(`A sheet's rows  ${command} source preview certificates --config ${here(config.folder)}`);
  say(`Your own        ${command} init my-scorecard`);
}

const undo: Undo[] = [];
const ask = (): void => {
  if (stop.signal.aborted) process.exit(130);
  process.stdout.write('\nStopping …\n');
  stop.abort();
};
// Whoever reads the output has gone (`| head`): what was started must be stopped all the same.
process.stdout.on('error', () => stop.abort());
process.on('SIGINT', ask);
process.on('SIGTERM', ask);
try {
  await demo(process.argv.includes('--once'), undo);
} catch (error) {
  process.exitCode = stop.signal.aborted ? 130 : printError({ stderr: process.stderr, env: process.env }, error);
} finally {
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      // The other parts are to be stopped all the same.
      process.exitCode = printError({ stderr: process.stderr, env: process.env }, error);
    }
  }
  if (undo.length > 0) say('Everything is stopped.');
}
