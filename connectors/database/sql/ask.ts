import type { ReadGuard } from '#connectors/sdk/limits.js';
import type { RawCell } from '#connectors/sdk/types.js';
import type { Dialect } from '../dialects/dialect.js';
import type { BoundQuery } from '../named-parameters.js';

/** All rows of a small answer, every column in its place; a value without a text is `null`. */
export async function ask(dialect: Dialect, query: BoundQuery, guard: ReadGuard): Promise<readonly RawCell[][]> {
  const rows: RawCell[][] = [];
  for await (const chunk of dialect.stream(query, everyColumn, guard)) {
    for (const row of chunk) rows.push(row.map((cell) => (typeof cell === 'string' ? cell : null)));
  }
  return rows;
}

export function everyColumn(present: readonly string[]): readonly number[] {
  return present.map((_, index) => index);
}
