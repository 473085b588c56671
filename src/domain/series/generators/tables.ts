import type { DecimalText } from '../../value/types.js';
import type { SeriesContext } from '../context.js';

/** Values by period id; or why a generator can make none. */
export type Table = ReadonlyMap<string, DecimalText> | { readonly reason: string };

/** As long as their context, whose answers do not change. */
const kept = new WeakMap<SeriesContext, Map<string, Table>>();

/** The table of a key, made once a context: a generator makes the values of many periods at once. */
export function tableOf(context: SeriesContext, key: string, make: () => Table): Table {
  const tables = kept.get(context) ?? new Map<string, Table>();
  kept.set(context, tables);
  const table = tables.get(key) ?? make();
  tables.set(key, table);
  return table;
}
