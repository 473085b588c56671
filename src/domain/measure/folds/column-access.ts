import { PlumblineError } from '../../failure/plumbline-error.js';
import type { ColumnSpec, ColumnType } from '../../value/types.js';

/** Finds the columns of an extract by their names. */
export interface ColumnAccess {
  /** @throws PlumblineError `BUG_UNKNOWN_COLUMN` (defect) */
  find(name: string): { readonly position: number; readonly type: ColumnType; readonly order?: readonly string[] };
}

export function columnAccess(columns: readonly Pick<ColumnSpec, 'name' | 'type' | 'order'>[]): ColumnAccess {
  return {
    find(name) {
      const position = columns.findIndex((column) => column.name === name);
      const column = columns[position];
      if (column !== undefined) {
        const { type, order } = column;
        return order === undefined ? { position, type } : { position, type, order };
      }
      const names = columns.map((each) => each.name).join(', ');
      throw new PlumblineError(
        'defect',
        'BUG_UNKNOWN_COLUMN',
        `Aggregating column "${name}": the extract has ${names}`,
      );
    },
  };
}
