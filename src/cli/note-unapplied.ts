import { parseResolvedConfig } from '#src/config/revision.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import type { CommandContext } from './context.js';

/** Tells a reader that the files say something the store has not been told yet: what is shown is the older state. */
export async function noteUnapplied(
  context: CommandContext,
  store: ReportingStore,
  config: ResolvedConfig,
  folder: string,
): Promise<void> {
  const applied = await store.read.latestConfigRevision();
  if (applied === undefined || parseResolvedConfig(applied).revision === config.revision) return;
  context.stderr.write(
    `Note: the configuration in "${folder}" is not the one applied last; names and scores are those of the applied one.\n`,
  );
}
