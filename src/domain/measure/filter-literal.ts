import { Temporal } from 'temporal-polyfill';
import { PlumblineError } from '../failure/plumbline-error.js';
import { isCalendarDate } from '../period/calendar-date.js';
import { ordinalPlace } from '../value/ordinal-grammar.js';
import type { ColumnSpec, ColumnType, TypedCell } from '../value/types.js';
import { plainNumber } from './plain-number.js';
import type { Condition } from './types.js';

/** Why the literal of a condition does not fit its column, in words; `undefined` when it does. `null` fits every column. */
export function literalProblem(
  condition: Condition,
  column: Pick<ColumnSpec, 'name' | 'type' | 'order'>,
): string | undefined {
  if (condition.value === null || literalValue(condition, column) !== undefined) return undefined;
  return `column "${column.name}" is ${column.type}; ${shown(condition)} must be ${expected(column)}`;
}

/** The literal of a condition in the form that cells of the column have. */
export function prepareLiteral(condition: Condition, column: Pick<ColumnSpec, 'type' | 'order'>): string | boolean {
  const value = literalValue(condition, column);
  if (value !== undefined) return value;
  throw new PlumblineError(
    'defect',
    'BUG_UNFIT_LITERAL',
    `Comparing ${column.type} column "${condition.column}" with ${shown(condition)}: the literal does not fit the column`,
  );
}

function expected({ type, order = [] }: Pick<ColumnSpec, 'type' | 'order'>): string {
  return type === 'ordinal' ? `one of ${order.map((word) => `'${word}'`).join(', ')}` : EXPECTED[type];
}

const EXPECTED: Readonly<Record<Exclude<ColumnType, 'ordinal'>, string>> = {
  decimal: 'a number without quotes',
  integer: 'a whole number without quotes',
  text: 'a text between single quotes',
  date: "a day between single quotes, such as '2026-03-01'",
  datetime: "a time with its zone between single quotes, such as '2026-03-01T00:00:00Z'",
  boolean: 'true or false',
};

function literalValue(
  { value, literal }: Condition,
  { type, order }: Pick<ColumnSpec, 'type' | 'order'>,
): string | boolean | undefined {
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  switch (type) {
    case 'decimal':
      return literal === 'text' ? undefined : plainNumber(value);
    case 'integer': {
      const number = literal === 'text' ? undefined : plainNumber(value);
      return number?.includes('.') ? undefined : number;
    }
    case 'text':
      return literal === 'number' ? undefined : value;
    case 'date':
      return literal !== 'number' && isCalendarDate(value) ? value : undefined;
    case 'datetime':
      return literal === 'number' ? undefined : instant(value);
    case 'ordinal':
      return literal === 'number' ? undefined : ordinalPlace(value, order ?? []);
  }
}

/** A time in the form of cells, whatever offset it was written with. */
function instant(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text).toString();
  } catch (error) {
    // Temporal has no question "is this one?": it throws for what is none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function shown({ value, literal }: { readonly value: TypedCell; readonly literal?: 'number' | 'text' }): string {
  return typeof value === 'string' && literal !== 'number' ? `'${value}'` : String(value);
}
