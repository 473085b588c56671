import type { ScoringProgress, StoreReader } from '#src/store/types.js';

/** Not the key of any family: those are addresses. */
const ALERTS = 'alerts';

/** Scores have changed since a sweep has looked at the alerts of all measures. */
export const ALERTS_BEHIND: ScoringProgress = { subject: ALERTS, configRevision: '' };

/** All measures have been looked at under a configuration. */
export function alertsLookedAt(configRevision: string): ScoringProgress {
  return { subject: ALERTS, configRevision };
}

/** Whether all measures were looked at under a configuration, and no score has changed since. */
export async function areAlertsLookedAt(reader: StoreReader, configRevision: string): Promise<boolean> {
  const [progress] = await reader.scoringProgress([ALERTS]);
  return progress?.configRevision === configRevision;
}
