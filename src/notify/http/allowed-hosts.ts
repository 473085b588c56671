import { isListed } from '#connectors/sdk/http/allowed-hosts.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ChannelContext } from '../channel-definition.js';

/**
 * Refuses a host that the site reaches not at all.
 *
 * @throws PlumblineError `config` CHANNEL_HOST_REFUSED
 */
export function assertSiteHost(host: string, { channelId, allowHosts }: ChannelContext): void {
  if (allowHosts === undefined || isListed(host, allowHosts)) return;
  throw new PlumblineError(
    'config',
    'CHANNEL_HOST_REFUSED',
    `Cannot open the channel "${channelId}": it leads to "${host}". The site reaches only: ${allowHosts.join(', ')}.`,
    { remedy: 'Correct the channel, or name the host in "network: { allow_hosts }" of site.yaml.' },
  );
}
