import { locateColumns } from '../columns.js';
import type { RawCell } from '../types.js';
import type { CellLayout } from './layout-options.js';
import type { LaidOut, LayoutReader, LayoutRecord } from './types.js';
import { NOTHING } from './types.js';

interface CellPlace {
  readonly name: string;
  readonly at: string;
  readonly column: number;
  /** As text: it is only ever compared. */
  readonly row: string;
}

/** Single cells: all of them together are one row, whose place is that of the first one named. */
export function cellsReader(layout: CellLayout, asked: readonly string[], place: string): LayoutReader {
  const places = Object.entries(layout.cells).map(([name, at]) => cellPlace(name, at));
  const sources = locateColumns(
    asked,
    places.map(({ name }) => name),
    `the cell layout of ${place}`,
    'exact',
  );
  const found = new Map<string, RawCell>();
  let locator = places[0]?.at ?? '';
  let hasContent = false;
  let lastRow = 0;

  const look = (record: LayoutRecord): boolean => {
    hasContent ||= record.cells.some((cell) => cell !== null && cell.trim() !== '');
    lastRow = record.row;
    const here = places.filter(({ row }) => row === String(record.row));
    for (const { name, column } of here) {
      found.set(name, record.cells[column] ?? null);
      if (name === places[0]?.name) locator = record.locate(column);
    }
    return here.length > 0;
  };
  const absent = (): readonly CellPlace[] => places.filter(({ name }) => !found.has(name));

  return {
    begin(header) {
      look(header);
      return [...new Set(places.map(({ column }) => column))];
    },
    take: (record) => (look(record) ? NOTHING : skipping('outside_cells')),
    end(complete) {
      if (!hasContent) return NOTHING;
      if (!complete && absent().length > 0) return skipping('incomplete_row');
      const cells = sources.map((source) => found.get(places[source]?.name ?? '') ?? null);
      return { rows: [{ cells, locate: () => locator }], rejects: [], skipped: {} };
    },
    notes: () =>
      hasContent
        ? absent().map(({ name, at }) => `"${name}": ${at} lies below the last row (${lastRow}), taken as blank`)
        : [],
  };
}

function cellPlace(name: string, at: string): CellPlace {
  const letters = at.replace(/\d+$/, '');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { name, at, column: column - 1, row: at.slice(letters.length) };
}

function skipping(rule: string): LaidOut {
  return { ...NOTHING, skipped: { [rule]: 1 } };
}
