import { absencesOf, type FoundAbsence, type OverduePeriod } from '#src/activities/absence/absences.js';
import { deadlinesOf } from '#src/activities/score/deadlines-of.js';
import { saidBySources } from '#src/activities/score/said-by-sources.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { type PeriodDates, periodDates } from '#src/domain/freshness/dates.js';
import { isCollected } from '#src/domain/measure/types.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { ScorecardRow } from '#src/store/read-models/types.js';
import type { StoreReader } from '#src/store/types.js';

/** How the shown period of a measure stands with time. */
export interface FreshnessNote {
  readonly dates: PeriodDates;
  /** Of a late or missing one. */
  readonly absence?: FoundAbsence;
  /** Name of who can act. */
  readonly who?: string;
}

/** The dates of the shown periods of measures, and why the late and missing ones have no value; by address. */
export async function freshnessNotes(
  read: StoreReader,
  config: ResolvedConfig,
  rows: readonly ScorecardRow[],
  now: Instant,
): Promise<ReadonlyMap<string, FreshnessNote>> {
  const { measures, people, site } = config;
  const rowOf = new Map(rows.map((row) => [row.node, row]));
  const shown = measures.flatMap((measure) => {
    const period = periodOf(rowOf.get(measure.address));
    return period === undefined ? [] : [{ measure, period }];
  });
  const overdue = shown.filter(({ measure }) => isOverdue(rowOf.get(measure.address)));
  const absences = await absencesOf(read, config, overdue, await read.latestPulls(extractsOf(overdue)));
  const saidOf = await saidBySources(read, config, now);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return new Map(
    shown.map(({ measure, period }) => {
      const dates = periodDates(deadlinesOf(period, measure, site, saidOf));
      const absence = absences.get(measure.address);
      const note = absence === undefined ? {} : { absence, who: names.get(absence.person) ?? absence.person };
      return [measure.address, { dates, ...note }];
    }),
  );
}

function periodOf(row: ScorecardRow | undefined): Period | undefined {
  const { periodId: id, periodStart: start, periodEnd: end, frequency } = row ?? {};
  if (id === undefined || start === undefined || end === undefined || frequency === undefined) return undefined;
  return { id, start, end, frequency: frequency as Period['frequency'] };
}

function isOverdue(row: ScorecardRow | undefined): boolean {
  return row?.status === 'late' || row?.status === 'missing';
}

function extractsOf(overdue: readonly OverduePeriod[]): string[] {
  return [...new Set(overdue.flatMap(({ measure }) => (isCollected(measure) ? [measure.extract] : [])))];
}
