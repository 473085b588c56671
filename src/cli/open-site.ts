import type { ResolvedConfig } from '#src/config/types.js';
import { withUnitsOf } from '#src/config/units/with-units.js';
import type { ReportingStore } from '#src/store/types.js';
import { openSiteStore } from '#src/worker/open-site-store.js';
import { appliedConfig } from './applied-config.js';
import type { CommandContext } from './context.js';
import { loadConfig } from './load-config.js';

/**
 * A configuration with its store open for the time of `work`. Units that come from extracts are those that were read when
 * it was applied last.
 *
 * @param warnings of the configuration that are told: all where it is put to use; where somebody looks at values or runs
 *   what was applied they are only counted
 */
export async function withSite<T>(
  context: CommandContext,
  folder: string,
  work: (site: { readonly config: ResolvedConfig; readonly store: ReportingStore }) => Promise<T>,
  warnings: 'all' | 'none' = 'all',
): Promise<T> {
  const config = await loadConfig(context, folder, warnings);
  const store = await openSiteStore(config.site.store, config.folder, context.env);
  try {
    return await work({ config: await withAppliedUnits(config, store), store });
  } finally {
    await store.close();
  }
}

async function withAppliedUnits(config: ResolvedConfig, store: ReportingStore): Promise<ResolvedConfig> {
  const areRead = config.unitSets?.some(({ from }) => from !== undefined) === true;
  return areRead ? withUnitsOf(config, await appliedConfig(store)) : config;
}
