import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isListed, isNamed } from '#connectors/sdk/http/allowed-hosts.js';
import { type AddressRule, addressWords, isLoopbackName } from '#connectors/sdk/http/guarded-lookup.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ChannelContext } from '../channel-definition.js';
import { assertSiteHost } from './allowed-hosts.js';
import type { HttpOptions } from './options.js';

const TIMEOUT_SECONDS = 20;

/** Where a channel posts to, checked as far as that goes without the network. */
export interface Endpoint {
  readonly url: URL;
  readonly rule: AddressRule;
  readonly timeoutMs: number;
  /** PEM of the authority, where it is not a public one. */
  readonly ca?: string;
}

/** The url may hold a secret, so no message quotes more of it than its host. */
function invalidUrl(channel: string, what: string): PlumblineError {
  return new PlumblineError('config', 'CHANNEL_URL_INVALID', `Cannot open the channel "${channel}": its url ${what}.`, {
    remedy:
      'Write https://host/path. http:// is for this machine, and for hosts that "allowed_hosts" names in full, with "allow_private: true".',
  });
}

function parseUrl(channel: string, text: string, mayBePlain: (host: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw invalidUrl(channel, 'is not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalidUrl(channel, 'does not begin with https://');
  if (url.protocol === 'http:' && !mayBePlain(url.hostname)) {
    throw invalidUrl(channel, 'begins with http://, which anybody on the way can read');
  }
  if (url.username !== '' || url.password !== '') throw invalidUrl(channel, 'holds an account; use "headers"');
  if (url.hash !== '') throw invalidUrl(channel, 'has a "#", and what follows it is never sent');
  return url;
}

/**
 * What is needed to post to a url.
 *
 * @param usualHosts the hosts of the service, unless the options name others; absent: any host
 * @throws PlumblineError `CHANNEL_URL_INVALID`, `CHANNEL_HOST_REFUSED`, `CHANNEL_CA_UNREADABLE`
 */
export async function openEndpoint(
  urlText: string,
  options: HttpOptions,
  context: ChannelContext,
  usualHosts?: readonly string[],
): Promise<Endpoint> {
  const allowPrivate = options.allow_private ?? false;
  const { channelId, baseDirectory, allowHosts } = context;
  const named = (host: string): boolean => isNamed(host, [options.allowed_hosts, allowHosts]);
  const url = parseUrl(channelId, urlText, (host) => allowPrivate && (isLoopbackName(host) || named(host)));
  assertSiteHost(url.hostname, context);
  const hosts = options.allowed_hosts ?? usualHosts;
  if (hosts !== undefined && !isListed(url.hostname, hosts)) {
    throw new PlumblineError(
      'config',
      'CHANNEL_HOST_REFUSED',
      `Cannot open the channel "${channelId}": its url leads to "${url.hostname}". Allowed are: ${hosts.join(', ')}.`,
      { remedy: 'Correct the url, or name the host in "allowed_hosts" of the channel.' },
    );
  }
  const isPlain = url.protocol === 'http:';
  const onlyLoopback = isPlain && (isLoopbackName(url.hostname) || !named(url.hostname));
  return {
    url,
    rule: {
      allowPrivate,
      onlyLoopback,
      onlyPrivate: isPlain,
      refuse: (host, address) => addressRefused(channelId, isPlain, host, address),
    },
    timeoutMs: Math.ceil((options.timeout_seconds ?? TIMEOUT_SECONDS) * 1000),
    ...(options.ca === undefined ? {} : { ca: await authority(channelId, resolve(baseDirectory, options.ca)) }),
  };
}

function addressRefused(channel: string, isPlain: boolean, host: string, address: string): PlumblineError {
  return new PlumblineError(
    'config',
    'CHANNEL_ADDRESS_REFUSED',
    `Connecting to "${host}" for the channel "${channel}": its address is ${address}, ${addressWords(address)}`,
    {
      remedy: isPlain
        ? 'Write https://, or correct the name: http:// stays in your own network.'
        : 'Correct the url, or set "allow_private: true" if the host really is in your own network.',
    },
  );
}

function authority(channel: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new PlumblineError(
      'config',
      'CHANNEL_CA_UNREADABLE',
      `Cannot open the channel "${channel}": its ca "${path}" cannot be read${reason}.`,
      { remedy: 'Name a PEM file that the user who runs Plumbline can read.', cause },
    );
  });
}
