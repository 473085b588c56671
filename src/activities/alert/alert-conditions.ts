import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import {
  type MeasureStanding,
  measureConditions,
  overduePeriods,
  type PeriodOutcome,
} from '#src/domain/alert/conditions.js';
import type { FoundCondition } from '#src/domain/alert/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { dateWords } from '#src/domain/freshness/dates.js';
import { type CollectedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';
import { grainKey, isPeriodOf, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { PullRecord, ScoreRecord, StoreReader } from '#src/store/types.js';
import { absencesOf, type FoundAbsence, type OverduePeriod } from '../absence/absences.js';
import { connectionOf, extractOf } from '../config-lookup.js';
import { missedCapturesOf, missedSentence } from '../pull/missed-captures.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import { readByStart, scoresByNode } from '../score/stored-series.js';
import { flipsByMeasure } from './flips-by-measure.js';

/** Periods looked back at when the length of a run of bad periods is counted. */
const PERIODS_LOOKED_BACK = 36;

/** States that an alert may be about. */
const WANTING = ['late', 'missing', 'no_target'] as const;
const OFF_TRACK = ['off_track'] as const;

export type LatestPull = PullRecord & { readonly logicalTime: Instant };

/** Missed captures named in an alert: the newest few. */
const MISSED_SHOWN = 6;

/** The conditions that hold now for these measures and for the sources that feed them. */
export async function currentConditions(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  pulls: readonly LatestPull[],
  now: Instant,
): Promise<readonly FoundCondition[]> {
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  const horizon = lookedBackTo(now);
  const flips = await flipsByMeasure(reader, now);
  const suspects = await suspectsAmong(reader, measures, horizon, flips);
  const scores = await scoresByNode(
    reader,
    suspects.map((measure) => [measure.address, horizon(measure)]),
  );
  const missed = await missedByMeasure(reader, config, suspects, now);
  const judged = suspects.map((measure) => ({ measure, outcomes: outcomesOf(config, measure, scores) }));
  const absences = await absencesOf(reader, config, judged.flatMap(newestOverdue), pulls);
  const ofMeasures = judged.flatMap(({ measure, outcomes }) => {
    const evidence = [
      ...(isCollected(measure) ? sourceEvidence(measure, pullOf.get(measure.extract)) : []),
      ...(missed.get(measure.address) ?? []).map(missedSentence),
    ];
    const turned = (flips.get(measure.address) ?? []).filter(({ period }) => isPeriodOf(period, measure));
    const absence = absenceLines(config, measure, absences.get(measure.address));
    return measureConditions({ measure, outcomes, ...absence, evidence, flips: turned, owner: measure.owner });
  });
  return [...sourceConditions(config, pulls), ...ofMeasures];
}

function outcomesOf(
  config: ResolvedConfig,
  measure: Measure,
  scores: ReadonlyMap<string, readonly ScoreRecord[]>,
): readonly PeriodOutcome[] {
  return (
    (scores.get(measure.address) ?? [])
      // Periods of another grain are from before the measure was changed: no run of periods goes across.
      .filter(({ period }) => isPeriodOf(period, measure))
      .map(({ period, status, value, target, reason }) => ({
        period,
        closed: true,
        status,
        due: deadlinesOf(period, measure, config.site).due,
        ...(value === undefined ? {} : { value }),
        ...(target === undefined ? {} : { target }),
        ...(reason === undefined ? {} : { reason }),
      }))
      .sort((a, b) => (a.period.start < b.period.start ? 1 : -1))
  );
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
): Pick<MeasureStanding, 'absence'> {
  if (found === undefined) return {};
  const { words, person, period, absence } = found;
  const name = people.find(({ id }) => id === person)?.name ?? person;
  const dates = dateWords(deadlinesOf(period, measure, site), measure.timeZone);
  const named = { reason: absence.reason, words, person, period: period.id };
  return { absence: { ...named, lines: [words, `Who can act: ${name}`, `${period.id} is ${dates}.`] } };
}

/**
 * What has no period that is overdue or without a target, none off track that would be told of, and none that was turned, meets
 * no condition: most measures, on most days.
 */
async function suspectsAmong(
  reader: StoreReader,
  measures: readonly Measure[],
  horizon: (measure: Measure) => CalendarDate,
  flips: ReadonlyMap<string, unknown>,
): Promise<readonly Measure[]> {
  const from = (among: readonly Measure[]) => among.map((measure) => [measure.address, horizon(measure)] as const);
  const toldOffTrack = measures.filter(({ offTrackAfter }) => offTrackAfter !== 0);
  const suspects = new Set([
    ...(await readByStart(from(measures), (nodes, start) => reader.nodesWithStatus(nodes, WANTING, start))),
    ...(await readByStart(from(toldOffTrack), (nodes, start) => reader.nodesWithStatus(nodes, OFF_TRACK, start))),
  ]);
  return measures.filter(({ address }) => suspects.has(address) || flips.has(address));
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

/** Start of the period so many before the present one; measures share few grains and zones. */
function lookedBackTo(now: Instant): (measure: Measure) => CalendarDate {
  const known = new Map<string, CalendarDate>();
  return (measure) => {
    const { timeZone } = measure;
    const key = `${grainKey(measure)} ${timeZone}`;
    let start = known.get(key);
    if (start === undefined) {
      let period = periodContaining(dateInZone(now, timeZone), measure);
      for (let step = 0; step < PERIODS_LOOKED_BACK; step++) period = previousPeriod(period, measure);
      start = period.start;
      known.set(key, start);
    }
    return start;
  };
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

/**
 * Subjects of the connection and the extract that each measure waits for while they fail, by the measure's subject.
 *
 * Not of the connection where the measure's own extract was read for the same time as the failing one or a later time:
 * its source could be reached, so nothing else explains why its value is late.
 */
export function sourcesOfMeasures(
  config: ResolvedConfig,
  measures: readonly Measure[],
  pulls: readonly LatestPull[],
): ReadonlyMap<string, readonly string[]> {
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  const downAt = new Map<string, Instant>();
  for (const { outcome, extract, logicalTime } of pulls) {
    const { connection } = extractOf(config, extract);
    const known = downAt.get(connection) ?? logicalTime;
    if (outcome === 'failed') downAt.set(connection, compareInstants(known, logicalTime) > 0 ? known : logicalTime);
  }
  return new Map(
    measures.filter(isCollected).map((measure) => {
      const { connection } = extractOf(config, measure.extract);
      const own = pullOf.get(measure.extract);
      const failed = downAt.get(connection);
      const wasRead = own?.outcome === 'ok' && failed !== undefined && compareInstants(own.logicalTime, failed) >= 0;
      const sources = [alertSubject('extract', measure.extract)];
      if (!wasRead) sources.unshift(alertSubject('connection', connection));
      return [alertSubject('measure', measure.address), sources];
    }),
  );
}
