import type { Condition } from '#src/domain/measure/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { CatalogColumn } from '../sql/catalog.js';
import { digitsOf } from '../sql/condition.js';
import type { SqlGrammar } from '../sql-tokens.js';

/** Why the database might answer a comparison otherwise than the rows' own filter would; `undefined` when it cannot. */
export function conditionMisfit(
  { operator, value, literal }: Condition,
  spec: ColumnSpec,
  column: CatalogColumn,
  grammar: SqlGrammar,
): string | undefined {
  const about = `the filter on "${spec.name}"`;
  if (value === null) return undefined;
  switch (spec.type) {
    case 'decimal':
    case 'integer':
      if (column.kind === 'float') return `${about} compares an approximate number (${column.declared})`;
      if (typeof value !== 'string' || literal === 'text') return `${about} compares a number with a text`;
      return isComparable(value, grammar) ? undefined : `${about} has more digits than the database compares exactly`;
    case 'text':
      if (operator !== '=' && operator !== '!=') return `${about} is by the order of texts`;
      if (column.kind !== 'text' && column.kind !== 'stored') return `${about} compares ${column.declared} as text`;
      if (typeof value !== 'string' || value.includes('\0') || /\p{Surrogate}/u.test(value)) {
        return `${about} has a text that databases do not take`;
      }
      return undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${about} compares a boolean with a text`;
    case 'date':
      return typeof value === 'string' ? undefined : `${about} compares a day with a boolean`;
    case 'datetime':
      return `${about} compares date-times`;
    case 'ordinal':
      return `${about} is by the declared order of words`;
  }
}

function isComparable(number: string, grammar: SqlGrammar): boolean {
  const { whole, places } = digitsOf(number);
  switch (grammar) {
    case 'sqlite':
      return places === 0 && whole <= 18;
    case 'mysql':
      return whole <= 35 && places <= 30;
    case 'postgres':
      return true;
  }
}
