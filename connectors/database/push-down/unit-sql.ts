import type { ColumnSpec } from '#src/domain/value/types.js';
import type { CatalogColumn } from '../sql/catalog.js';
import { identifier } from '../sql/names.js';
import { raw, type Sql, sql } from '../sql/statement.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { Suspicion } from './column-fitness.js';

/** Bytes of a text that MySQL is sure to tell apart when it groups; a server may be set to fewer. */
const GROUPED_BYTES = 1000;

/** The unit of a row: what is selected, what is grouped by, and which rows it might be another of here. */
export interface UnitSql {
  readonly shown: Sql;
  readonly grouped: Sql;
  readonly suspicions: readonly Suspicion[];
}

/**
 * Rows of one unit are those whose cells are typed alike: texts of the same bytes, whatever the column's collation makes
 * of case, accents and blanks at the end. NULL is a group of its own, and so is the empty text.
 *
 * @returns in words why units of this column might be others here
 */
export function unitSql(spec: ColumnSpec, column: CatalogColumn, grammar: SqlGrammar): UnitSql | string {
  const name = identifier(column.name, grammar);
  const plain: UnitSql = { shown: name, grouped: name, suspicions: [] };
  switch (spec.type) {
    case 'integer':
      return plain;
    case 'text':
      // A whole number has one text only.
      if (column.kind === 'integer') return plain;
      if (column.kind === 'text' || column.kind === 'stored') return byBytes(name, spec, grammar);
      return `units are told apart by "${spec.name}", which is a ${column.declared}`;
    default:
      return `units are told apart by "${spec.name}", which is ${spec.type} and neither text nor integer`;
  }
}

function byBytes(name: Sql, spec: ColumnSpec, grammar: SqlGrammar): UnitSql {
  switch (grammar) {
    case 'sqlite': {
      const unit = sql`${name} COLLATE BINARY`;
      return { shown: unit, grouped: unit, suspicions: [] };
    }
    case 'postgres': {
      const unit = sql`${name} COLLATE "C"`;
      return { shown: unit, grouped: unit, suspicions: [] };
    }
    case 'mysql': {
      const bytes = sql`CAST(CONVERT(${name} USING utf8mb4) AS BINARY)`;
      const longest = raw(`LEAST(${GROUPED_BYTES}, @@max_sort_length)`);
      return {
        // The texts of a group are the same, so that the least of them is each of them.
        shown: sql`MIN(${name})`,
        grouped: bytes,
        suspicions: [
          {
            condition: sql`OCTET_LENGTH(${bytes}) > ${longest}`,
            reason: `"${spec.name}" holds a text that is too long to be grouped by`,
          },
        ],
      };
    }
  }
}
