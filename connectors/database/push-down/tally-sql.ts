import type { AggregatePart, SidePart } from '#src/domain/measure/aggregate-part.js';
import type { Aggregation, RowFilter, Term } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { join, type Sql, sql } from '../sql/statement.js';
import type { AnswerRow, SelectList } from './select-list.js';

/** Reads the part of one aggregation from the row of one day. */
export type PartReader = (row: AnswerRow, date: CalendarDate, rows: number) => AggregatePart;

/** How filters and columns of the extract are written as SQL. */
export interface ColumnSql {
  column(name: string): Sql;
  filter(filter: RowFilter): Sql | undefined;
}

/** Adds what an aggregation needs to the statement. Mirrors the folds of the domain; the tests hold the two together. */
export function selectPart(aggregation: Aggregation, select: SelectList, columns: ColumnSql): PartReader | undefined {
  const passes = columns.filter(aggregation.where);
  switch (aggregation.kind) {
    case 'count': {
      const used = select.count(passes);
      return (row, newest, rows) => ({ tally: tallyOf(rows, used(row), 0), newest });
    }
    case 'sum':
    case 'avg': {
      const { used, blank, sum } = summing(aggregation.column, passes, select, columns);
      return (row, newest, rows) => ({ tally: tallyOf(rows, used(row), blank(row)), sum: sum(row), newest });
    }
    case 'min':
    case 'max': {
      const column = columns.column(aggregation.column);
      const all = select.count(passes);
      const used = select.filled(column, passes);
      const extreme = select.extreme(aggregation.kind, column, passes);
      return (row, newest, rows) => {
        const found = extreme(row);
        const tally = tallyOf(rows, used(row), all(row) - used(row));
        return { tally, ...(found === undefined ? {} : { extreme: found }), newest };
      };
    }
    case 'ratio': {
      const passed = select.count(passes);
      const upper = side(aggregation.numerator, passes, select, columns);
      const lower = side(aggregation.denominator, passes, select, columns);
      const usedBySome = sql`((${upper.isUsed}) OR (${lower.isUsed}))`;
      const blankInSome = sql`((${upper.isBlank}) OR (${lower.isBlank}))`;
      const used = select.count(both(passes, usedBySome));
      const blank = select.count(both(passes, sql`(${blankInSome} AND NOT ${usedBySome})`));
      return (row, newest, rows) => ({
        tally: tallyOf(rows, used(row), blank(row)),
        numerator: upper.read(row, passed(row)),
        denominator: lower.read(row, passed(row)),
        newest,
      });
    }
    default:
      return undefined;
  }
}

interface Side {
  /** Neither is ever unknown: a condition that is not known to hold does not. */
  readonly isUsed: Sql;
  readonly isBlank: Sql;
  read(row: AnswerRow, passed: number): SidePart;
}

function side(term: Term, passes: Sql | undefined, select: SelectList, columns: ColumnSql): Side {
  const belongs = columns.filter(term.where);
  const here = both(passes, belongs);
  if (term.kind === 'count') {
    const used = select.count(here);
    return {
      isUsed: belongs ?? sql`(1 = 1)`,
      isBlank: sql`(1 = 0)`,
      read: (row, passed) => ({ tally: tallyOf(passed, used(row), 0) }),
    };
  }
  const { used, blank, sum } = summing(term.column, here, select, columns);
  const column = columns.column(term.column);
  return {
    isUsed: both(belongs, sql`(${column} IS NOT NULL)`),
    isBlank: both(belongs, sql`(${column} IS NULL)`),
    read: (row, passed) => ({ tally: tallyOf(passed, used(row), blank(row)), sum: sum(row) }),
  };
}

function summing(name: string, condition: Sql | undefined, select: SelectList, columns: ColumnSql) {
  const column = columns.column(name);
  const all = select.count(condition);
  const used = select.filled(column, condition);
  return {
    used,
    blank: (row: AnswerRow): number => all(row) - used(row),
    sum: select.sum(column, condition),
  };
}

function both(first: Sql | undefined, second: Sql): Sql;
function both(first: Sql | undefined, second: Sql | undefined): Sql | undefined;
function both(first: Sql | undefined, second: Sql | undefined): Sql | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return sql`(${join([first, second], ' AND ')})`;
}

function tallyOf(rows: number, used: number, blank: number) {
  return { used, filtered: rows - used - blank, blank };
}
