import type { SiteSpec } from '../spec/site-spec.js';
import type { Site } from '../types.js';

const HOUR_MS = 3_600_000;

/** Absent where nothing is set, so that revisions from before there were such settings stay. */
export function resolveWatch({ watch }: SiteSpec): Pick<Site, 'watch'> {
  if (watch?.give_up_hours === undefined) return {};
  return { watch: { giveUpMs: watch.give_up_hours * HOUR_MS } };
}
