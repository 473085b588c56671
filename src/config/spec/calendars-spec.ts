import { z } from 'zod';
import { Day, Frequency, Id, quote, Weekday, wholeNumber } from './scalars.js';

/** The id that always names the standard calendar: ISO weeks, calendar months. */
export const STANDARD = 'standard';

const Prefix = z
  .string()
  .regex(/^[A-Z][A-Za-z]{0,11}$/, { error: ({ input }) => `${quote(input)} is not a prefix` })
  .meta({ remedy: 'use letters, the first a capital: FY' });

const Named = z.enum(['start', 'end']).optional();

const firstWeekDays = wholeNumber(1, 7)
  .default(4)
  .describe('Least days of a year in its first week: 4 is the rule of ISO, 1 takes the week of the first day.');

const FiscalSpec = z.strictObject({
  kind: z.literal('fiscal').describe('Years of twelve months that begin on any day.'),
  prefix: Prefix.default('FY').describe('Begins the ids of its periods: FY2026, FY2026-Q1, FY2026-P01.'),
  starts: z
    .string()
    .regex(/^\d{2}-\d{2}$/, { error: ({ input }) => `${quote(input)} is not a day of the year` })
    .meta({ remedy: "write month and day: '04-01'" })
    .describe("First day of the year: '04-01'. Months begin on the same day of the month, or on its last."),
  named: Named.describe(
    'Whether a year is called after the calendar year it starts or ends in. Not needed from 01-01 on.',
  ),
  weeks: z
    .strictObject({ start: Weekday.describe('First day of the week.'), first_week_days: firstWeekDays })
    .optional()
    .describe('Weeks numbered in the fiscal year (FY2026-W05); ISO weeks under their own ids when left out.'),
});

const WeeksSpec = z.strictObject({
  kind: z.literal('weeks').describe('The standard calendar, but for its weeks.'),
  prefix: Prefix.describe('Begins the ids of its weeks: US2026-W05.'),
  start: Weekday.describe('First day of the week.'),
  first_week_days: firstWeekDays,
});

const RetailSpec = z.strictObject({
  kind: z.literal('retail').describe('Years of 52 or 53 whole weeks, in quarters of 13.'),
  prefix: Prefix.describe('Begins the ids of its periods: R2026, R2026-P01, R2026-W05.'),
  pattern: z.enum(['4-4-5', '4-5-4', '5-4-4']).describe('Weeks of the three months of a quarter.'),
  year_ends: z
    .strictObject({
      on: Weekday.describe('Day of the week on which each year ends.'),
      rule: z.enum(['last', 'nearest']).describe('The last such day of the month, or the one nearest to its end.'),
      month: wholeNumber(1, 12).describe('Month that years end with, 1 to 12.'),
    })
    .describe('Which day is the last of a year.'),
  named: Named.describe(
    'Whether a year is called after the calendar year it starts or ends in. Not needed where years end with December.',
  ),
  extra_week: wholeNumber(1, 12).default(12).describe('Month of the year that has the 53rd week.'),
});

const NrfSpec = z.strictObject({
  kind: z
    .literal('nrf')
    .describe('The calendar of the National Retail Federation: 4-5-4 to the Saturday nearest the end of January.'),
  prefix: Prefix.default('NRF').describe('Begins the ids of its periods: NRF2026-P01.'),
});

const ListSpec = z.strictObject({
  kind: z.literal('list').describe('Periods as they are listed: terms, campaigns.'),
  prefix: Prefix.describe('Begins the ids of its periods.'),
  frequency: Frequency.describe('The one frequency it has periods of, about as long as its periods are.'),
  periods: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[A-Za-z0-9-]{1,40}$/, { error: ({ input }) => `${quote(input)} is not the id of a period` })
          .meta({ remedy: 'use letters, digits and dashes: 2026-autumn' })
          .describe('Id, to which the prefix is added.'),
        from: Day.describe('First day; the period ends where the next begins.'),
      }),
    )
    .min(1, { error: 'a list needs a period' })
    .describe('All periods, without gaps, ascending.'),
  end: Day.describe('First day after the last period.'),
});

/** A calendar of `site.yaml` as a person writes it. Whether its days exist is checked when it is resolved. */
export const CalendarSpec = z.discriminatedUnion('kind', [FiscalSpec, WeeksSpec, RetailSpec, NrfSpec, ListSpec]);
export type CalendarSpec = z.infer<typeof CalendarSpec>;

/** Calendars by id. */
export const CalendarsSpec = z
  .record(
    Id.refine((id) => id !== STANDARD, {
      error: `"${STANDARD}" always is the standard calendar`,
      params: { remedy: 'give the calendar another id' },
    }),
    CalendarSpec,
  )
  .default({});

/** Where a calendar is named. */
export const CalendarName = Id.optional();
