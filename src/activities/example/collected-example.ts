import type { Extract } from '#src/config/types.js';
import { firstDayRead } from '#src/domain/collection/plan-measure.js';
import { columnsOf } from '#src/domain/measure/aggregation-columns.js';
import { completeness, completenessWords } from '#src/domain/measure/completeness.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { previousPeriod } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import { unitKey } from '#src/domain/unit/types.js';
import { extractOf } from '../config-lookup.js';
import { createExtractFold, type FoldResult } from '../pull/fold/extract-fold.js';
import { expectedDayOf } from '../pull/plan-extract.js';
import { isLastWord } from '../pull/revise.js';
import { workingCalendarOf } from '../score/working-calendar-of.js';
import type { ExampleRows, ExampleTrial, ExampleValue } from './example-types.js';

/**
 * What the rows of an example come to, by the same fold that a run uses: typed, filtered, placed in time, rejected.
 *
 * Only the columns count that the measure needs or some row names, so that rows need not fill in the rest of a wide
 * extract. Rows that leave the column of the unit out are of the example's unit, and rows of a snapshot are of the
 * period's last day.
 */
export async function collectedExample(
  { example, config }: ExampleTrial,
  measure: CollectedMeasure,
  signal: AbortSignal,
): Promise<ExampleValue> {
  const { period, rows = [] } = example;
  const { timeZone } = config.site;
  const extract = narrowed(extractOf(config, measure.extract), measure, rows);
  const readFrom = measure.aggregation.kind === 'cumulative' ? previousPeriod(period, measure).start : undefined;
  const window = { start: period.start, end: period.end, ...(readFrom === undefined ? {} : { readFrom }) };
  const planned = { measure, members: [measure] as const, window, ...expectedDayOf(measure, config.site) };
  const fold = createExtractFold(extract, [planned], { start: firstDayRead(window), end: window.end }, timeZone);
  const standIn = standIns(extract, measure, addDays(period.end, -1));
  fold.add({
    rows: rows.map((row) => extract.columns.map(({ name }) => (name in row ? (row[name] ?? null) : standIn(name)))),
    locate: (index) => `row ${index + 1}`,
    rejects: [],
    skipped: {},
    seen: rows.length,
  });
  return exampleValue(await fold.finish(signal), { example, measure, config }, measure);
}

/** Why no row is left to make a value of: that there are none would be wrong where they were rejected. */
function noRowsWords({ given, rejected }: ExampleRows): string {
  if (rejected === 0) return 'no_rows';
  if (rejected === given) return given === 1 ? 'its only row was rejected' : `all of its ${given} rows were rejected`;
  return `${rejected} of its ${given} rows ${rejected === 1 ? 'was' : 'were'} rejected, and no other is left for the period`;
}

function narrowed(
  extract: Extract,
  measure: CollectedMeasure,
  rows: readonly Readonly<Record<string, string | null>>[],
): Extract {
  const { duplicates, timeColumn } = extract;
  const needed = new Set([
    timeColumn,
    ...columnsOf(measure.aggregation),
    ...(measure.unitColumn === undefined ? [] : [measure.unitColumn]),
    ...(duplicates.keep === 'all' ? [] : duplicates.key),
    ...rows.flatMap((row) => Object.keys(row)),
  ]);
  return { ...extract, columns: extract.columns.filter(({ name }) => needed.has(name)) };
}

/** What a cell is that a row says nothing of; blank, mostly. */
function standIns({ snapshot, timeColumn }: Extract, { unitColumn, forUnit }: CollectedMeasure, lastDay: string) {
  return (column: string): string | null => {
    if (snapshot !== undefined && column === timeColumn) return lastDay;
    return column === unitColumn && forUnit !== undefined ? unitKey(forUnit) : null;
  };
}

function exampleValue(
  { values, rejects, balance }: FoldResult,
  { example, config }: ExampleTrial,
  measure: CollectedMeasure,
): ExampleValue {
  const { period, rows = [] } = example;
  const aggregate = values.find((each) => each.period.id === period.id)?.aggregate;
  const shared = {
    rows: {
      given: rows.length,
      used: aggregate?.rowsUsed ?? 0,
      filtered: aggregate?.rowsFiltered ?? 0,
      blank: aggregate?.rowsBlank ?? 0,
      rejected: balance.rejected,
      skipped: balance.skipped,
    },
    rejects,
  };
  const { value, reason = 'no_rows', numerator, denominator } = aggregate ?? {};
  if (aggregate === undefined || value === undefined) {
    const noValueReason = reason === 'no_rows' ? noRowsWords(shared.rows) : reason;
    return { ...shared, noValueReason, isReported: isLastWord(reason) && balance.rejected === 0 };
  }
  const { expects } = measure;
  const until = period.end;
  const calendar = workingCalendarOf(measure, config.site);
  const counted = expects && completeness({ aggregate, expects, period, calendar, until });
  return {
    ...shared,
    value,
    isReported: true,
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    ...(expects === undefined || counted === undefined || counted.isEnough
      ? {}
      : { tooFew: completenessWords(counted, expects) }),
  };
}
