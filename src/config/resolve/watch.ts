import { below, type Place, type ProblemList } from '../problem-list.js';
import { holdsReference } from '../secrets.js';
import type { SiteSpec } from '../spec/site-spec.js';
import type { Site, WatchSettings } from '../types.js';
import { reportLiteralSecret } from './literal-secret.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Absent where nothing is set, so that revisions from before there were such settings stay. */
export function resolveWatch(spec: SiteSpec, place: Place, problems: ProblemList): Pick<Site, 'watch'> {
  const { give_up_hours, silent_after_minutes, heartbeat } = spec.watch ?? {};
  const longest = Math.max(spec.sweep_minutes, spec.deliver_minutes);
  if (silent_after_minutes !== undefined && silent_after_minutes < 2 * longest) {
    const message = `${silent_after_minutes} minutes are less than two of the ${longest} minutes from one to the next`;
    const at = below(place, 'watch', 'silent_after_minutes');
    problems.error('CONFIG_INVALID_VALUE', at, message, `write ${2 * longest} or more`);
  }
  if (heartbeat !== undefined && !holdsReference(heartbeat.url)) {
    reportLiteralSecret('watch.heartbeat.url', below(place, 'watch', 'heartbeat', 'url'), problems);
  }
  const watch: WatchSettings = {
    ...(give_up_hours === undefined ? {} : { giveUpMs: give_up_hours * HOUR_MS }),
    ...(silent_after_minutes === undefined ? {} : { silentMs: silent_after_minutes * MINUTE_MS }),
    ...(heartbeat === undefined ? {} : { heartbeat }),
  };
  return Object.keys(watch).length === 0 ? {} : { watch };
}
