import type { ResolvedConfig } from '#src/config/types.js';
import { isCanary } from '#src/domain/canary/canary.js';

/** The only channels that messages about an alert go over; `undefined` where that is not the canary's, which has its own. */
export function canaryChannels(
  { site }: Pick<ResolvedConfig, 'site'>,
  alert: { readonly subject: string },
): readonly string[] | undefined {
  return isCanary(alert) ? (site.canary?.channels ?? []) : undefined;
}
