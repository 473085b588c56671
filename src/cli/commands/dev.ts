import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { startDevServer } from '#src/temporal/dev-server.js';
import { answerLinksBeside } from '#src/worker/answer-links.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { createServices } from '#src/worker/services.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { livingOwner, ownFolder } from '../folder-owner.js';
import { logLevelOf } from '../log-level.js';
import { withSite } from '../open-site.js';
import { writing } from '../writing.js';
import { apply } from './apply.js';

interface DevOptions extends ConfigOption {
  readonly data: string;
  readonly port: number;
  readonly uiPort: number;
}

/** The development server, the configuration applied, and a worker, until Ctrl-C. */
export async function dev(context: CommandContext, options: DevOptions): CommandResult {
  const folder = resolve(context.cwd, options.data);
  const disown = await takeFolder(folder);
  try {
    return await serve(context, options, folder);
  } finally {
    disown();
    context.stderr.write('Stopped.\n');
  }
}

/** Only one at a time: a second server on the same database would end the first. */
async function takeFolder(folder: string): Promise<() => void> {
  const file = join(folder, 'dev.pid');
  const owner = livingOwner(file);
  if (owner !== undefined) {
    throw new PlumblineError(
      'config',
      'CLI_DEV_RUNNING',
      `Cannot start a server in "${folder}": process ${owner} runs one there.`,
      {
        remedy: `Stop that one, or name another folder with --data. If it is no Plumbline, remove "${file}".`,
      },
    );
  }
  return writing(folder, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return ownFolder(file);
  });
}

async function serve(context: CommandContext, options: DevOptions, folder: string): CommandResult {
  const server = await startDevServer({ folder, env: context.env, port: options.port, uiPort: options.uiPort });
  try {
    const note = server.address.endsWith(`:${options.port}`) ? '' : ` (port ${options.port} is in use)`;
    context.stderr.write(`Temporal development server at ${server.address}${note}, UI at ${server.uiUrl ?? '-'}\n`);
    const env = { ...context.env, TEMPORAL_ADDRESS: server.address };
    const local = { ...context, env };
    await apply(local, { config: options.config });
    return await withSite(local, options.config, async ({ config, store }) => {
      const services = createServices(store, { env, logLevel: logLevelOf(env), folder: config.folder });
      const worker = await startSiteWorker(config, services, env);
      const stopLinks = await answerLinksBeside(config, services, env, (line) => context.stderr.write(`${line}\n`));
      context.stderr.write('Worker is running. Ctrl-C stops everything.\n');
      const stopping = context.signal.aborted ? Promise.resolve() : once(context.signal, 'abort');
      const why = await Promise.race([
        stopping.then(() => 'asked' as const),
        worker.stopped.then(() => 'worker' as const),
        server.exited.then(() => 'server' as const),
      ]);
      worker.shutdown();
      await Promise.all([worker.stopped, stopLinks()]);
      if (why === 'asked') return 0;
      context.stderr.write(`The ${why} ended by itself; see ${server.logFile}\n`);
      return 75;
    });
  } finally {
    await server.stop();
  }
}
