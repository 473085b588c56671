import { z } from 'zod';
import { Id, wholeNumber } from './scalars.js';

const RemindSpec = z
  .strictObject({
    before_days: wholeNumber(0, 366).optional().describe('Days before the last day of the period; 0 is that day.'),
    after_days: wholeNumber(1, 366).optional().describe('Days after it.'),
  })
  .refine(({ before_days: before, after_days: after }) => before !== undefined || after !== undefined, {
    error: 'a reminder is before or after the end of a period',
    params: { remedy: 'write before_days, after_days or both' },
  });

const EscalateSpec = z.strictObject({
  every_days: wholeNumber(1, 366).describe('Days from the notice to the first follow-up, and from each to the next.'),
  times: wholeNumber(1, 100).describe('How many there are.'),
});

/**
 * When a period's value is expected. What is left out is said by what stands further away: the scorecard, the connection
 * that the values come from, the site; then 5 working days and 3 days of grace.
 */
export const DueSpec = z.strictObject({
  business_days: wholeNumber(0, 250)
    .optional()
    .describe('Working days after the end of a period until its value is due; 0 is due at the end itself (default 5).'),
  hours: wholeNumber(0, 8784)
    .optional()
    .describe('In the place of business_days: hours after the end of a period; each day of grace is 24 of them.'),
  day_of_month: wholeNumber(1, 31)
    .optional()
    .describe(
      'In the place of business_days: due at the end of the first such day after a period; of shorter months the last day.',
    ),
  as_of: z
    .boolean()
    .optional()
    .describe(
      'Whether a value is due as soon as the source says that it stands at the last day of the period, and by business_days, hours or day_of_month at the latest. Only where its evidence is as_of (default no).',
    ),
  grace_days: wholeNumber(0, 366)
    .optional()
    .describe('Calendar days of grace after the due time before a late value counts as missing (default 3).'),
  calendar: Id.optional().describe(
    'Working calendar (of working_calendars) that working days are counted in: those until it is due, those that expects wants, those of targets per working_day.',
  ),
  lock_days: wholeNumber(0, 3660)
    .optional()
    .describe(
      'Days after the last day of a period at whose end its value is closed: no run reads the period again (default never).',
    ),
  remind: RemindSpec.optional().describe(
    'Days on which a value that is not there is asked for: of who keeps it by hand, after it is due else of who can act.',
  ),
  escalate: EscalateSpec.optional().describe(
    'How the notice of an overdue value is followed up, unless the policy that decides on it has remind of its own.',
  ),
});
export type DueSpec = z.infer<typeof DueSpec>;
