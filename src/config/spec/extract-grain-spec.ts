import { z } from 'zod';
import { CalendarName } from './calendars-spec.js';
import { Frequency } from './scalars.js';

/** What one row of a source stands for, where that is a whole period and not a day or a moment of it. */
export const ExtractGrainSpec = z.strictObject({
  frequency: Frequency.describe('How long the period of a row is. No measure of the extract can be finer.'),
  calendar: CalendarName.describe('Calendar of these periods; standard when left out.'),
  label: z
    .enum(['start', 'end', 'after', 'middle'])
    .describe(
      'Which day of its period the time column has: its first (start) or last (end), the first day after it (after), or any day in it (middle).',
    ),
});
export type ExtractGrainSpec = z.infer<typeof ExtractGrainSpec>;
