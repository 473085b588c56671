import type { ResolvedConfig } from '#src/config/types.js';
import { conditionKey } from '#src/domain/alert/alert-key.js';
import { inhibit, WAITING } from '#src/domain/alert/inhibit.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertKind, AlertRecord } from '#src/domain/alert/types.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { sourcesBeside } from './assess-scope.js';
import { causesAmong } from './causes-among.js';
import { currentConditions } from './conditions/current-conditions.js';

/** Kinds that others wait for. */
const CAUSES: readonly AlertKind[] = ['source_failed', 'capture_missed', 'late', 'missing'];

/** What is asked of an alert. */
type Shown = Pick<AlertRecord, 'kind' | 'subject' | 'state' | 'details'>;

/**
 * The details of alerts, with what waits for them as it is now. Nobody is told that more has come to wait, so what is stored names
 * what waited when the alert was last told of. Reads only.
 */
export async function detailsNow(
  reader: StoreReader,
  config: ResolvedConfig,
  alerts: readonly Shown[],
  now: Instant,
): Promise<(alert: Shown) => readonly string[]> {
  const isAsked = ({ kind, state }: Shown): boolean => CAUSES.includes(kind) && isStanding(state);
  if (!alerts.some(isAsked)) return ({ details }) => details;
  const { measures } = config;
  const extracts = sourcesBeside(
    config,
    config.extracts.map(({ id }) => id),
  );
  const pulls = await reader.latestPulls(extracts);
  const { found } = await currentConditions(reader, config, measures, pulls, now);
  const { conditions } = inhibit(found, causesAmong(config, measures, pulls));
  const current = new Map(conditions.map((each) => [conditionKey(each.kind, each.subject), each]));
  const isWaiting = (line: string): boolean => line.startsWith(WAITING);
  return (alert) => {
    const { kind, subject, details } = alert;
    const condition = isAsked(alert) ? current.get(conditionKey(kind, subject)) : undefined;
    if (condition === undefined) return details;
    return [...details.filter((line) => !isWaiting(line)), ...condition.details.filter(isWaiting)];
  };
}
