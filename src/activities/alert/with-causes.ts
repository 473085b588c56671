import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { type StatusCause, statusCause } from '#src/domain/alert/status-cause.js';
import { RESTATED_DAYS } from '#src/domain/alert/status-flip.js';
import type { AlertEvent, AlertKind, AlertTransition } from '#src/domain/alert/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf, parsePeriodId } from '#src/domain/period/period.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { Status } from '#src/domain/score/types.js';
import type { JudgedScore, StoreReader } from '#src/store/types.js';
import { grouped, readByStart } from '../score/stored-series.js';
import { timeOfSweep } from '../sweep-run-id.js';

/** Kinds that tell how the statuses of a measure are, with the one that they are about. */
const OF_STATUS: ReadonlyMap<AlertKind, Status | undefined> = new Map([
  ['off_track', 'off_track'],
  ['note_missing', 'off_track'],
  ['at_risk', 'at_risk'],
  ['worsened', undefined],
  ['improved', undefined],
]);

const BEGINNINGS: readonly AlertTransition[] = ['held_back', 'opened', 'reopened', 'woken'];

/**
 * The same events, those about statuses with what turned a status of late: a corrected value, a changed target, a changed rule.
 * The beginning of an alert says it in its summary and details, the end in its reason.
 *
 * Looked up for events alone, of which there are few: what stands unchanged costs nothing.
 */
export async function withCauses(
  reader: StoreReader,
  { measures, site }: ResolvedConfig,
  events: readonly AlertEvent[],
  now: Instant,
  from: (measure: Measure) => CalendarDate,
): Promise<readonly AlertEvent[]> {
  const told = events.filter(isOfStatus);
  if (told.length === 0) return events;
  const subjects = new Set(told.map(({ condition }) => condition.subject));
  const concerned = measures.filter(({ address }) => subjects.has(alertSubject('measure', address)));
  const starts = concerned.map((measure) => [measure.address, from(measure)] as const);
  const contents = grouped(
    await readByStart(starts, (nodes, start) => reader.judgedContents(nodes, start)),
    ({ node }) => node,
  );
  const since = addMilliseconds(now, -RESTATED_DAYS * 86_400_000);
  const causes = new Map(
    concerned.map((measure) => [
      alertSubject('measure', measure.address),
      causesOf(contents.get(measure.address) ?? [], measure, since),
    ]),
  );
  const calendars = Object.values(site.periodCalendars ?? {});
  return events.map((event) => {
    const all = isOfStatus(event) ? (causes.get(event.condition.subject) ?? []) : [];
    if (all.length === 0) return event;
    const begun = parsePeriodId(event.condition.period, calendars);
    return withCause(
      event,
      all.filter((cause) => explains(cause, event, begun)),
    );
  });
}

function isOfStatus({ condition, author }: AlertEvent): boolean {
  return author === undefined && OF_STATUS.has(condition.kind);
}

/**
 * Whether a turned status is why the event comes: into the status that the alert is about, in its first period or a later one, or
 * out of it at its end. What has worsened or improved is held against the period before, too.
 */
function explains(
  { period, before, after }: StatusCause,
  { condition, transition }: AlertEvent,
  begun: Period,
): boolean {
  const status = OF_STATUS.get(condition.kind);
  const isEnd = !BEGINNINGS.includes(transition);
  if (status === undefined) return isEnd ? period.id === begun.id : period.end >= begun.start;
  return period.start >= begun.start && (isEnd ? before : after) === status;
}

function withCause(event: AlertEvent, causes: readonly StatusCause[]): AlertEvent {
  const [newest] = causes;
  if (newest === undefined) return event;
  const { condition, transition, reason } = event;
  if (BEGINNINGS.includes(transition)) {
    const summary = `${condition.summary}; ${newest.words}`;
    return { ...event, condition: { ...condition, summary, details: [...condition.details, ...causes.map(sentence)] } };
  }
  return transition === 'resolved' ? { ...event, reason: `${reason}; ${newest.words}` } : event;
}

/** What turned statuses since an instant, the newest period first. */
function causesOf(contents: readonly JudgedScore[], measure: Measure, since: Instant): readonly StatusCause[] {
  const byPeriod = grouped(
    contents.filter(({ period }) => isPeriodOf(period, measure)),
    ({ period }) => period.id,
  );
  return [...byPeriod.values()]
    .flatMap((each) => {
      const judged = each.map((content) => ({ ...content, at: timeOf(content) }));
      return statusCause(judged, measure, since) ?? [];
    })
    .toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1));
}

function timeOf({ logicalTime, runId, scoredAt }: JudgedScore): Instant {
  return logicalTime ?? timeOfSweep(runId) ?? scoredAt;
}

const sentence = ({ words }: StatusCause): string => `Why now: ${words}.`;
