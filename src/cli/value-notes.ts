import { workingCalendarOf } from '#src/activities/score/working-calendar-of.js';
import type { ResolvedConfig, Site } from '#src/config/types.js';
import { canCrossEdges, otherDaysWords } from '#src/domain/derivation/crossed-edges.js';
import { lackingWords } from '#src/domain/derivation/lacking-words.js';
import { completeness, completenessWords } from '#src/domain/measure/completeness.js';
import { type CollectedMeasure, isDerived, type Measure } from '#src/domain/measure/types.js';
import { FIRST_DATE } from '#src/domain/period/calendar-date.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ScorecardRow } from '#src/store/read-models/types.js';
import type { ActualRevision, CurrentActual, StoreReader, WithdrawnActual } from '#src/store/types.js';

/** What a reader of a value should know of how it came about. */
export interface ValueNotes {
  /** What it lacks of its period or window, in words. */
  readonly lacks?: string;
  /** How many days it has that are not of its period, or lacks of it, in words. */
  readonly otherDays?: string;
  /** It is a sum of 0, since the filter left out every row of the period: how many those are. */
  readonly ofNoRows?: number;
  /** What stands so far in a period that is not over, of a measure that has no other. */
  readonly soFar?: { readonly periodId: string; readonly value: string };
}

/**
 * What there is to know of the shown values of measures, by address; those of which there is nothing are left out.
 *
 * Only values that can need it are looked up: those that say how many observations they expect, derived ones that were
 * not judged, since a derived value with a gap never is, or whose parts can cross the edges of its period, sums of 0 behind a
 * filter, and those of periods that are not over, where a measure has no other.
 */
export async function valueNotes(
  read: StoreReader,
  { measures, site }: Pick<ResolvedConfig, 'measures' | 'site'>,
  rows: readonly ScorecardRow[],
): Promise<ReadonlyMap<string, ValueNotes>> {
  const byAddress = new Map(measures.map((measure) => [measure.address, measure]));
  const atTheBottom = measures.filter((measure) => !isDerived(measure) || measure.derivation.kind !== 'children');
  const byId = new Map(atTheBottom.map((measure) => [measure.id, measure]));
  const canCross = (measure: Measure): boolean =>
    canCrossEdges(
      measure,
      (address) => byAddress.get(address),
      (id) => byId.get(id),
    );
  const unstated = rows.filter(({ kind, status }) => kind === 'measure' && status === undefined);
  const soFar = (
    await read.currentActuals(
      unstated.map(({ node }) => node),
      FIRST_DATE,
    )
  ).map(({ measure, period, value }) => [measure, { soFar: { periodId: period.id, value } }] as const);
  const shown = new Map(
    rows.filter((row) => canNeedNotes(row, byAddress.get(row.node), canCross)).map((row) => [row.node, row]),
  );
  const starts = [...shown.values()].flatMap(({ periodStart }) => periodStart ?? []).sort();
  if (starts[0] === undefined) return new Map(soFar);
  const actuals = await read.currentActuals([...shown.keys()], starts[0]);
  return new Map<string, ValueNotes>([
    ...soFar,
    ...actuals.flatMap((actual) => {
      const row = shown.get(actual.measure);
      const measure = byAddress.get(actual.measure);
      if (measure === undefined || row?.periodId !== actual.period.id || row.value !== actual.value) return [];
      const lacks = lackedBy(actual, measure, site);
      const ofNoRows = rowsLeftOut(actual, measure);
      const otherDays = actual.evidence.derived && otherDaysWords(actual.evidence.derived);
      if (lacks === undefined && ofNoRows === undefined && otherDays === undefined) return [];
      const notes = {
        ...(lacks === undefined ? {} : { lacks }),
        ...(otherDays === undefined ? {} : { otherDays }),
        ...(ofNoRows === undefined ? {} : { ofNoRows }),
      };
      return [[actual.measure, notes] as const];
    }),
  ]);
}

function canNeedNotes(
  { value, status }: ScorecardRow,
  measure: Measure | undefined,
  canCross: (measure: Measure) => boolean,
): boolean {
  if (value === undefined || measure === undefined) return false;
  if (!isDerived(measure)) return measure.expects !== undefined || (value === '0' && isFilteredSum(measure));
  const isJudged = status === 'on_track' || status === 'at_risk' || status === 'off_track';
  return (measure.derivation.partial !== 'hide' && !isJudged) || canCross(measure);
}

/** Rows of a period that a sum of 0 is without, where it is the sum of none; `undefined` for any other value. */
export function rowsLeftOut(
  { value, evidence }: Pick<ActualRevision | WithdrawnActual, 'value' | 'evidence'>,
  measure: Measure,
): number | undefined {
  const { rowsUsed, rowsFiltered, rowsBlank } = evidence;
  if (isDerived(measure) || !isFilteredSum(measure) || value !== '0' || rowsUsed + rowsBlank > 0) return undefined;
  return rowsFiltered > 0 ? rowsFiltered : undefined;
}

function isFilteredSum({ aggregation }: CollectedMeasure): boolean {
  return aggregation.kind === 'sum' && aggregation.where.length > 0;
}

/**
 * What a value lacks of its period or window, in words; `undefined` for a whole one.
 *
 * @param until first day that is not over, of an open period
 */
export function lackedBy(
  { evidence, period }: Pick<CurrentActual, 'evidence' | 'period'>,
  measure: Measure,
  site: Site,
  until: CalendarDate = period.end,
): string | undefined {
  if (isDerived(measure)) {
    return evidence.derived === undefined ? undefined : lackingWords(measure.derivation.kind, evidence.derived);
  }
  const { expects } = measure;
  if (expects === undefined) return undefined;
  const calendar = workingCalendarOf(measure, site);
  const seen = completeness({ aggregate: evidence, expects, period, calendar, until });
  return seen === undefined || seen.seen >= seen.expected ? undefined : completenessWords(seen, expects);
}
