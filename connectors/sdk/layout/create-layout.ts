import { locateColumns } from '../columns.js';
import { cellReject } from './cell-reject.js';
import { cellsReader } from './cells.js';
import { keyValueReader } from './key-value.js';
import type { Layout } from './layout-options.js';
import { pivotReader } from './pivot.js';
import type { LayoutReader } from './types.js';
import { NOTHING } from './types.js';

/**
 * Makes the rows of an extract from records that people laid out. A fresh one for each file or range.
 *
 * Long and wide tables need no layout: `table` is a row for a row. A connector that has a faster way for tables takes it
 * when the layout is `undefined` or `table`.
 *
 * @param asked columns by the names the extract knows: the layout's own (`time`, `value`, keys), or the source's
 * @param place the file or range, as messages name it
 * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING when the layout makes no column that is asked for
 */
export function createLayout(layout: Layout | undefined, asked: readonly string[], place: string): LayoutReader {
  switch (layout?.kind) {
    case undefined:
    case 'table':
      return tableReader(asked, place);
    case 'pivot':
      return pivotReader(layout, asked, place);
    case 'cell':
      return cellsReader(layout, asked, place);
    case 'key_value':
      return keyValueReader(layout, asked, place);
  }
}

function tableReader(asked: readonly string[], place: string): LayoutReader {
  let indexes: readonly number[] = [];
  return {
    begin(header) {
      indexes = locateColumns(
        asked,
        header.cells.map((cell) => cell ?? ''),
        place,
        'exact',
      );
      return indexes;
    },
    take(record) {
      const [reject] = indexes.flatMap((index, at) => {
        const problem = record.problem?.(index);
        if (problem === undefined) return [];
        return cellReject(problem, asked[at] ?? '', record.cells[index] ?? null, record.locate(index));
      });
      if (reject !== undefined) return { ...NOTHING, rejects: [reject] };
      const cells = indexes.map((index) => record.cells[index] ?? null);
      return { rows: [{ cells, locate: () => record.locate() }], rejects: [], skipped: {} };
    },
    end: () => NOTHING,
    notes: () => [],
  };
}
