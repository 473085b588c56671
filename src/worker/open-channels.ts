import { resolveSecrets } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { createOpenChannel } from '#src/notify/channels.js';
import type { OpenChannel } from '#src/notify/types.js';

/** Opens channels of a configuration; secrets come from `env` and from files on this machine. */
export function openChannels(
  { site, folder }: Pick<ResolvedConfig, 'site' | 'folder'>,
  env: Readonly<Record<string, string | undefined>>,
): OpenChannel {
  return createOpenChannel({
    channels: site.channels,
    siteId: site.id,
    resolveSecrets: (options) => resolveSecrets(options, env, folder),
    baseDirectory: folder,
    ...(site.allowHosts === undefined ? {} : { allowHosts: site.allowHosts }),
  });
}
