import type { Instant } from '#src/domain/period/types.js';
import type { PullRecord } from '#src/store/types.js';

/** The newest pull of an extract, with the nominal time of its run. */
export type LatestPull = PullRecord & { readonly logicalTime: Instant };
