import { z } from 'zod';
import { DayOrRange, Text, Weekday } from './scalars.js';

/** Which days are worked, as a person writes it: in `site.yaml` for everything, or by id for some measures. */
export const workingDays = {
  working_week: z
    .array(Weekday)
    .min(1, { error: 'a week needs a working day' })
    .optional()
    .meta({ json: { default: ['mon', 'tue', 'wed', 'thu', 'fri'] } })
    .describe('Days that are worked; Monday to Friday when left out.'),
  weekend_of: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'not the code of a country' })
    .meta({ remedy: 'write two capital letters: SA' })
    .optional()
    .describe('Instead of working_week: a country (ISO 3166) whose weekend is not worked: SA is Friday and Saturday.'),
  holidays: z
    .array(DayOrRange)
    .default([])
    .describe('Days (YYYY-MM-DD), or ranges of them (2026-12-24..2026-12-31), that are not worked.'),
  half_days: z
    .array(DayOrRange)
    .optional()
    .describe('Days or ranges of which half is worked: each counts 0.5 where working days are counted.'),
  public_holidays: Text.optional().describe(
    'A country, or a region of one, whose public holidays of the years 2000 to 2050 are not worked: DE-BY. Needs the package date-holidays.',
  ),
};

export const WorkingCalendarSpec = z.strictObject(workingDays);
export type WorkingCalendarSpec = z.infer<typeof WorkingCalendarSpec>;
