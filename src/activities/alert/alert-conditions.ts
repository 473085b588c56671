import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import {
  type MeasureStanding,
  measureConditions,
  overduePeriods,
  type PeriodOutcome,
} from '#src/domain/alert/conditions.js';
import { statusConditions } from '#src/domain/alert/status-conditions.js';
import type { AlertKind, AlertSubject, FoundCondition } from '#src/domain/alert/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { dateWords } from '#src/domain/freshness/dates.js';
import { type CollectedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import { compareInstants, startInstant } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { PullRecord, ScoreRecord, StoreReader } from '#src/store/types.js';
import { absencesOf, type FoundAbsence, type OverduePeriod } from '../absence/absences.js';
import { connectionOf, extractOf } from '../config-lookup.js';
import { missedCapturesOf, missedSentence } from '../pull/missed-captures.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import { type SaidOf, saidBySources } from '../score/said-by-sources.js';
import { readByStart, scoresByNode } from '../score/stored-series.js';
import { captureConditions, rejectsConditions } from './extract-conditions.js';
import { flipsByMeasure } from './flips-by-measure.js';
import { lookedBackTo } from './looked-back-to.js';
import { settingsOf, siteSettings } from './settings-of.js';

/** States that an alert may be about. */
const WANTING = ['late', 'missing', 'no_target'] as const;
const NOTHING: ReadonlySet<string> = new Set();

export type LatestPull = PullRecord & { readonly logicalTime: Instant };

/** Missed captures named in an alert: the newest few. */
const MISSED_SHOWN = 6;

/** Conditions that hold, and the subjects of the measures that were looked at for them. */
export interface CurrentConditions {
  readonly found: readonly FoundCondition[];
  readonly looked: ReadonlySet<AlertSubject>;
}

/**
 * The conditions that hold now for these measures and for the sources that feed them.
 *
 * @param moved where only time has passed since all were looked at: subjects of measures whose alerts it may have moved. Of the
 *   others nothing is looked at that only a changed score begins or ends
 */
export async function currentConditions(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  pulls: readonly LatestPull[],
  now: Instant,
  moved?: ReadonlySet<AlertSubject>,
): Promise<CurrentConditions> {
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  const horizon = lookedBackTo(now);
  const flips = await flipsByMeasure(reader, now);
  const suspects = await suspectsAmong(reader, config, measures, horizon, { flips, moved });
  const scores = await scoresByNode(
    reader,
    suspects.map((measure) => [measure.address, horizon(measure)]),
  );
  const missed = await missedByMeasure(reader, config, suspects, now);
  const noted = await notedPeriods(reader, config, suspects);
  const reads = await lastReads(reader, pulls);
  const saidOf = await saidBySources(reader, config, now);
  const judged = suspects.map((measure) => {
    const read = isCollected(measure) ? reads.get(measure.extract) : undefined;
    return { measure, outcomes: outcomesOf(config, measure, scores, read, saidOf) };
  });
  const absences = await absencesOf(reader, config, judged.flatMap(newestOverdue), pulls);
  const ofMeasures = judged.flatMap(({ measure, outcomes }) => {
    const evidence = [
      ...(isCollected(measure) ? sourceEvidence(measure, pullOf.get(measure.extract)) : []),
      ...(missed.get(measure.address) ?? []).map(missedSentence),
    ];
    const turned = (flips.get(measure.address) ?? []).filter(({ period }) => isPeriodOf(period, measure));
    const absence = absenceLines(config, measure, absences.get(measure.address), saidOf);
    const settings = settingsOf(measure, config.site);
    const { isOn } = settings;
    const standing = { measure, outcomes, ...absence, evidence, flips: turned, owner: measure.owner, isOn };
    const question = { settings, noted: noted.get(measure.address) ?? NOTHING, now };
    return [...measureConditions(standing), ...statusConditions(standing, question)];
  });
  const failing = siteSettings(config.site).isOn('source_failed') ? sourceConditions(config, pulls) : [];
  return {
    found: [
      ...failing,
      ...(await rejectsConditions(reader, config, pulls)),
      ...(await captureConditions(reader, config, pulls, horizon, now)),
      ...ofMeasures,
    ],
    looked: new Set([...(moved ?? []), ...suspects.map(({ address }) => alertSubject('measure', address))]),
  };
}

function outcomesOf(
  config: ResolvedConfig,
  measure: Measure,
  scores: ReadonlyMap<string, readonly ScoreRecord[]>,
  read: LatestPull | undefined,
  saidOf: SaidOf,
): readonly PeriodOutcome[] {
  return (
    (scores.get(measure.address) ?? [])
      // Periods of another grain are from before the measure was changed: no run of periods goes across.
      .filter(({ period }) => isPeriodOf(period, measure))
      .map(({ period, status, value, target, reason }) => ({
        period,
        closed: value === undefined || isReadToTheEnd(period, measure, read),
        status,
        due: deadlinesOf(period, measure, config.site, saidOf).due,
        ...(value === undefined ? {} : { value }),
        ...(target === undefined ? {} : { target }),
        ...(reason === undefined ? {} : { reason }),
      }))
      .sort((a, b) => (a.period.start < b.period.start ? 1 : -1))
  );
}

/**
 * Whether a value can be final: its source was read for a time after the period. What the run of the morning before found says
 * nothing yet of the last day, though midnight has passed.
 */
function isReadToTheEnd({ end }: Period, { timeZone }: Measure, read: LatestPull | undefined): boolean {
  return read === undefined || compareInstants(startInstant(end, timeZone), read.logicalTime) <= 0;
}

/** The newest read of each extract; one that failed has found nothing. */
async function lastReads(reader: StoreReader, pulls: readonly LatestPull[]): Promise<ReadonlyMap<string, LatestPull>> {
  const reads = new Map<string, LatestPull>();
  for (const pull of pulls) {
    const read = pull.outcome === 'ok' ? pull : await reader.lastRead(pull.extract);
    if (read !== undefined) reads.set(pull.extract, read);
  }
  return reads;
}

/** The newest period of a measure that is late or missing: what is known of it now says why. */
function newestOverdue({
  measure,
  outcomes,
}: {
  readonly measure: Measure;
  readonly outcomes: readonly PeriodOutcome[];
}): readonly OverduePeriod[] {
  const [newest] = overduePeriods(outcomes);
  if (newest === undefined) return [];
  const hasValue = outcomes.some(({ value }) => value !== undefined);
  return [{ measure, period: newest.period, ...(hasValue ? { hasReported: true } : {}) }];
}

function absenceLines(
  { site, people }: ResolvedConfig,
  measure: Measure,
  found: FoundAbsence | undefined,
  saidOf: SaidOf,
): Pick<MeasureStanding, 'absence'> {
  if (found === undefined) return {};
  const { words, person, period, absence } = found;
  const name = people.find(({ id }) => id === person)?.name ?? person;
  const dates = dateWords(deadlinesOf(period, measure, site, saidOf), measure.timeZone);
  const named = { reason: absence.reason, words, person, period: period.id };
  return { absence: { ...named, lines: [words, `Who can act: ${name}`, `${period.id} is ${dates}.`] } };
}

/**
 * What has no period that is overdue or without a target, none off track or at risk that would be told of, and none that was
 * turned, meets no condition: most measures, on most days.
 */
async function suspectsAmong(
  reader: StoreReader,
  { site }: ResolvedConfig,
  measures: readonly Measure[],
  horizon: (measure: Measure) => CalendarDate,
  { flips, moved }: { flips: ReadonlyMap<string, unknown>; moved: ReadonlySet<AlertSubject> | undefined },
): Promise<readonly Measure[]> {
  const from = (some: readonly Measure[]) => some.map((measure) => [measure.address, horizon(measure)] as const);
  // A note that is not there is missed when its time has come.
  const among = measures.filter(
    (measure) =>
      moved === undefined ||
      moved.has(alertSubject('measure', measure.address)) ||
      settingsOf(measure, site).isOn('note_missing'),
  );
  const toldOf = (...kinds: readonly AlertKind[]) =>
    among.filter((measure) => kinds.some((kind) => settingsOf(measure, site).isOn(kind)));
  const toldOffTrack = new Set([
    ...toldOf('off_track').filter(({ offTrackAfter }) => offTrackAfter !== 0),
    ...toldOf('worsened', 'improved', 'note_missing'),
  ]);
  const withStatus = (some: readonly Measure[], statuses: readonly (Status | NoScoreState)[]) =>
    readByStart(from(some), (nodes, start) => reader.nodesWithStatus(nodes, statuses, start));
  const suspects = new Set([
    ...(await withStatus(measures, WANTING)),
    ...(await withStatus([...toldOffTrack], ['off_track'])),
    ...(await withStatus(toldOf('worsened', 'improved', 'at_risk'), ['at_risk'])),
  ]);
  return measures.filter(({ address }) => suspects.has(address) || flips.has(address));
}

/** Ids of the periods that somebody wrote a note about, of the measures that ask for notes. */
async function notedPeriods(
  reader: StoreReader,
  { site }: ResolvedConfig,
  measures: readonly Measure[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const asking = measures.filter((measure) => settingsOf(measure, site).isOn('note_missing'));
  const notes = await reader.notes(asking.map(({ address }) => address));
  const noted = new Map<string, Set<string>>();
  for (const { node, periodId } of notes) noted.set(node, (noted.get(node) ?? new Set()).add(periodId));
  return noted;
}

/** Of measures whose source has no history: the latest periods in which nothing was captured. */
async function missedByMeasure(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly Period[]>> {
  const missed = new Map<string, readonly Period[]>();
  for (const measure of measures) {
    const all = await missedCapturesOf(reader, config, measure, now);
    if (all.length > 0) missed.set(measure.address, all.slice(-MISSED_SHOWN));
  }
  return missed;
}

function sourceEvidence(measure: CollectedMeasure, pull: LatestPull | undefined): string[] {
  if (pull === undefined) return [`The extract "${measure.extract}" has not been read yet.`];
  const read = `The extract "${measure.extract}" was last read for ${pull.logicalTime}`;
  if (pull.outcome === 'failed') {
    const { code, message } = pull.failure;
    return [code === SOURCE_PAUSED ? message : `${read} and failed: ${message}`];
  }
  const { seen, used, rejected } = pull.balance;
  const nothing = seen === 0 ? pull.description.slice(0, 1) : [];
  return [`${read}: ${seen} rows seen, ${used} used, ${rejected} rejected.`, ...nothing];
}

/** One condition a failing source: the connection, where it could not be reached at all; else the one extract. */
function sourceConditions(config: ResolvedConfig, pulls: readonly LatestPull[]): FoundCondition[] {
  const conditions = new Map<string, FoundCondition>();
  for (const pull of pulls) {
    if (pull.outcome !== 'failed') continue;
    const { failure, extract, logicalTime } = pull;
    const connection = connectionOf(config, extractOf(config, extract).connection);
    const { alert, actor } = FAILURE_KINDS[failure.kind];
    if (alert === 'none') continue;
    const own = alert === 'extract';
    const subject = own ? alertSubject('extract', extract) : alertSubject('connection', connection.id);
    const lines = [
      `Error code: ${failure.code}`,
      ...(failure.remedy === undefined ? [] : [`What to do: ${failure.remedy}`]),
      `Who can act: ${actor}`,
    ];
    const earlier = conditions.get(subject);
    const names = own ? `The extract "${extract}"` : `The connection "${connection.id}"`;
    conditions.set(subject, {
      kind: 'source_failed',
      subject,
      period: earlier?.period ?? logicalTime,
      through:
        earlier === undefined || compareInstants(logicalTime, earlier.through) > 0 ? logicalTime : earlier.through,
      owner: connection.owner,
      summary: `${names} could not be read: ${failure.message}`,
      details: [...(earlier?.details ?? lines), `Not read: ${extract}, for ${logicalTime}`],
    });
  }
  return [...conditions.values()];
}
