import type { Condition } from '#src/domain/measure/types.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { CatalogColumn } from './catalog.js';
import { baseName } from './column-kind.js';
import { PRINTED_AS_TEXT, utcTime } from './literal-fit.js';
import { identifier } from './names.js';
import { bound, raw, type Sql, sql } from './statement.js';

const NUMBERS = new Set(['integer', 'decimal', 'float', 'other']);

/**
 * One comparison of a row filter as SQL, its literal bound. A blank cell satisfies only `= null`.
 *
 * Text is compared by its bytes, whatever collation the column has: as filters of measures do it. That the literal is
 * of the column's kind is looked at before, see `literalMisfit`.
 */
export function conditionSql(condition: Condition, column: CatalogColumn, grammar: SqlGrammar): Sql {
  const name = identifier(column.name, grammar);
  const { operator, value, literal } = condition;
  if (value === null) return operator === '=' ? sql`${name} IS NULL` : sql`${name} IS NOT NULL`;
  const comparison = raw(operator === '!=' ? '<>' : operator);
  if (column.kind === 'stored') return storedSql(name, condition, value, comparison);
  if (typeof value === 'boolean') return sql`${name} ${comparison} ${truth(value, column, grammar)}`;
  if (literal === 'number' && NUMBERS.has(column.kind)) {
    return sql`${name} ${comparison} ${numberSql(value, grammar)}`;
  }
  if (column.kind === 'text') return textSql(name, operator, comparison, value, grammar);
  if (column.kind === 'other') return otherSql(name, column, operator, comparison, value, grammar);
  if (column.kind === 'instant' && grammar === 'mysql') return sql`${name} ${comparison} ${bound(utcTime(value))}`;
  return sql`${name} ${comparison} ${bound(value)}`;
}

/**
 * In SQLite a text is greater than every number, so that only values of the literal's kind are compared with it. A text
 * of a number is one here, as it is when it is typed. What is of another kind is surely not equal: it comes, to be
 * rejected with its place where it does not fit its column.
 */
function storedSql(name: Sql, { operator, literal }: Condition, value: string | boolean, comparison: Sql): Sql {
  if (typeof value === 'boolean' || literal === 'number') {
    const number = numberSql(typeof value === 'boolean' ? (value ? '1' : '0') : value, 'sqlite');
    const compared = sql`${name} ${comparison} ${number}`;
    if (operator === '=' || operator === '!=') return compared;
    return sql`(${name} = CAST(${name} AS NUMERIC) AND ${compared})`;
  }
  const compared = sql`${name} COLLATE BINARY ${comparison} ${bound(value)}`;
  if (operator !== '!=') return sql`(typeof(${name}) = 'text' AND ${compared})`;
  return sql`(${name} IS NOT NULL AND (typeof(${name}) <> 'text' OR ${compared}))`;
}

/** Types that nothing is known of here: by the rules of the type in PostgreSQL, by what they print in MySQL. */
function otherSql(
  name: Sql,
  column: CatalogColumn,
  operator: Condition['operator'],
  comparison: Sql,
  value: string,
  grammar: SqlGrammar,
): Sql {
  if (grammar === 'mysql') return sameBytes(name, comparison, value);
  const own = sql`${name} ${comparison} ${bound(value)}`;
  if (!PRINTED_AS_TEXT.has(baseName(column.declared))) return own;
  const asText = sql`CAST(${name} AS text) COLLATE "C" ${comparison} ${bound(value)}`;
  return operator === '=' ? sql`(${own} AND ${asText})` : asText;
}

/** A number as the database's exact one: bound as a text it would be compared as a float. */
function numberSql(value: string, grammar: SqlGrammar): Sql {
  switch (grammar) {
    case 'sqlite':
      return sql`CAST(${bound(value)} AS NUMERIC)`;
    case 'postgres':
      return sql`CAST(${bound(value)} AS numeric)`;
    case 'mysql': {
      const { whole, places } = digitsOf(value);
      return sql`CAST(${bound(value)} AS DECIMAL(${raw(`${Math.min(whole + places, 65)},${Math.min(places, 30)}`)}))`;
    }
  }
}

/** Digits before and after the point. */
export function digitsOf(value: string): { readonly whole: number; readonly places: number } {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  return { whole: Math.max(whole.length, 1), places: fraction.length };
}

function truth(value: boolean, column: CatalogColumn, grammar: SqlGrammar): Sql {
  if (grammar === 'postgres' && column.kind !== 'integer') return raw(value ? 'TRUE' : 'FALSE');
  return raw(value ? '1' : '0');
}

function textSql(name: Sql, operator: Condition['operator'], comparison: Sql, value: string, grammar: SqlGrammar): Sql {
  if (grammar !== 'mysql') return sql`${name} COLLATE "C" ${comparison} ${bound(value)}`;
  const bytes = sameBytes(name, comparison, value);
  // The plain comparison holds wherever the exact one does, and can use an index.
  return operator === '=' ? sql`(${name} = ${bound(value)} AND ${bytes})` : bytes;
}

function sameBytes(name: Sql, comparison: Sql, value: string): Sql {
  return sql`CAST(CONVERT(${name} USING utf8mb4) AS BINARY) ${comparison} CAST(CONVERT(${bound(value)} USING utf8mb4) AS BINARY)`;
}
