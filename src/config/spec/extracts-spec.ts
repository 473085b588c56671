import { z } from 'zod';
import { ExtractAlertsSpec } from './alert-settings-spec.js';
import { CalendarName } from './calendars-spec.js';
import { ExtractGrainSpec } from './extract-grain-spec.js';
import { Id, quote, Text, TimeOfDay, TimeZone, Weekday, wholeNumber } from './scalars.js';
import { sourceSettings } from './source-spec.js';

const At = TimeOfDay.describe("Local time: '06:30'.");
const Zone = TimeZone.optional().describe('IANA time zone of the schedule; the site’s when left out.');

/** When an extract is read. */
export const ScheduleSpec = z.discriminatedUnion('every', [
  z.strictObject({
    every: z.literal('hour').describe('Each hour.'),
    minute: wholeNumber(0, 59).default(0).describe('Minute of the hour.'),
    time_zone: Zone,
  }),
  z.strictObject({ every: z.literal('day').describe('Each day.'), at: At, time_zone: Zone }),
  z.strictObject({
    every: z.literal('week').describe('Each week.'),
    on: Weekday.describe('Day of the week.'),
    at: At,
    time_zone: Zone,
  }),
  z.strictObject({
    every: z.literal('month').describe('Each month.'),
    day: wholeNumber(1, 28).describe('Day of the month; 28 is the last that every month has.'),
    at: At,
    time_zone: Zone,
  }),
]);
export type ScheduleSpec = z.infer<typeof ScheduleSpec>;

const ColumnType = z.enum(['decimal', 'integer', 'text', 'date', 'datetime', 'boolean', 'ordinal']);

const LongColumnSpec = z.strictObject({
  type: ColumnType.describe('Type of the cells.'),
  from: Text.optional().describe('The source’s name of the column: a CSV header, a column of the query.'),
  locale: Text.optional().describe(
    'BCP 47 locale whose separators numbers use: de-DE. Without it: 1234.5 only. Of a date: whose month names MMM and MMMM are.',
  ),
  percent: z
    .enum(['points', 'fraction'])
    .optional()
    .describe(
      'Lets percent signs stand: 12 % is 12 in points, 0.12 as fraction, and a per-mille sign a tenth of it. As fraction a number without a sign is rejected: it may be either.',
    ),
  currency: Text.optional().describe(
    'Code of the one currency whose code, or symbol in the locale, may stand beside a number: EUR. Any other is rejected.',
  ),
  magnitudes: z
    .boolean()
    .optional()
    .describe(
      'Lets a magnitude stand behind a number: k, K (thousand), M, Mio (million), B, bn, Mrd (thousand million).',
    ),
  pattern: Text.optional().describe(
    'Form of dates: dd.MM.yyyy. Without it: ISO 8601. serial: the day numbers of spreadsheets, 46082.5; serial-1904: those of old Macintosh files.',
  ),
  century: wholeNumber(0, 9900)
    .optional()
    .describe('Year that years of two digits are added to, where the pattern has yy: 2000.'),
  calendar: CalendarName.describe(
    'Calendar in which a date column names periods: FY26 P03. Without a pattern cells are ids: FY2026-P03. A cell is read as the first day of its period.',
  ),
  time_zone: TimeZone.optional().describe('Zone of date-times that carry none; the site’s when left out.'),
  required: z.boolean().default(false).describe('A blank cell rejects the row.'),
  blanks: z
    .array(Text)
    .min(1)
    .optional()
    .describe(
      "Texts that mean that nothing was reported, compared without case: ['n/a', '-'], or ['0'] where a source writes 0 until there is a figure. Such a cell is blank.",
    ),
  words: z
    .strictObject({
      true: z.array(Text).min(1).describe('Texts that mean yes, compared without case.'),
      false: z.array(Text).min(1).describe('Texts that mean no, compared without case.'),
    })
    .optional()
    .describe('Texts of a boolean column, when they are not true/false, yes/no, 1/0, t/f, y/n.'),
  order: z
    .array(Text)
    .min(2, { error: 'an order needs two words or more' })
    .optional()
    .describe('Texts of an ordinal column from worst to best: [B, BB, BBB, A, AA]. Any other text is rejected.'),
});

