import { z } from 'zod';
import { TimeOfDay, Weekday, wholeNumber } from './scalars.js';

const At = TimeOfDay.describe("Local time of the person: '07:30'.");
const WhenEmpty = z
  .enum(['nothing', 'line'])
  .default('nothing')
  .describe('What is sent when there is nothing to say: nothing, or one line that says so.');
const RepeatDays = z
  .union([z.literal('never'), wholeNumber(1, 366)])
  .optional()
  .describe(
    'Days after which what stays open is told again though nothing is new, or never; 7 for digests of each day, 28 for others when left out.',
  );

/** When a digest is sent. */
export const DigestSpec = z.discriminatedUnion('every', [
  z.strictObject({
    every: z.literal('day').describe('Each day.'),
    at: At,
    when_empty: WhenEmpty,
    repeat_days: RepeatDays,
  }),
  z.strictObject({
    every: z.literal('week').describe('Each week.'),
    on: Weekday.describe('Day of the week.'),
    at: At,
    when_empty: WhenEmpty,
    repeat_days: RepeatDays,
  }),
  z.strictObject({
    every: z.literal('month').describe('Each month.'),
    day: wholeNumber(1, 28).describe('Day of the month; 28 is the last that every month has.'),
    at: At,
    when_empty: WhenEmpty,
    repeat_days: RepeatDays,
  }),
]);
export type DigestSpec = z.infer<typeof DigestSpec>;

/** A digest of a person's own, or none at all. */
export const PersonDigestSpec = z.union([z.literal('none'), DigestSpec]);
