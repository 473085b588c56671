import { z } from 'zod';
import { Id, TimeOfDay, TimeZone, Weekday } from './scalars.js';

const common = {
  at: TimeOfDay.describe("Local time: '07:00'."),
  time_zone: TimeZone.optional().describe('IANA time zone of the time; the site’s when left out.'),
  person: Id.optional().describe('Person who gets its messages; the operator when left out.'),
  channels: z
    .array(Id)
    .min(1)
    .optional()
    .describe('Channels its messages go over; all that people read when left out.'),
};

/** When a test message goes the whole way, and to whom. */
export const CanarySpec = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day').describe('Each day.'), ...common }),
  z.strictObject({
    every: z.literal('week').describe('Each week.'),
    on: Weekday.describe('Day of the week.'),
    ...common,
  }),
]);
export type CanarySpec = z.infer<typeof CanarySpec>;
