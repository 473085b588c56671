import type { RawCell } from '#connectors/sdk/types.js';
import { ExactSum } from '#src/domain/measure/exact-sum.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { raw, type Sql, sql } from '../sql/statement.js';
import type { SqlGrammar } from '../sql-tokens.js';

export type AnswerRow = readonly RawCell[];

/** What a statement selects for each day, and how it is read from the answer. Equal expressions are selected once. */
export interface SelectList {
  readonly expressions: readonly Sql[];
  text(expression: Sql): (row: AnswerRow) => RawCell;
  /** Rows for which a condition is true; all where there is none. */
  count(condition: Sql | undefined): (row: AnswerRow) => number;
  /** Rows of those whose cell of a column is not null. */
  filled(column: Sql, condition: Sql | undefined): (row: AnswerRow) => number;
  /** Exact sum of a numeric column over those rows; 0 where all of it is null. */
  sum(column: Sql, condition: Sql | undefined): (row: AnswerRow) => DecimalText;
  /** Least or greatest number of a column over those rows, canonical; `undefined` where all of it is null. */
  extreme(which: 'min' | 'max', column: Sql, condition: Sql | undefined): (row: AnswerRow) => DecimalText | undefined;
}

/** SQLite adds in 64 bits: the two halves of a number are added apart, so that no sum passes them. */
const HALF = 4_294_967_296n;

/** A number as databases print them, `12.50`, in canonical form. */
function canonicalNumber(text: string): DecimalText {
  const sum = new ExactSum();
  sum.add(text);
  return sum.total();
}

export function createSelectList(grammar: SqlGrammar): SelectList {
  const expressions: Sql[] = [];
  const indexes = new Map<string, number>();
  const text = (expression: Sql): ((row: AnswerRow) => RawCell) => {
    const key = JSON.stringify(expression);
    const index = indexes.get(key) ?? expressions.push(expression) - 1;
    indexes.set(key, index);
    return (row) => row[index] ?? null;
  };
  const whole = (expression: Sql): ((row: AnswerRow) => bigint) => {
    const read = text(expression);
    return (row) => BigInt(read(row) ?? '0');
  };
  const count = (expression: Sql): ((row: AnswerRow) => number) => {
    const read = whole(expression);
    // eslint-disable-next-line no-restricted-syntax -- a count of rows, not a value
    return (row) => Number(read(row));
  };
  return {
    expressions,
    text,
    count: (condition) =>
      count(condition === undefined ? raw('COUNT(*)') : sql`COUNT(CASE WHEN ${condition} THEN 1 END)`),
    filled: (column, condition) =>
      count(condition === undefined ? sql`COUNT(${column})` : sql`COUNT(CASE WHEN ${condition} THEN ${column} END)`),
    sum(column, condition) {
      const over = (value: Sql): Sql =>
        condition === undefined ? sql`SUM(${value})` : sql`SUM(CASE WHEN ${condition} THEN ${value} END)`;
      if (grammar === 'sqlite') {
        const half = raw(String(HALF));
        const high = whole(over(sql`${column} / ${half}`));
        const low = whole(over(sql`${column} % ${half}`));
        return (row) => (high(row) * HALF + low(row)).toString();
      }
      const read = text(over(column));
      return (row) => canonicalNumber(read(row) ?? '0');
    },
    extreme(which, column, condition) {
      const value = condition === undefined ? column : sql`CASE WHEN ${condition} THEN ${column} END`;
      const read = text(which === 'min' ? sql`MIN(${value})` : sql`MAX(${value})`);
      return (row) => {
        const found = read(row);
        return found === null ? undefined : canonicalNumber(found);
      };
    },
  };
}
