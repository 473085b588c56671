import type { ReadSummary } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { needsRows } from '#src/domain/measure/aggregation-columns.js';
import type { Aggregation } from '#src/domain/measure/types.js';
import type { ExtractFold, PlannedMeasure } from './fold/extract-fold.js';
import type { ReadTask } from './read-rows.js';

/** What became of asking the source to aggregate; `reason` says why the rows are needed, where that is worth telling. */
export type PushedDown =
  | { readonly done: true; readonly summary: ReadSummary }
  | { readonly done: false; readonly reason?: string };

/**
 * Lets the source aggregate by itself where it can and the outcome is sure to be the same: every row counts for itself,
 * and no measure needs to see the rows.
 */
export async function pushDown(
  task: ReadTask & { readonly timeZone: string },
  planned: readonly PlannedMeasure[],
  fold: ExtractFold,
): Promise<PushedDown> {
  const { extract, source, window, timeZone, signal } = task;
  if (extract.pushDown === false || extract.snapshot !== undefined) return { done: false };
  const byContent = new Map(planned.map(({ measure }) => [JSON.stringify(measure.aggregation), measure.aggregation]));
  const aggregations = [...byContent.values()];
  const [unitColumn, ...otherUnitColumns] = unitColumnsOf(planned);
  const reason =
    reasonToRead(extract, source.aggregate !== undefined, aggregations) ??
    (otherUnitColumns.length === 0 ? undefined : 'its measures tell units apart by several columns');
  // Without being asked for, only the source's own reasons are worth a line.
  if (reason !== undefined || source.aggregate === undefined) {
    return { done: false, ...(extract.pushDown === true && reason !== undefined ? { reason } : {}) };
  }
  const request = { extract: extract.id, options: extract.source, limits: extract.limits, signal };
  // Before the rows are counted: what comes between the two is then counted again, not lost.
  const watermark = await source.watermark(request);
  const { columns, timeColumn } = extract;
  const outcome = await source.aggregate({
    ...request,
    columns,
    timeColumn,
    ...(unitColumn === undefined ? {} : { unitColumn }),
    timeZone,
    aggregations,
    window,
  });
  if (!outcome.done) return outcome;
  const keys = [...byContent.keys()];
  for (const { date, unit, rows, parts } of outcome.days) {
    if (unitColumn !== undefined && unit === undefined) throw unitMissing(extract.id, date, unitColumn);
    const byMeasure = planned.map(({ measure }) => {
      const part = parts[keys.indexOf(JSON.stringify(measure.aggregation))];
      if (part === undefined) throw partMissing(extract.id, date, aggregations.length, parts.length);
      return [measure.address, part] as const;
    });
    fold.addPart(date, rows, new Map(byMeasure), unit);
  }
  const { digest, description } = outcome;
  const summary = { digest, description: [...description, 'aggregated by the source'] };
  return { done: true, summary: watermark === undefined ? summary : { ...summary, watermark } };
}

/** Why the rows of an extract are needed, before its source is asked; `undefined` where they need not be. */
export function reasonToRead(
  extract: Extract,
  sourceAggregates: boolean,
  aggregations: readonly Aggregation[],
): string | undefined {
  if (!sourceAggregates) return 'its connector cannot aggregate';
  if (extract.grain !== undefined) return 'its rows are labels of whole periods, placed one by one';
  if (extract.duplicates.keep !== 'all') return 'duplicates are told apart row by row';
  const kind = aggregations.find(needsRows)?.kind;
  if (kind !== undefined) return `the ${NEEDS_ROWS[kind] ?? kind} of a period needs its rows`;
  const ordered = aggregations.flatMap((each) => (each.kind === 'min' || each.kind === 'max' ? [each.column] : []));
  const truth = extract.columns.find(({ name, type }) => type === 'boolean' && ordered.includes(name));
  // PostgreSQL has neither of the two for booleans.
  if (truth !== undefined) return `the least or greatest of "${truth.name}", which is true or false, needs its rows`;
  // Its rows of days to come would be passed over unseen.
  if (extract.since !== undefined) return 'its query asks by :since for what changed since the last read';
  return undefined;
}

const NEEDS_ROWS: Partial<Readonly<Record<Aggregation['kind'], string>>> = {
  first: 'first value',
  last: 'last value',
  cumulative: 'running total',
  count_distinct: 'number of different values',
};

/** Columns by which rows of one unit are told from those of another; measures of no unit take the rows of all. */
function unitColumnsOf(planned: readonly PlannedMeasure[]): readonly string[] {
  return [...new Set(planned.flatMap(({ measure }) => measure.unitColumn ?? []))];
}

function unitMissing(extract: string, date: string, column: string): PlumblineError {
  return new PlumblineError(
    'defect',
    'BUG_ROWS_UNACCOUNTED',
    `Aggregating "${extract}" at its source: rows were to be told apart by "${column}", and those of ${date} are not.`,
  );
}

function partMissing(extract: string, date: string, asked: number, got: number): PlumblineError {
  return new PlumblineError(
    'defect',
    'BUG_ROWS_UNACCOUNTED',
    `Aggregating "${extract}" at its source: ${asked} aggregations were asked for, and ${got} came for ${date}.`,
  );
}
