import type { CatalogColumn } from '../sql/catalog.js';
import { identifier } from '../sql/names.js';
import { bound, raw, type Sql, sql } from '../sql/statement.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { ZoneGap } from './zone-gaps.js';

/** The day of a row: what is selected, as text, and what is grouped by. */
export function daySql(column: CatalogColumn, grammar: SqlGrammar): { readonly shown: Sql; readonly grouped: Sql } {
  const name = identifier(column.name, grammar);
  switch (grammar) {
    case 'sqlite': {
      const day = sql`substr(${name}, 1, 10)`;
      return { shown: day, grouped: day };
    }
    case 'mysql': {
      const day = column.kind === 'date' ? name : sql`DATE(${name})`;
      return { shown: day, grouped: day };
    }
    case 'postgres': {
      const local = column.kind === 'instant' ? sql`${name} AT TIME ZONE 'UTC'` : name;
      const day = column.kind === 'date' ? name : sql`CAST(${local} AS date)`;
      return { shown: sql`to_char(${day}, 'YYYY-MM-DD')`, grouped: day };
    }
  }
}

/** Whether a day is none of the years 1 to 9999, or not written as days are. `NULL` is not. */
export function invalidDay(name: Sql, grammar: SqlGrammar): Sql {
  switch (grammar) {
    case 'sqlite':
      return sql`(${name} IS NOT NULL AND (typeof(${name}) <> 'text' OR date(${name}) IS NOT ${name} OR ${name} COLLATE BINARY < '0001-01-01'))`;
    case 'mysql':
      return zeroDay(name);
    case 'postgres':
      return sql`(${name} NOT BETWEEN '0001-01-01' AND '9999-12-31')`;
  }
}

export function invalidTime(name: Sql, grammar: SqlGrammar): Sql {
  switch (grammar) {
    case 'sqlite':
      return sql`(${name} IS NOT NULL AND (typeof(${name}) <> 'text' OR datetime(${name}) IS NOT ${name} OR ${name} COLLATE BINARY < '0001-01-01'))`;
    case 'mysql':
      return zeroDay(name);
    case 'postgres':
      return sql`(${name} < '0001-01-02' OR ${name} >= '9999-12-31')`;
  }
}

/** A server told so keeps 0000-00-00, 2026-01-00 and even 2026-02-31. */
function zeroDay(name: Sql): Sql {
  return sql`(${name} IS NOT NULL AND (${name} < '0001-01-01' OR MONTH(${name}) = 0 OR DAYOFMONTH(${name}) = 0 OR COALESCE(DAYOFMONTH(${name}) > DAYOFMONTH(LAST_DAY(${name})), 1)))`;
}

/** Whether the time of a row is one that the clocks skip; `undefined` where they skip none. */
export function inGap(name: Sql, gaps: readonly ZoneGap[]): Sql | undefined {
  const [first, ...rest] = gaps.map(({ from, to }) => sql`(${name} >= ${bound(from)} AND ${name} < ${bound(to)})`);
  if (first === undefined) return undefined;
  return rest.reduce((all, each) => sql`${all}${raw(' OR ')}${each}`, first);
}
