import type { CalendarDate } from '#src/domain/period/types.js';
import { contracts } from './contracts.js';
import { projects } from './projects.js';
import type { OperationsTable } from './table.js';
import { tickets } from './tickets.js';
import { timeSheets } from './time-sheets.js';
import { createTimeline } from './timeline.js';

/** The operations database of the company, to be loaded into SQLite or into MySQL and MariaDB. */
export function operationsTables(today: CalendarDate, seed: number): readonly OperationsTable[] {
  const timeline = createTimeline(today);
  return [projects(timeline, seed), timeSheets(timeline, seed), tickets(timeline, seed), contracts(timeline, seed)];
}
