import { createHash } from 'node:crypto';

/** Digest of plain data with its keys in a fixed order: equal contents have equal digests, whatever run made them. */
export function contentDigest(content: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 24);
}
