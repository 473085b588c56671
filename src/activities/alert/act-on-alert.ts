import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { isOfEachPeriod } from '#src/domain/alert/kinds.js';
import { canFollow, type PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertRecord } from '#src/domain/alert/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import type { ReportingStore, StoreReader } from '#src/store/types.js';
import { channelConditions } from '../watch/channel-conditions.js';
import type { AlertTelling } from './alert-messages.js';
import { sourcesBeside } from './assess-scope.js';
import { currentConditions } from './conditions/current-conditions.js';
import { storeAndTell } from './store-and-tell.js';

/** What a person does to an alert. */
export interface AlertAct {
  readonly alert: Pick<AlertRecord, 'kind' | 'subject' | 'period'>;
  readonly transition: PersonsTransition;
  /** Person id. */
  readonly author: string;
  readonly reason: string;
  readonly at: Instant;
  /** Of `snoozed`. */
  readonly until?: Instant;
  /** Events that the alert had when the person decided; absent: any number. */
  readonly seenEvents?: number;
}

/** Run id of events that no run made. */
const BY_HAND = 'by-hand';

const VERBS = {
  acknowledged: 'acknowledge',
  snoozed: 'snooze',
  resolved: 'resolve',
} as const satisfies Record<PersonsTransition, string>;

/**
 * Stores what a person did, with the message about it, in one transaction. Of an alert resolved while its condition holds it
 * keeps how far that goes.
 *
 * @throws PlumblineError `config` CLI_ALERT_STATE where the alert's state does not lead there; `transient` STORE_ALERT_CHANGED
 *   where it is not as the person saw it
 */
export async function actOnAlert(store: ReportingStore, telling: AlertTelling, act: AlertAct): Promise<AlertEvent> {
  return store.write(async (writer, reader) => {
    const { subject } = act.alert;
    const known = (await reader.alerts({ subjects: [subject] })).find(
      ({ kind, period }) => kind === act.alert.kind && period === act.alert.period,
    );
    if (known === undefined || !canFollow(act.transition, known.state)) throw cannotChange(act, known);
    const { kind, period, owner, summary, details, events } = known;
    if (act.seenEvents !== undefined && act.seenEvents !== events) throw changedMeanwhile(act);
    const holds = act.transition === 'resolved' ? await stillHolds(reader, telling.config, known, act.at) : undefined;
    const event: AlertEvent = {
      transition: act.transition,
      condition: { kind, subject, period, owner, summary, details },
      sequence: events,
      at: act.at,
      reason: act.reason,
      author: act.author,
      ...(act.until === undefined ? {} : { until: act.until }),
      ...(holds === undefined ? {} : { dismissedThrough: holds }),
    };
    const now = (await reader.latestLogicalTime()) ?? act.at;
    const [stored] = await storeAndTell(
      writer,
      reader,
      { events: [event], known: [known] },
      { ...telling, now, runId: BY_HAND },
    );
    return stored ?? event;
  });
}

/** How far the alert's condition goes, by what the runs have found; `undefined` where it holds no more. */
async function stillHolds(
  reader: StoreReader,
  config: ResolvedConfig,
  { kind, subject, period }: AlertRecord,
  at: Instant,
): Promise<string | undefined> {
  // While it stands the other part has looked a moment ago.
  if (kind === 'pipeline_silent') return period;
  const measures = config.measures.filter(({ address }) => alertSubject('measure', address) === subject);
  const extracts = config.extracts
    .filter(
      ({ id, connection }) =>
        alertSubject('extract', id) === subject || alertSubject('connection', connection) === subject,
    )
    .map(({ id }) => id);
  const pulls = await reader.latestPulls(sourcesBeside(config, extracts));
  const now = (await reader.latestLogicalTime()) ?? at;
  const ofChannels = kind === 'delivery_failed' ? await channelConditions(reader, config) : [];
  const { found } = await currentConditions(reader, config, measures, pulls, now);
  return [...ofChannels, ...found].find(
    (condition) =>
      condition.kind === kind &&
      condition.subject === subject &&
      (condition.period === period || !isOfEachPeriod(kind)),
  )?.through;
}

function changedMeanwhile({ alert, transition }: AlertAct): PlumblineError {
  const { kind, subject, period } = alert;
  return new PlumblineError(
    'transient',
    'STORE_ALERT_CHANGED',
    `Cannot ${VERBS[transition]} the alert "${kind} ${subject} ${period}" as it was seen: it has changed meanwhile.`,
    { remedy: 'Look at it again.' },
  );
}

function cannotChange({ alert, transition }: AlertAct, known: AlertRecord | undefined): PlumblineError {
  const { kind, subject, period } = alert;
  return new PlumblineError(
    'config',
    'CLI_ALERT_STATE',
    `Cannot ${VERBS[transition]} the alert "${kind} ${subject} ${period}": it is ${stateInWords(known, transition)}.`,
    { remedy: 'See "plumbline alerts" for those that can be changed.' },
  );
}

function stateInWords(known: AlertRecord | undefined, transition: PersonsTransition): string {
  switch (known?.state) {
    case undefined:
      return 'not known';
    case 'pending':
      return 'held back, and nobody was told of it yet';
    case 'resolved':
    case 'dropped':
      return 'over';
    default:
      return known?.state === transition ? `${transition} already` : (known?.state ?? 'not known');
  }
}
