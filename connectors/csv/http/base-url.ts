import { isIP } from 'node:net';
import { bareAddress } from '#connectors/sdk/http/guarded-lookup.js';

/** Headers that decide how a request is carried, which is not a connection's business. */
const CARRIER_HEADERS = new Set([
  ...['accept-encoding', 'connection', 'content-encoding', 'content-length', 'expect', 'host', 'if-match'],
  ...['if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'keep-alive', 'range', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]);

/** What is wrong with the url of a connection, in words; `undefined` when nothing is. A secret reference is no fault yet. */
export function problemOfUrl(text: string): string | undefined {
  if (text.includes('${')) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'is no address such as https://files.example.com/exports/';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname)) {
    return 'must begin with https:// (http:// only reaches this machine itself)';
  }
  if (url.username !== '' || url.password !== '') return 'must hold no account; use "token" or "headers"';
  if (url.search !== '' || url.hash !== '') return 'must end with its path, without "?" or "#"';
  return undefined;
}

/** What is wrong with the name of a request header, in words. */
export function problemOfHeader(name: string): string | undefined {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'is no name of a header';
  return CARRIER_HEADERS.has(name.toLowerCase()) ? 'is set by the connector itself' : undefined;
}

/** Whether a host of a url can only mean this machine. */
function isLoopbackName(hostname: string): boolean {
  const address = bareAddress(hostname);
  if (isIP(address) === 4) return address.startsWith('127.');
  return address === '::1' || address === 'localhost';
}

/** A file below the base: each step of its path is taken as it is written, whatever letters it has. */
export function fileUrl(base: URL, path: string): URL {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  const steps = path.split('/').map((step) => encodeURIComponent(step));
  return new URL(`${folder}${steps.join('/')}`, base);
}