/** Names that a row filter can hold, so that every column can be used in one. */
const ColumnName = z
  .string()
  .max(100)
  .regex(/^[\p{L}_][\p{L}\p{N}_-]*$/u, { error: ({ input }) => `${quote(input)} cannot be the name of a column` })
  .meta({ remedy: 'use letters, digits, _ and -, and give the name the source has as from:' });

/** A column: just its type, or all there is to say. Always the long form as result. */
export const ColumnSpec = z.union([ColumnType.transform((type) => ({ type, required: false })), LongColumnSpec]);
export type ColumnSpec = z.infer<typeof LongColumnSpec>;

const DuplicatesSpec = z.strictObject({
  keep: z
    .enum(['all', 'first', 'last', 'reject'])
    .default('all')
    .describe('Which of several rows with the same key is used.'),
  key: z.array(Text).min(1).optional().describe('Columns that make two rows the same; not with keep: all.'),
});

const LimitsSpec = z.strictObject({
  rows: wholeNumber(1, 1_000_000_000).default(5_000_000).describe('Rows a read may give.'),
  megabytes: wholeNumber(1, 1_000_000).default(1024).describe('Megabytes a read may give.'),
  seconds: wholeNumber(1, 86_400).default(300).describe('Seconds a read may take.'),
  rejected_percent: wholeNumber(0, 100)
    .optional()
    .describe(
      'Share of rejected rows, of those in the days wanted, above which a file (or the whole read, where it has no parts) is not believed: no value is written and the last good ones stay. 50 when left out; 100 believes anything.',
    ),
});

const SnapshotSpec = z.strictObject({
  takes: z
    .enum(['first', 'last'])
    .describe('Which capture of a period stands: the first one, or the last one before the period is over.'),
});

/** One extract. Its source is checked by its connector, not here. */
export const ExtractSpec = z.strictObject({
  connection: Id.describe('Connection to read from.'),
  schedule: ScheduleSpec.describe('When it is read.'),
  source: z
    .record(z.string(), z.unknown())
    .describe('What to read; each connector has options of its own: a query, a file name.'),
  time: Text.optional().describe(
    'The column (date or datetime) that places a row in time. Required, unless it is a snapshot.',
  ),
  grain: ExtractGrainSpec.optional().describe(
    'What period a row stands for, where its date is the label of a whole one: a week by its last day.',
  ),
  snapshot: SnapshotSpec.optional().describe(
    'Instead of time, for a source without history: its rows are today’s, and one capture a period is kept.',
  ),
  columns: z.record(ColumnName, ColumnSpec).describe('Columns by the name measures use: a type, or a map with more.'),
  duplicates: DuplicatesSpec.optional().describe('What happens to rows that are the same; all are kept when left out.'),
  push_down: z
    .boolean()
    .optional()
    .describe(
      'Whether the source aggregates by itself; the values are the same. When left out it does where it can; true also notes where it could not.',
    ),
  alerts: ExtractAlertsSpec.optional().describe('Which alerts it raises; what is left out is said by the site.'),
  ...sourceSettings,
  limits: LimitsSpec.optional().describe('Bounds of a read; passing one fails the read and never cuts it.'),
});
export type ExtractSpec = z.infer<typeof ExtractSpec>;

/** `extracts/*.yaml` as a person writes it. */
export const ExtractsSpec = z
  .strictObject({ extracts: z.record(Id, ExtractSpec).describe('What is read, by id; ids are unique over all files.') })
  .describe('What is read from the connections, how often, and the type of each column.');
export type ExtractsSpec = z.infer<typeof ExtractsSpec>;
