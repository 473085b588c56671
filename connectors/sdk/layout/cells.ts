import { locateColumns } from '../columns.js';
import type { RawCell, RawReject } from '../types.js';
import { cellReject } from './cell-reject.js';
import type { CellLayout } from './layout-options.js';
import { rowNumber } from './row-number.js';
import type { LaidOut, LayoutReader, LayoutRecord } from './types.js';
import { NOTHING } from './types.js';

interface CellPlace {
  readonly name: string;
  readonly at: string;
  readonly column: number;
  readonly row: number;
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
  const unusable = new Map<string, RawReject>();
  let locator = places[0]?.at ?? '';
  let hasContent = false;
  let lastRow = 0;

  const look = (record: LayoutRecord): boolean => {
    hasContent ||= record.cells.some((cell) => cell !== null && cell.trim() !== '');
    lastRow = record.row;
    const here = places.filter(({ row }) => row === record.row);
    for (const { name, column } of here) {
      const cell = record.cells[column] ?? null;
      found.set(name, cell);
      const problem = record.problem?.(column);
      if (problem !== undefined) unusable.set(name, cellReject(problem, name, cell, record.locate(column)));
      if (name === places[0]?.name) locator = record.locate(column);
    }
    return here.length > 0;
  };
  const absent = (): readonly CellPlace[] => places.filter(({ name }) => !found.has(name));

  return {
    begin(header) {
      if (header.row > 0) look(header);
      return [...new Set(places.map(({ column }) => column))];
    },
    take: (record) => (look(record) ? NOTHING : skipping('outside_cells')),
    end(complete) {
      if (!hasContent) return NOTHING;
      if (!complete && absent().length > 0) return skipping('incomplete_row');
      const names = sources.map((source) => places[source]?.name ?? '');
      const [reject] = names.flatMap((name) => unusable.get(name) ?? []);
      if (reject !== undefined) return { ...NOTHING, rejects: [reject] };
      const cells = names.map((name) => found.get(name) ?? null);
      return { rows: [{ cells, locate: () => locator }], rejects: [], skipped: {} };
    },
    notes: () =>
      hasContent
        ? absent().map(({ name, at, row }) => {
            const lies = row > lastRow ? `below the last row (${lastRow})` : 'in a blank row';
            return `"${name}": ${at} lies ${lies}, taken as blank`;
          })
        : [],
  };
}

function cellPlace(name: string, at: string): CellPlace {
  const letters = at.replace(/\d+$/, '');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { name, at, column: column - 1, row: rowNumber(at) };
}

function skipping(rule: string): LaidOut {
  return { ...NOTHING, skipped: { [rule]: 1 } };
}
