import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { SqlGrammar } from '../sql-tokens.js';
import type { CatalogColumn } from './catalog.js';
import { identifier } from './names.js';
import { bound, raw, type Sql, sql } from './statement.js';

/**
 * Days by which the window of a date-time is widened on each side. Two places of the world are up to 26 hours apart, so
 * the day of the column's zone and the day of the site can differ by two.
 */
const MARGIN_DAYS = 2;

export interface TimeWindow {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/**
 * Leaves out the rows that surely lie outside the window. All others come: those without a time, with a zero date, and
 * in SQLite with whatever is no ISO date, since they are to be rejected with their place and not to vanish.
 *
 * @returns no restriction where the column is of no type that has an order in time
 */
export function withinWindow(
  column: CatalogColumn,
  readAs: 'date' | 'datetime',
  window: TimeWindow,
  grammar: SqlGrammar,
): Sql {
  const name = identifier(column.name, grammar);
  const { start, end } = readAs === 'date' ? ofDays(window, grammar) : widened(window);
  switch (column.kind) {
    case 'date':
    case 'datetime':
    case 'instant': {
      const zero = grammar === 'mysql' ? sql` OR ${name} < ${bound('0001-01-01')}` : raw('');
      return sql`((${name} >= ${bound(start)} AND ${name} < ${bound(end)}) OR ${name} IS NULL${zero})`;
    }
    case 'stored':
      return sql`NOT (typeof(${name}) = 'text' AND ${name} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND (${name} COLLATE BINARY < ${bound(start)} OR ${name} COLLATE BINARY >= ${bound(end)}))`;
    default:
      return raw('1 = 1');
  }
}

/** The window with its margin, as far as the calendar goes. */
export function widened({ start, end }: TimeWindow): TimeWindow {
  return { start: moved(start, -MARGIN_DAYS), end: moved(end, MARGIN_DAYS) };
}

/** Of the days that MySQL keeps and no calendar has, 2026-01-00 and 2026-00-10 come between 2025-12-31 and 2026-01-01. */
function ofDays({ start, end }: TimeWindow, grammar: SqlGrammar): TimeWindow {
  return { start: grammar === 'mysql' ? moved(start, -1) : start, end };
}

/** Near the ends of the calendar there is nothing to widen into. */
function moved(date: CalendarDate, days: number): CalendarDate {
  return date < '0001-01-10' || date > '9999-12-20' ? date : addDays(date, days);
}
