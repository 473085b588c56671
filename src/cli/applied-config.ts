import { parseResolvedConfig } from '#src/config/revision.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ReportingStore } from '#src/store/types.js';

/** The configuration applied last; `undefined` where none ever was, also in a store that is not there yet. */
export async function appliedConfig({ read }: ReportingStore): Promise<ResolvedConfig | undefined> {
  try {
    const document = await read.latestConfigRevision();
    return document === undefined ? undefined : parseResolvedConfig(document);
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'STORE_NOT_READY') return undefined;
    throw error;
  }
}
