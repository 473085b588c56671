import { LEVELS } from './levels.js';
import { employeeNo, TEAMS } from './names.js';
import { decimalText } from './plain-text.js';
import { createRandom } from './random.js';
import { column, type OperationsTable, type SqlValue } from './table.js';
import type { Timeline } from './timeline.js';

const EMPLOYEES = 36;

/** Hundredths of an hour in a day: one in six works part time. */
const availableHours = (employee: number): number => (employee % 6 === 5 ? 600 : 800);

/** One row a person and working day. */
export function timeSheets(timeline: Timeline, seed: number): OperationsTable {
  const random = createRandom(seed, 'time_sheets');
  const rows: SqlValue[][] = [];
  for (const day of timeline.days.filter((each) => each.weekday <= 5)) {
    const permille = LEVELS.utilisationPermille(day.monthsAgo);
    for (let employee = 0; employee < EMPLOYEES; employee += 1) {
      const available = availableHours(employee);
      // Quarters of an hour, as people book them.
      const billable = Math.round((available * permille) / 25_000 + random.int(-4, 4)) * 25;
      rows.push([
        rows.length + 1,
        employeeNo(employee),
        TEAMS[employee % TEAMS.length] ?? TEAMS[0],
        day.date,
        decimalText(Math.min(billable, available)),
        decimalText(available),
      ]);
    }
  }
  return {
    name: 'time_sheets',
    columns: [
      column.keyNumber('entry_no'),
      column.text('employee_no', 10),
      column.text('team', 40),
      column.date('worked_on'),
      column.decimal('billable_hours'),
      column.decimal('available_hours'),
    ],
    rows,
  };
}
