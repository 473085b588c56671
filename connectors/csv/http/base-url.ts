import { isLoopbackName } from '#connectors/sdk/http/guarded-lookup.js';

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

/** A file below the base: each step of its path is taken as it is written, whatever letters it has. */
export function fileUrl(base: URL, path: string): URL {
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  const steps = path.split('/').map((step) => encodeURIComponent(step));
  return new URL(`${folder}${steps.join('/')}`, base);
}
