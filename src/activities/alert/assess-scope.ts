import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { inhibit, withoutOverdue } from '#src/domain/alert/inhibit.js';
import type {
  AlertEvent,
  AlertRecord,
  AlertSubject,
  AlertTransition,
  FoundCondition,
} from '#src/domain/alert/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { dueFollowUps } from '#src/domain/policy/follow-up.js';
import type { AbsenceRecord, StoreReader, StoreWriter } from '#src/store/types.js';
import { collectedIn, extractOf } from '../config-lookup.js';
import type { AlertTelling } from './alert-messages.js';
import { type AlertRules, alertRules, factsOfAlerts } from './alert-rules.js';
import { causesAmong } from './causes-among.js';
import { currentConditions } from './conditions/current-conditions.js';
import { alertsBeside, asTheyWere, subjectsMovedByTime } from './looked-at.js';
import { lookedBackTo } from './looked-back-to.js';
import { turnedOffIn } from './settings-of.js';
import { storeAndTell } from './store-and-tell.js';
import { withCauses } from './with-causes.js';

export interface AssessmentScope extends AlertTelling {
  readonly measures: readonly Measure[];
  readonly extracts: readonly string[];
  readonly now: Instant;
  readonly runId: string;
  /** Nothing but time has passed since all measures of the site were looked at under this configuration. */
  readonly onlyTime?: boolean;
  /** Reads are still to come that an outage has held up: nobody is told yet that a value is late or missing. */
  readonly readsToCome?: boolean;
}

/**
 * Judges the alerts of a scope and stores events and messages together; one transaction's work.
 *
 * Alerts of subjects that are no longer in the configuration are resolved with those of the scope. Where only time has passed since
 * all was looked at, what a changed score begins and ends is taken to be as it was, and is looked at only to tell of it.
 */
export async function assessScope(
  writer: StoreWriter,
  reader: StoreReader,
  scope: AssessmentScope,
): Promise<{ readonly opened: number; readonly resolved: number }> {
  const { measures, config, now } = scope;
  const active = await reader.alerts({ isActive: true });
  const moved = scope.onlyTime === true ? subjectsMovedByTime(active) : undefined;
  const first = await judged(reader, scope, active, moved);
  const untold = first.events.map(({ condition }) => condition.subject).filter((subject) => first.assumed.has(subject));
  const { found, known, rules, events } =
    untold.length === 0 ? first : await judged(reader, scope, active, new Set([...(moved ?? []), ...untold]));
  await writer.saveAbsences(
    measures.map(({ address }) => address),
    absencesIn(found),
  );
  if (events.length === 0) return { opened: 0, resolved: 0 };
  const told = await withCauses(reader, config, events, now, lookedBackTo(now));
  await storeAndTell(writer, reader, { events: told, known, rules }, scope);
  const counted = (...among: readonly AlertTransition[]): number =>
    events.filter(({ transition }) => among.includes(transition)).length;
  return { opened: counted('opened', 'reopened'), resolved: counted('resolved') };
}

/** Conditions, and the events that follow from them. */
interface Judged {
  readonly found: readonly FoundCondition[];
  readonly known: readonly AlertRecord[];
  readonly rules: AlertRules;
  readonly events: readonly AlertEvent[];
  /** Subjects that were not looked at, and are taken to be as they were. */
  readonly assumed: ReadonlySet<AlertSubject>;
}

async function judged(
  reader: StoreReader,
  { config, measures, extracts, now, readsToCome = false }: AssessmentScope,
  active: readonly AlertRecord[],
  moved: ReadonlySet<AlertSubject> | undefined,
): Promise<Judged> {
  const sources = sourcesBeside(config, extracts);
  const pulls = await reader.latestPulls(sources);
  const { found, looked } = await currentConditions(reader, config, measures, pulls, now, moved);
  const assumed = moved === undefined ? [] : asTheyWere(active, looked);
  const concerned = new Set(found.map(({ subject }) => subject));
  const waiting = measures.filter(({ address }) => concerned.has(alertSubject('measure', address)));
  const inhibition = inhibit(found, causesAmong(config, waiting, pulls));
  const { conditions, inhibited } = readsToCome ? withoutOverdue(inhibition) : inhibition;
  const known = await alertsBeside(reader, active, conditions);
  const inScope = new Set([
    ...measures.map((measure) => alertSubject('measure', measure.address)),
    ...sources.flatMap((extract) => sourceSubjects(config, extract)),
  ]);
  // A run that still carries an earlier configuration does not know what has come since.
  const isLatest = (await reader.latestRevision()) === config.revision;
  const configured = subjectsOf(config);
  const rules = alertRules(config, await factsOfAlerts(config, known, reader));
  const events = assessAlerts({
    conditions: [...conditions, ...assumed],
    known,
    at: now,
    scope: (record) => inScope.has(record.subject) || (isLatest && !configured.has(record.subject)),
    inhibited,
    isTurnedOff: turnedOffIn(config),
    ...(config.site.alertTiming === undefined ? {} : { timing: config.site.alertTiming }),
    // Nor does it know by which policies to follow up.
    ...(isLatest ? { followUps: (record: AlertRecord) => dueFollowUps(record, rules(record), now) } : {}),
  });
  return { found, known, rules, events, assumed: new Set(assumed.map(({ subject }) => subject)) };
}

/** Also of what waits behind a failing source, and is told in its alert alone. */
function absencesIn(found: readonly FoundCondition[]): AbsenceRecord[] {
  return found.flatMap(({ subject, absence }) =>
    absence === undefined ? [] : [{ measure: subject.slice(alertSubject('measure', '').length), ...absence }],
  );
}

/**
 * These extracts and all others of their connections: whether a connection can be read is not for one pull group to
 * say. Without those that feed no measure, which are read no more.
 */
export function sourcesBeside(config: ResolvedConfig, extracts: readonly string[]): string[] {
  const connections = new Set(extracts.map((extract) => extractOf(config, extract).connection));
  const feeding = feedingExtracts(config);
  return config.extracts.flatMap(({ id, connection }) => (connections.has(connection) && feeding.has(id) ? [id] : []));
}

const feedingExtracts = (config: ResolvedConfig): ReadonlySet<string> =>
  new Set(collectedIn(config).map((measure) => measure.extract));

const sourceSubjects = (config: ResolvedConfig, extract: string): string[] => [
  alertSubject('extract', extract),
  alertSubject('connection', extractOf(config, extract).connection),
];

/** Of a source that feeds no measure any more nothing will be heard: it counts as gone. */
function subjectsOf(config: ResolvedConfig): ReadonlySet<string> {
  return new Set([
    ...config.measures.map((measure) => alertSubject('measure', measure.address)),
    ...config.site.channels.map(({ id }) => alertSubject('channel', id)),
    ...(['sweep', 'deliver', ...(config.site.canary === undefined ? [] : ['canary'])] as const).map((part) =>
      alertSubject('pipeline', part),
    ),
    ...[...feedingExtracts(config)].flatMap((extract) => sourceSubjects(config, extract)),
  ]);
}
