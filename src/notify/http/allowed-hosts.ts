import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ChannelContext } from '../channel-definition.js';

/** Whether a host is one of the list; `*.example.com` is every host below example.com. */
export function isListed(host: string, list: readonly string[]): boolean {
  const plain = host.toLowerCase().replace(/\.$/, '');
  return list
    .map((entry) => entry.toLowerCase())
    .some((entry) => (entry.startsWith('*.') ? plain.endsWith(entry.slice(1)) : plain === entry));
}

/** Whether somebody has written the very host down: no pattern, and no list that was not written. */
export function isNamed(host: string, lists: readonly (readonly string[] | undefined)[]): boolean {
  return lists.some((list) =>
    isListed(
      host,
      (list ?? []).filter((entry) => !entry.startsWith('*.')),
    ),
  );
}

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
