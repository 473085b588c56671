import { statSync } from 'node:fs';
import type { Site } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { type Finding, failed } from './finding.js';

const MEGABYTE = 1024 * 1024;

/** Whether the store can be read and written, by the schema of this program. */
export async function storeHealth(store: ReportingStore, site: Site['store']): Promise<Finding> {
  try {
    await store.read.latestRevision();
    // Takes the lock that every step needs, and changes nothing.
    await store.write(async () => undefined);
    return { area: 'store', health: 'ok', says: `${placeOf(site)} can be read and written.` };
  } catch (error) {
    return failed('store', error);
  }
}

function placeOf(site: Site['store']): string {
  if (site.client === 'mysql') return `${site.database} on ${site.host}:${site.port}`;
  const { size } = statSync(site.file);
  return `${site.file} (${Math.max(1, Math.round(size / MEGABYTE))} MB)`;
}
