/** Headers that decide how a request is carried, which is not a connection's business. */
const CARRIER_HEADERS = new Set([
  ...['accept-encoding', 'connection', 'content-encoding', 'content-length', 'expect', 'host', 'if-match'],
  ...['if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'keep-alive', 'range', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]);

/** What is wrong with the name of a request header, in words. */
export function problemOfHeader(name: string): string | undefined {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'is no name of a header';
  return CARRIER_HEADERS.has(name.toLowerCase()) ? 'is set by the request itself' : undefined;
}
