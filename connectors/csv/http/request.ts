import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import {
  type AddressRule,
  assertAddress,
  guardedLookup,
  type ResolveName,
} from '#connectors/sdk/http/guarded-lookup.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { addressRefused } from './address-refused.js';
import { networkFailure, redirected, shownUrl } from './failures.js';

/** A server that files are fetched from. */
export interface HttpServer {
  /** Below it are the files; its host is the only one asked. */
  readonly base: URL;
  /** Secret ones among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  /** PEM of the authority, where it is not a public one. */
  readonly ca?: string;
  readonly resolveName?: ResolveName;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An answer whose body is still to come. Whoever has it reads or destroys it. */
export interface HttpAnswer {
  readonly status: number;
  readonly message: IncomingMessage;
  /** Where it came from in the end. */
  readonly url: URL;
}

/**
 * Asks for one url. Redirects are followed on the same host and scheme only, three times at most; each connection is
 * its own and closed with its answer.
 *
 * @throws PlumblineError of the network, an address that is refused, a redirect that leads away; what stopped the guard
 */
export async function send(
  server: HttpServer,
  url: URL,
  how: { readonly method: 'GET' | 'HEAD'; readonly headers: OutgoingHttpHeaders },
  guard: Pick<ReadGuard, 'signal' | 'stopped' | 'checkpoint'>,
): Promise<HttpAnswer> {
  let current = url;
  for (let followed = 0; ; followed += 1) {
    guard.checkpoint();
    const message = await sendOnce(server, current, how, guard.signal).catch((error: unknown) => {
      throw guard.stopped() ?? networkFailure(error, current);
    });
    const status = message.statusCode ?? 0;
    if (!REDIRECTS.has(status)) return { status, message, url: current };
    message.destroy();
    current = redirectTarget(current, message.headers.location, followed);
  }
}

function redirectTarget(from: URL, location: string | undefined, followed: number): URL {
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw redirected(from, '', 'which is no address');
  }
  const target = new URL(location, from);
  if (target.protocol !== from.protocol) throw redirected(from, shownUrl(target), 'by another protocol');
  if (target.host !== from.host) throw redirected(from, shownUrl(target), 'which is another host');
  if (followed >= MAX_REDIRECTS) throw redirected(from, shownUrl(target), `after ${MAX_REDIRECTS} redirects before`);
  return target;
}

function sendOnce(
  server: HttpServer,
  url: URL,
  how: { readonly method: string; readonly headers: OutgoingHttpHeaders },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const encrypted = url.protocol === 'https:';
    const rule: AddressRule = {
      allowPrivate: server.allowPrivate,
      onlyLoopback: !encrypted,
      refuse: (host, address) => addressRefused(host, address, !encrypted),
    };
    assertAddress(url.hostname, rule);
    const request = (encrypted ? httpsRequest : httpRequest)(url, {
      method: how.method,
      headers: { 'user-agent': 'plumbline', accept: '*/*', ...server.headers, ...how.headers },
      signal,
      // No pool: nothing stays open after the answer.
      agent: false,
      lookup: guardedLookup(rule, server.resolveName),
      ...(server.ca === undefined ? {} : { ca: server.ca }),
    });
    request.once('response', resolve);
    // Stays: an error after the answer belongs to the body, which tells of it itself.
    request.on('error', reject);
    request.end();
  });
}
