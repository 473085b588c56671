import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { openSiteStore } from '#src/worker/open-site-store.js';
import type { CommandContext } from './context.js';
import { loadConfig } from './load-config.js';

/** A configuration with its store open for the time of `work`. */
export async function withSite<T>(
  context: CommandContext,
  folder: string,
  work: (site: { readonly config: ResolvedConfig; readonly store: ReportingStore }) => Promise<T>,
): Promise<T> {
  const config = await loadConfig(context, folder);
  const store = await openSiteStore(config.site.store, config.folder, context.env);
  try {
    return await work({ config, store });
  } finally {
    await store.close();
  }
}
