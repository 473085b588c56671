import type { ReadRequest } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

/** The columns that are asked of the source: the first one of a snapshot is the day of the capture, which no source holds. */
export function askedColumns({ columns, snapshot }: Extract): readonly ColumnSpec[] {
  return snapshot === undefined ? columns : columns.slice(1);
}

/** What a read says of its columns; `mayFilter` where the source may leave rows outside the window out by itself. */
export function columnsOfRead(
  extract: Extract,
  mayFilter = true,
): Pick<ReadRequest<unknown>, 'columns' | 'columnTypes' | 'columnSpecs' | 'timeColumn' | 'timeColumnType'> {
  const columns = askedColumns(extract);
  const time = mayFilter ? filterableTime(extract) : undefined;
  return {
    columns: columns.map((column) => column.sourceName),
    columnTypes: columns.map((column) => column.type),
    columnSpecs: columns,
    ...(time === undefined ? {} : { timeColumn: time.sourceName }),
    ...(time?.type === 'date' || time?.type === 'datetime' ? { timeColumnType: time.type } : {}),
  };
}

/**
 * The time column by which a source may leave rows out by itself. Not where its texts have a form of the writer's own; nor
 * where a row outside the window may be the one that counts of its key: a window never changes what a day holds.
 */
function filterableTime({ columns, timeColumn, duplicates, snapshot }: Extract): ColumnSpec | undefined {
  if (snapshot !== undefined) return undefined;
  if (duplicates.keep !== 'all' && !duplicates.key.includes(timeColumn)) return undefined;
  return columns.find(({ name, pattern }) => name === timeColumn && pattern === undefined);
}
