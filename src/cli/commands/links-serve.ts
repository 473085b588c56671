import { once } from 'node:events';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { answerLinks, linksSentence } from '#src/worker/answer-links.js';
import { createServices } from '#src/worker/services.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { logLevelOf } from '../log-level.js';
import { withSite } from '../open-site.js';

/** Answers the links in messages until it is asked to stop: for sites that run by cron. A worker does it by itself. */
export function linksServe(context: CommandContext, options: ConfigOption): CommandResult {
  return withSite(
    context,
    options.config,
    async ({ config, store }) => {
      const { env } = context;
      const services = createServices(store, { env, logLevel: logLevelOf(env), folder: config.folder });
      const running = await answerLinks(config, services, env);
      if (running === undefined) {
        throw new PlumblineError('config', 'CLI_NO_LINKS', 'Cannot answer links: site.yaml sets none.', {
          remedy: 'Write links: { base_url: …, signing_secret: … } into site.yaml.',
        });
      }
      context.stderr.write(`${linksSentence(config, running)} Ctrl-C stops it.\n`);
      if (!context.signal.aborted) await once(context.signal, 'abort');
      await running.stop();
      context.stderr.write('Stopped.\n');
      return 0;
    },
    'none',
  );
}
