import type { Aggregation } from '#src/domain/measure/types.js';
import type { ColumnSpec, ColumnType } from '#src/domain/value/types.js';
import { below, type Place } from '../problem-list.js';
import type { FromSpec } from '../spec/from-spec.js';
import { nameOf } from '../spec/report-issues.js';
import { checkReference } from './context.js';
import type { ColumnLookup } from './row-filters.js';

/**
 * Tells when a column holds nothing the aggregation can be made of.
 *
 * @param others types that do beside numbers: words in an order, of which only places are known, have no sum and no middle
 *   between them; true and false, taken as 1 and 0, have an order too
 */
export function checkValueColumn(
  kind: string,
  name: string,
  place: Place,
  { columns, problems }: ColumnLookup,
  others: readonly ('ordinal' | 'boolean')[] = [],
): void {
  const column = findColumn(name, place, { columns, problems });
  if (column === undefined) return;
  const types: readonly ColumnType[] = ['decimal', 'integer', ...others];
  if (types.includes(column.type)) return;
  const message = `${nameOf(place)}: ${kind} needs numbers, and the column "${name}" is ${column.type}`;
  problems.error('CONFIG_COLUMN_TYPE', place, message, insteadOf(column));
}

/** What can be made of a column that is not of numbers. */
function insteadOf({ name, type }: ColumnSpec): string {
  switch (type) {
    case 'ordinal':
      return 'use first, last, min, max, median, or percentile with method: nearest_rank';
    case 'boolean':
      return `use first, last, min or max, which give 1 or 0, or count: ${name} = true`;
    default:
      return 'name a decimal or integer column, or use count';
  }
}

/** A column of any type; `undefined` where there is none, which is told, or the extract is not known. */
export function findColumn(name: string, place: Place, { columns, problems }: ColumnLookup): ColumnSpec | undefined {
  if (columns === undefined) return undefined;
  if (!checkReference('column', name, new Set(columns.map((column) => column.name)), place, problems)) return undefined;
  return columns.find((column) => column.name === name);
}

/** The words that values stand for, where they are places in the order of a column. */
export function labelsOf(
  aggregation: Aggregation,
  columns: readonly ColumnSpec[] | undefined,
): readonly string[] | undefined {
  switch (aggregation.kind) {
    case 'first':
    case 'last':
    case 'min':
    case 'max':
    case 'percentile':
      return columns?.find(({ name }) => name === aggregation.column)?.order;
    default:
      return undefined;
  }
}

/** A scale makes other numbers of places, for which there are no words. */
export function checkLabelledScale(
  labels: readonly string[] | undefined,
  scale: string | undefined,
  place: Place,
  { problems }: ColumnLookup,
): void {
  if (labels === undefined || scale === undefined || scale === '1') return;
  const message = `${nameOf(place)}: scale ${scale} beside an ordinal column, whose values are ${labels.join(', ')}`;
  problems.error('CONFIG_COLUMN_TYPE', below(place, 'scale'), message, 'remove scale');
}

/**
 * An average of percentages weighs a shop with ten visitors like one with ten thousand.
 *
 * An error where the column says that it holds percentages. Where only the unit of the measure does, the column may hold
 * answers of 0 to 100 points: that is for the lint `averaged_ratio`.
 */
export function checkAveragedRatio(from: FromSpec, place: Place, lookup: ColumnLookup): void {
  const { columns, problems } = lookup;
  const { avg, averaged_ratio } = from;
  if (avg === undefined) {
    if (averaged_ratio === undefined || from.unit?.combine === 'mean') return;
    const message = `${nameOf(place)}: averaged_ratio stands without avg`;
    problems.error('CONFIG_INVALID_VALUE', { ...below(place, 'averaged_ratio'), at: 'key' }, message, 'remove it');
    return;
  }
  if (averaged_ratio !== undefined || columns?.find(({ name }) => name === avg)?.percent === undefined) return;
  const message = `${nameOf(place)}: the average of the percentages "${avg}" weighs small and large rows the same`;
  const remedy = insteadOfAveraging(avg);
  problems.error('CONFIG_AVERAGED_RATIO', below(place, 'avg'), message, remedy);
}

/** What to write instead of the average of a column of ratios. */
export function insteadOfAveraging(column: string): string {
  return (
    'divide sums: ratio: { numerator: { sum: … }, denominator: { sum: … } }; or weigh each row: ' +
    `weighted_avg: { value: ${column}, weight: … }; or say why it is right here: averaged_ratio: every row weighs the same`
  );
}
