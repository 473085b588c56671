import { locateColumns } from '../columns.js';
import type { RawCell, RawReject } from '../types.js';
import { cellReject } from './cell-reject.js';
import type { KeyValueLayout } from './layout-options.js';
import type { LaidOut, LayoutReader } from './types.js';
import { NOTHING } from './types.js';

/** Keys nobody asked for that are kept for "did you mean". */
const REMEMBERED_KEYS = 1_000;

/** A column of keys beside a column of values: all of them together are one row, named by its first asked-for key. */
export function keyValueReader(layout: KeyValueLayout, asked: readonly string[], place: string): LayoutReader {
  const wanted = new Set(asked);
  const keys: string[] = [];
  const values: RawCell[] = [];
  const places: string[] = [];
  const unusable = new Map<string, RawReject>();
  const others: string[] = [];
  let keyColumn = 0;
  let valueColumn = 1;
  let records = 0;

  return {
    begin(header) {
      const headings = header.cells.map((cell) => cell?.trim() ?? '');
      [keyColumn = 0, valueColumn = 1] = locateColumns([layout.keys, layout.values], headings, place, 'exact');
      return [keyColumn, valueColumn];
    },
    take(record) {
      records += 1;
      const key = record.cells[keyColumn]?.trim() ?? '';
      if (key === '') return skipping('blank_key');
      if (!wanted.has(key)) {
        if (others.length < REMEMBERED_KEYS) others.push(key);
        return skipping('other_key');
      }
      keys.push(key);
      const value = record.cells[valueColumn] ?? null;
      const place = record.locate(valueColumn);
      values.push(value);
      places.push(place);
      const problem = record.problem?.(valueColumn);
      if (problem !== undefined) unusable.set(key, cellReject(problem, key, value, place));
      return NOTHING;
    },
    end(complete) {
      if (records === 0 && complete) return NOTHING;
      if (!complete && asked.some((name) => !keys.includes(name))) return skipping('incomplete_row');
      const indexes = locateColumns(asked, [...keys, ...others], `the keys of ${place}`, 'exact');
      const [reject] = asked.flatMap((name) => unusable.get(name) ?? []);
      if (reject !== undefined) return { ...NOTHING, rejects: [reject] };
      const locator = places[indexes[0] ?? 0] ?? place;
      const cells = indexes.map((index) => values[index] ?? null);
      return { rows: [{ cells, locate: () => locator }], rejects: [], skipped: {} };
    },
    notes: () => [],
  };
}

function skipping(rule: string): LaidOut {
  return { ...NOTHING, skipped: { [rule]: 1 } };
}
