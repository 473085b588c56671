import { resolveSecrets } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { sendHeartbeat } from '#src/notify/heartbeat.js';
import type { DeliveryResult } from '#src/notify/types.js';

/** The heartbeat of a configuration: `undefined` where it has none. Whatever fails is a result. */
export async function beat(
  { site, folder }: Pick<ResolvedConfig, 'site' | 'folder'>,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<DeliveryResult | undefined> {
  if (site.watch?.heartbeat === undefined) return undefined;
  const { allowHosts } = site;
  try {
    const options = await resolveSecrets(site.watch.heartbeat, env, folder);
    const context = { siteId: site.id, channelId: 'heartbeat', baseDirectory: folder, now: () => new Date() };
    return await sendHeartbeat(options, { ...context, ...(allowHosts === undefined ? {} : { allowHosts }) }, signal);
  } catch (error) {
    const { code, message } = toFailure(error);
    return { outcome: 'retry', detail: `${code} ${message}` };
  }
}
