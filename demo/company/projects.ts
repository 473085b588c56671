import { LEVELS } from './levels.js';
import { CLIENTS } from './names.js';
import { createRandom, type Random } from './random.js';
import { column, type OperationsTable, type SqlValue } from './table.js';
import { addDays, dayOfMonth, type Month, type Timeline } from './timeline.js';

const PROJECTS_A_MONTH = 9;

/** Delivery times around the month's level: pairs lie equally far below and above it, so the average keeps it. */
function deliveryDays(random: Random, level: number): readonly number[] {
  const days: number[] = [level];
  while (days.length < PROJECTS_A_MONTH) {
    const spread = random.int(2, 16);
    days.push(level - spread, level + spread);
  }
  return days.map((value, index) => (index % 4 === 0 ? value + random.int(0, 1) : value));
}

function projectsOf(random: Random, month: Month, yesterday: string): SqlValue[][] {
  const days = deliveryDays(random, LEVELS.deliveryDays(month.monthsAgo));
  const totals = days.map(() => random.int(38, 62));
  const rejectedPermille = 1000 - LEVELS.acceptedPermille(month.monthsAgo);
  let rejected = Math.floor((totals.reduce((left, right) => left + right, 0) * rejectedPermille) / 1000);
  return days.map((delivered, index) => {
    const total = totals[index] ?? 0;
    const failed = Math.min(rejected, random.int(0, 3) + (index === days.length - 1 ? rejected : 0));
    rejected -= failed;
    const finishedOn = dayOfMonth(month, random.int(1, month.length));
    const number = `P-${month.id.slice(2, 4)}${month.id.slice(5)}-${index + 1}`;
    const head = [number, random.pick(CLIENTS), addDays(finishedOn, -delivered)];
    const finished = finishedOn <= yesterday;
    return finished ? [...head, finishedOn, delivered, total, total - failed] : [...head, null, null, total, null];
  });
}

/** Client projects; those that run have no `finished_on`. */
export function projects(timeline: Timeline, seed: number): OperationsTable {
  const random = createRandom(seed, 'projects');
  return {
    name: 'projects',
    columns: [
      column.key('project_no', 20),
      column.text('client', 80),
      column.date('started_on'),
      column.date('finished_on'),
      column.integer('delivery_days'),
      column.integer('deliverables_total'),
      column.integer('deliverables_accepted'),
    ],
    rows: timeline.months.flatMap((month) => projectsOf(random, month, timeline.yesterday)),
  };
}
