import { createHash } from 'node:crypto';
import type { Quota } from '#connectors/sdk/types.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { PullQuota } from '../types.js';

/**
 * Upstream calls that one step under a budget may make. The rate of a queue follows from it, and all workers must ask for
 * the same rate, so it is a constant and not what this or that plan happens to need.
 */
const CALLS_PER_STEP = 2;

/**
 * How the runners hold a budget: one queue for each account of a connector. The queue belongs to the site, since only the
 * site's own workers have the store that a pull writes to.
 */
export function pullQuota(
  config: ResolvedConfig,
  { connector, account, callsPerMinute }: Quota & { readonly connector: string },
): PullQuota {
  const whose = JSON.stringify([config.site.taskQueue, connector, account]);
  const name = createHash('sha256').update(whose).digest('hex').slice(0, 8);
  return { taskQueue: `plumbline-quota-${name}`, callsPerMinute, callsPerStep: CALLS_PER_STEP };
}
