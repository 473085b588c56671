import { z } from 'zod';
import { CalendarName, CalendarsSpec } from './calendars-spec.js';
import { ChannelSpec } from './channel-spec.js';
import { LintsSpec } from './lint-spec.js';
import { SiteRollUpSpec } from './roll-up-spec.js';
import { Id, REFERENCE_FORMS, Text, TimeZone, wholeNumber } from './scalars.js';
import { WorkingCalendarSpec, workingDays } from './working-calendar-spec.js';

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

/** When a period's value is expected; what is left out comes from the site, then from 5 and 3. */
export const DueSpec = z.strictObject({
  business_days: wholeNumber(0, 250)
    .optional()
    .describe('Working days after the end of a period until its value is due; 0 is due at the end itself (default 5).'),
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
    'Days on which a value is asked for. Shown by plumbline explain; nothing is sent on them.',
  ),
  escalate: EscalateSpec.optional().describe(
    'Days on which the notice of an overdue value is followed up. Shown by plumbline explain; nothing is sent on them.',
  ),
});
export type DueSpec = z.infer<typeof DueSpec>;

const SqliteStoreSpec = z.strictObject({
  client: z.literal('sqlite').describe('Kind of database.'),
  file: Text.describe('Database file; a relative path starts at the config folder. Made when it is not there.'),
});

const MysqlStoreSpec = z.strictObject({
  client: z.literal('mysql').describe('Kind of database.'),
  host: Text.describe('Host name or address.'),
  port: wholeNumber(1, 65_535).default(3306).describe('TCP port.'),
  database: Text.describe('Name of the database; must exist.'),
  user: Text.describe('Account that owns the tables.'),
  password: z.string().meta({ secret: true }).describe(`Password of the account, as a reference: ${REFERENCE_FORMS}.`),
});

/** Where the reporting store is. */
export const StoreSpec = z.discriminatedUnion('client', [SqliteStoreSpec, MysqlStoreSpec]);
export type StoreSpec = z.infer<typeof StoreSpec>;

const AlertsSpec = z.strictObject({
  off_track_after: wholeNumber(0, 1000)
    .default(3)
    .describe('Off-track periods in a row that raise an alert; 0 raises none. Default for measures.'),
});

/** `site.yaml` as a person writes it. */
export const SiteSpec = z
  .strictObject({
    id: Id.describe('Short name of this installation; part of names in Temporal.'),
    name: Text.describe('Name shown to people.'),
    time_zone: TimeZone.describe('IANA time zone of periods, due times and schedules.'),
    ...workingDays,
    working_calendars: z
      .record(Id, WorkingCalendarSpec)
      .default({})
      .describe('Other working days, by id, for measures whose due rule names them.'),
    calendars: CalendarsSpec.describe('Calendars beside the standard one (ISO weeks, calendar months), by id.'),
    calendar: CalendarName.describe('Calendar of scorecards and measures that name none; standard when left out.'),
    history_months: wholeNumber(0, 600)
      .default(24)
      .describe('Calendar months before the current one whose periods are collected.'),
    store: StoreSpec.describe('Where results are kept.'),
    operator: Id.describe('Person told of failures that nobody else owns.'),
    due: DueSpec.optional().describe('When values are due, unless a measure says otherwise.'),
    alerts: AlertsSpec.optional().describe('When alerts are raised, unless a measure says otherwise.'),
    roll_up: SiteRollUpSpec.optional().describe(
      'How scores of objectives, perspectives and scorecards become a status.',
    ),
    lints: LintsSpec.optional().describe('How gravely what the rules of practice find is told.'),
    sweep_minutes: wholeNumber(1, 1440).default(5).describe('Minutes between looks for values that became late.'),
    deliver_minutes: wholeNumber(1, 1440).default(1).describe('Minutes between deliveries of messages.'),
    task_queue: Text.optional().describe('Temporal task queue; plumbline-<id> when left out.'),
    channels: z.record(Id, ChannelSpec).default({}).describe('Ways to tell people, by id.'),
  })
  .describe('The site: calendar, store, channels and what measures get when they do not say it themselves.');
export type SiteSpec = z.infer<typeof SiteSpec>;
