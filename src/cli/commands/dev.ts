import { once } from 'node:events';
import { resolve } from 'node:path';
import { startDevServer } from '#src/temporal/dev-server.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { createServices } from '#src/worker/services.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { logLevelOf } from '../log-level.js';
import { withSite } from '../open-site.js';
import { apply } from './apply.js';

interface DevOptions extends ConfigOption {
  readonly data: string;
  readonly port: number;
  readonly uiPort: number;
}

/** The development server, the configuration applied, and a worker, until Ctrl-C. */
export async function dev(context: CommandContext, options: DevOptions): CommandResult {
  const folder = resolve(context.cwd, options.data);
  const server = await startDevServer({ folder, env: context.env, port: options.port, uiPort: options.uiPort });
  try {
    const note = server.address.endsWith(`:${options.port}`) ? '' : ` (port ${options.port} is in use)`;
    context.stderr.write(`Temporal development server at ${server.address}${note}, UI at ${server.uiUrl ?? '-'}\n`);
    const env = { ...context.env, TEMPORAL_ADDRESS: server.address };
    const local = { ...context, env };
    await apply(local, { config: options.config });
    return await withSite(local, options.config, async ({ config, store }) => {
      const services = createServices(store, { env, logLevel: logLevelOf(env) });
      const worker = await startSiteWorker(config, services, env);
      context.stderr.write('Worker is running. Ctrl-C stops everything.\n');
      const stopping = context.signal.aborted ? Promise.resolve() : once(context.signal, 'abort');
      const why = await Promise.race([
        stopping.then(() => 'asked' as const),
        worker.stopped.then(() => 'worker' as const),
        server.exited.then(() => 'server' as const),
      ]);
      worker.shutdown();
      await worker.stopped;
      if (why === 'asked') return 0;
      context.stderr.write(`The ${why} ended by itself; see ${server.logFile}\n`);
      return 75;
    });
  } finally {
    await server.stop();
    context.stderr.write('Stopped.\n');
  }
}
