import { locateColumns } from '#connectors/sdk/columns.js';
import type { RawCell } from '#connectors/sdk/types.js';

/** Takes the asked-for cells out of a record. */
export interface Projection {
  /** Fields a record must have. */
  readonly width: number;
  /** From a record without quotes; `undefined` when the number of fields differs from the header's. */
  fromPlain(text: string): RawCell[] | number;
  /** From fields already taken apart. Either answers the number of fields instead when it is not the header's. */
  fromFields(fields: readonly RawCell[]): RawCell[] | number;
}

/**
 * Finds the asked-for columns in a header. Columns nobody asks for are never cut out of a record.
 *
 * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING when one is absent, or there twice
 */
export function projectColumns(
  header: readonly string[],
  asked: readonly string[],
  place: string,
  delimiter: string,
): Projection {
  const indexes = locateColumns(asked, header, place, 'exact');
  const outputs: (number[] | undefined)[] = header.map(() => undefined);
  indexes.forEach((index, output) => {
    outputs[index] = [...(outputs[index] ?? []), output];
  });
  const width = header.length;

  return {
    width,
    fromPlain(text) {
      const cells: RawCell[] = new Array<RawCell>(asked.length).fill(null);
      let from = 0;
      let field = 0;
      for (;;) {
        const found = text.indexOf(delimiter, from);
        const to = found === -1 ? text.length : found;
        const targets = outputs[field];
        if (targets !== undefined && to > from) {
          const cell = text.slice(from, to);
          for (const target of targets) cells[target] = cell;
        }
        field += 1;
        if (found === -1) break;
        from = found + 1;
      }
      return field === width ? cells : field;
    },
    fromFields: (fields) => (fields.length === width ? indexes.map((index) => fields[index] ?? null) : fields.length),
  };
}
