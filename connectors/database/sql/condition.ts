import type { Condition } from '#src/domain/measure/types.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { CatalogColumn } from './catalog.js';
import { identifier } from './names.js';
import { bound, raw, type Sql, sql } from './statement.js';

const NUMBERS = new Set(['integer', 'decimal', 'float', 'stored', 'other']);

/**
 * One comparison of a row filter as SQL, its literal bound. A blank cell satisfies only `= null`.
 *
 * Text is compared by its bytes, whatever collation the column has: as filters of measures do it.
 */
export function conditionSql(condition: Condition, column: CatalogColumn, grammar: SqlGrammar): Sql {
  const name = identifier(column.name, grammar);
  const { operator, value, literal } = condition;
  if (value === null) return operator === '=' ? sql`${name} IS NULL` : sql`${name} IS NOT NULL`;
  const comparison = raw(operator === '!=' ? '<>' : operator);
  if (typeof value === 'boolean') return sql`${name} ${comparison} ${truth(value, column, grammar)}`;
  if (literal === 'number' && NUMBERS.has(column.kind)) {
    return sql`${name} ${comparison} ${numberSql(value, grammar)}`;
  }
  if (column.kind === 'text') return textSql(name, operator, comparison, value, grammar);
  if (column.kind === 'stored') return sql`${name} COLLATE BINARY ${comparison} ${bound(value)}`;
  return sql`${name} ${comparison} ${bound(value)}`;
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
  if (grammar === 'postgres' && column.kind === 'boolean') return raw(value ? 'TRUE' : 'FALSE');
  return raw(value ? '1' : '0');
}

function textSql(name: Sql, operator: Condition['operator'], comparison: Sql, value: string, grammar: SqlGrammar): Sql {
  if (grammar !== 'mysql') return sql`${name} COLLATE "C" ${comparison} ${bound(value)}`;
  const bytes = sql`CAST(CONVERT(${name} USING utf8mb4) AS BINARY) ${comparison} CAST(CONVERT(${bound(value)} USING utf8mb4) AS BINARY)`;
  // The plain comparison holds wherever the exact one does, and can use an index.
  return operator === '=' ? sql`(${name} = ${bound(value)} AND ${bytes})` : bytes;
}
