import { deadlinesOf } from '#src/activities/score/deadlines-of.js';
import { escalationDays, reminderDays } from '#src/domain/freshness/reminders.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { ExplainedValue } from './explanation.js';
import { counted } from './time-words.js';

/** The days that the due rule names beside the one on which a value is due; none where it names none. */
export function dueSentences({ measure, found, config }: ExplainedValue): readonly string[] {
  const { due, timeZone } = measure;
  const { period } = found;
  if (period === undefined) return [];
  const deadlines = deadlinesOf(period, measure, config.site);
  const notice = dateInZone(deadlines.due, timeZone);
  const reminders = reminderDays(period, due);
  const followUps = escalationDays(notice, due);
  const { lockedFrom } = deadlines;
  return [
    ...(reminders.length === 0 ? [] : [`Days to ask for a value: ${reminders.join(', ')}.`]),
    ...(followUps.length === 0
      ? []
      : [
          `Without one it is overdue from ${notice} on; ${days(followUps.length)} to follow that up: ${followUps.join(', ')}.`,
        ]),
    ...(lockedFrom === undefined
      ? []
      : [
          `It is locked at the end of ${addDays(dateInZone(lockedFrom, timeZone), -1)}: no run reads the period after that.`,
        ]),
  ];
}

const days = (count: number): string => counted(count, 'day');
