import type { DueRule } from '../measure/types.js';
import type { Reminders } from './types.js';

/**
 * The reminders of an alert about an overdue value by its due rule: so many, every so many days from the notice on.
 *
 * The alert may stand later than the notice: what was late has come to be missing. Its opening is a message too, and takes the
 * place of the follow-ups until then: of three every three days, with a notice on the 1st and missing on the 4th, the 7th and
 * the 10th are left.
 *
 * @param days whole days from the notice to the opening of the alert
 * @returns `undefined` where none is left
 */
export function overdueReminders(
  { everyDays, times }: NonNullable<DueRule['escalate']>,
  days: number,
): Reminders | undefined {
  const passed = Math.floor(days / everyDays);
  if (passed >= times) return undefined;
  const first = (passed + 1) * everyDays - days;
  return { gaps: [`${first}d`, `${everyDays}d`], repeat: true, most: times - passed, stopAtNote: false };
}
