import { LEVELS } from './levels.js';
import { CLIENTS } from './names.js';
import { decimalText } from './plain-text.js';
import { createQuota, createRandom, type Random } from './random.js';
import { column, type OperationsTable, type SqlValue } from './table.js';
import type { Day, Timeline } from './timeline.js';

/** Hundredths of an hour until the first answer: in pairs around the day's level, so that the day's average keeps it. */
function responseHours(random: Random, day: Day, count: number): readonly number[] {
  const level = Math.round((LEVELS.firstResponseMinutes(day.monthsAgo) * 100) / 60) + random.int(-20, 20);
  const hours: number[] = count % 2 === 1 ? [level] : [];
  while (hours.length < count) {
    const spread = random.int(0, level - 10);
    hours.push(level - spread, level + spread);
  }
  return hours;
}

const CHANNELS = ['mail', 'phone', 'portal'] as const;

/** Service-desk tickets, every day of the week. */
export function tickets(timeline: Timeline, seed: number): OperationsTable {
  const random = createRandom(seed, 'tickets');
  const withArticle = createQuota(random);
  const reopened = createQuota(random);
  const rated = createQuota(random);
  const satisfied = createQuota(random);
  const rows: SqlValue[][] = [];

  const rating = (monthsAgo: number): number | null => {
    if (!rated(400)) return null;
    return satisfied(LEVELS.satisfiedPermille(monthsAgo)) ? random.int(4, 5) : random.int(1, 3);
  };

  for (const day of timeline.days) {
    const count = day.weekday <= 5 ? random.int(14, 20) : random.int(4, 7);
    responseHours(random, day, count).forEach((hours, index) => {
      const hour = String(6 + Math.floor((index * 15) / count)).padStart(2, '0');
      const minute = String(random.int(0, 59)).padStart(2, '0');
      rows.push([
        100_000 + rows.length,
        random.pick(CLIENTS),
        random.pick(CHANNELS),
        `${day.date} ${hour}:${minute}:00`,
        decimalText(hours),
        withArticle(LEVELS.solvedWithArticlePermille(day.monthsAgo)) ? 1 : 0,
        reopened(LEVELS.reopenedPermille(day.monthsAgo)) ? 1 : 0,
        rating(day.monthsAgo),
      ]);
    });
  }
  return {
    name: 'tickets',
    columns: [
      column.keyNumber('ticket_no'),
      column.text('client', 80),
      column.text('channel', 20),
      column.dateTime('opened_at'),
      column.decimal('first_response_hours'),
      column.flag('solved_with_article'),
      column.flag('reopened'),
      column.integer('rating'),
    ],
    rows,
  };
}
