import { once } from 'node:events';
import { answerLinksBeside } from '#src/worker/answer-links.js';
import { startSiteWorker } from '#src/worker/main-worker.js';
import { createServices } from '#src/worker/services.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { logLevelOf } from '../log-level.js';
import { withSite } from '../open-site.js';

/** Runs the steps that Temporal hands out until it is asked to stop. */
export async function worker(context: CommandContext, options: ConfigOption): CommandResult {
  return withSite(
    context,
    options.config,
    async ({ config, store }) => {
      // Fails early, with its remedy, when the store was never applied to.
      await store.read.latestConfigRevision();
      const services = createServices(store, {
        env: context.env,
        logLevel: logLevelOf(context.env),
        folder: config.folder,
      });
      const running = await startSiteWorker(config, services, context.env);
      context.stderr.write(
        `Worker of "${config.site.id}" on task queue "${config.site.taskQueue}". Ctrl-C stops it.\n`,
      );
      const stopLinks = await answerLinksBeside(config, services, context.env, (line) =>
        context.stderr.write(`${line}\n`),
      );
      if (!context.signal.aborted) await Promise.race([once(context.signal, 'abort'), running.stopped]);
      running.shutdown();
      await Promise.all([running.stopped, stopLinks()]);
      context.stderr.write('Worker stopped.\n');
      return 0;
    },
    'none',
  );
}
