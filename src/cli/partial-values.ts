import { workingCalendarOf } from '#src/activities/score/working-calendar-of.js';
import type { ResolvedConfig, Site } from '#src/config/types.js';
import { lackingWords } from '#src/domain/derivation/lacking-words.js';
import { completeness, completenessWords } from '#src/domain/measure/completeness.js';
import { isDerived, type Measure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { ScorecardRow } from '#src/store/read-models/types.js';
import type { CurrentActual, StoreReader } from '#src/store/types.js';

/**
 * What the shown values of measures lack of their periods or windows, in words, by address; whole ones are left out.
 *
 * Only values that can lack something are looked up: those that say how many observations they expect, and derived ones
 * that were not judged, since a derived value with a gap never is.
 */
export async function partialValues(
  read: StoreReader,
  { measures, site }: Pick<ResolvedConfig, 'measures' | 'site'>,
  rows: readonly ScorecardRow[],
): Promise<ReadonlyMap<string, string>> {
  const byAddress = new Map(measures.map((measure) => [measure.address, measure]));
  const shown = new Map(rows.filter((row) => canLack(row, byAddress.get(row.node))).map((row) => [row.node, row]));
  const starts = [...shown.values()].flatMap(({ periodStart }) => periodStart ?? []).sort();
  if (starts[0] === undefined) return new Map();
  const actuals = await read.currentActuals([...shown.keys()], starts[0]);
  return new Map(
    actuals.flatMap((actual) => {
      const row = shown.get(actual.measure);
      const measure = byAddress.get(actual.measure);
      if (measure === undefined || row?.periodId !== actual.period.id || row.value !== actual.value) return [];
      const lacks = lackedBy(actual, measure, site);
      return lacks === undefined ? [] : [[actual.measure, lacks] as const];
    }),
  );
}

function canLack({ value, status }: ScorecardRow, measure: Measure | undefined): boolean {
  if (value === undefined || measure === undefined) return false;
  if (!isDerived(measure)) return measure.expects !== undefined;
  const isJudged = status === 'on_track' || status === 'at_risk' || status === 'off_track';
  return measure.derivation.partial !== 'hide' && !isJudged;
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
