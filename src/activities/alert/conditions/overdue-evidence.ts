import type { ResolvedConfig } from '#src/config/types.js';
import { overduePeriods } from '#src/domain/alert/conditions.js';
import type { MeasureStanding, PeriodOutcome } from '#src/domain/alert/standing.js';
import { SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { dateWords } from '#src/domain/freshness/dates.js';
import type { CollectedMeasure, Measure } from '#src/domain/measure/types.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { FoundAbsence, OverduePeriod } from '../../absence/absences.js';
import { missedCapturesOf } from '../../pull/missed-captures.js';
import { deadlinesOf } from '../../score/deadlines-of.js';
import type { SaidOf } from '../../score/said-by-sources.js';
import type { LatestPull } from './latest-pull.js';

/** Missed captures named in an alert: the newest few. */
const MISSED_SHOWN = 6;

/** The newest period of a measure that is late or missing: what is known of it now says why. */
export function newestOverdue({
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

/** Why its newest overdue value is not there, for its alert: words, who can act, the dates of the period. */
export function absenceLines(
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

/** Of measures whose source has no history: the latest periods in which nothing was captured. */
export async function missedByMeasure(
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

/** What the newest pull of a measure's extract found, in a sentence. */
export function sourceEvidence(measure: CollectedMeasure, pull: LatestPull | undefined): string[] {
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
