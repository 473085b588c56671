import { resolve } from 'node:path';
import { readStorePlace } from '#src/config/read-store-place.js';
import { parseResolvedConfig } from '#src/config/revision.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { openStore } from '#src/store/open-store.js';
import type { ReportingStore } from '#src/store/types.js';
import type { CommandContext } from './context.js';

export interface AppliedSite {
  readonly config: ResolvedConfig;
  readonly store: ReportingStore;
}

/**
 * The configuration applied last, with its store open for the time of `work`: for commands that show what is stored.
 *
 * Reading and checking all files would take longer than everything else such a command does, so where the store can be
 * found without it, the files are left alone. A mistake somebody is just making in them stops nobody from looking.
 */
export async function withApplied<T>(
  context: CommandContext,
  folder: string,
  work: (site: AppliedSite) => Promise<T>,
): Promise<T> {
  const place = await readStorePlace(resolve(context.cwd, folder));
  if (place !== undefined) {
    const store = await openStore(place);
    try {
      const document = await store.read.latestConfigRevision();
      if (document !== undefined) return await work({ config: parseResolvedConfig(document), store });
    } finally {
      await store.close();
    }
  }
  const { withSite } = await import('./open-site.js');
  return withSite(context, folder, work, 'none');
}
