import { hash } from 'node:crypto';

/** Digest of plain data with its keys in a fixed order: equal contents have equal digests, whatever run made them. */
export function contentDigest(content: Readonly<Record<string, unknown>>): string {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(content).sort()) {
    const value = content[key];
    if (value !== undefined) entries.push([key, value]);
  }
  return hash('sha256', JSON.stringify(entries), 'hex').slice(0, 24);
}
