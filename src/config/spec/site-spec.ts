import { z } from 'zod';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { siteAlertSettings } from './alert-settings-spec.js';
import { CalendarName, CalendarsSpec } from './calendars-spec.js';
import { CanarySpec } from './canary-spec.js';
import { ChannelSpec } from './channel-spec.js';
import { DigestSpec } from './digest-spec.js';
import { DueSpec } from './due-spec.js';
import { LinksSpec } from './links-spec.js';
import { LintsSpec } from './lint-spec.js';
import { NetworkSpec } from './network-spec.js';
import { PolicySpec } from './policies-spec.js';
import { SiteRollUpSpec } from './roll-up-spec.js';
import { Id, REFERENCE_FORMS, Text, TimeZone, wholeNumber } from './scalars.js';
import { WatchSpec } from './watch-spec.js';
import { WorkingCalendarSpec, workingDays } from './working-calendar-spec.js';

/** Periods that alerts look back at. */
const MOST_PERIODS = 36;

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

/** Off-track periods that raise an alert: in a row, or among the newest. */
export const OffTrackAfterSpec = z.union([
  wholeNumber(0, 1000),
  z
    .strictObject({
      periods: wholeNumber(1, MOST_PERIODS).describe('How many of them are off track.'),
      of: wholeNumber(1, MOST_PERIODS).describe('How many of the newest closed periods with a score are looked at.'),
    })
    .refine(({ periods, of }) => periods <= of, {
      error: 'there cannot be more periods off track than are looked at',
      params: { remedy: 'write a number for of that is not below periods' },
    }),
]);

const MinutesByKind = z.partialRecord(z.enum(ALERT_KIND_NAMES), wholeNumber(0, 43_200));

const AlertsSpec = z.strictObject({
  ...siteAlertSettings,
  off_track_after: OffTrackAfterSpec.default(3).describe(
    'Off-track periods in a row that raise an alert, 0 for none; or so many of the newest: { periods: 3, of: 5 }. Default for measures.',
  ),
  pending_minutes: MinutesByKind.optional().describe(
    `Minutes, by kind of alert, that a condition must hold before anybody is told: ${ALERT_KIND_NAMES.join(', ')}; 0 when left out.`,
  ),
  hold_minutes: MinutesByKind.optional().describe(
    'Minutes, by the same kinds, that a condition must be gone before its alert is over; 0 when left out.',
  ),
  policies: z
    .array(PolicySpec)
    .default([])
    .describe(
      'Who is told what and when: the first that matches an alert decides. Of what none matches the owner is told, over all channels; only due.escalate reminds.',
    ),
  max_per_hour: wholeNumber(1, 1000)
    .optional()
    .describe(
      'Messages that one person gets within an hour, over all channels that people read; what is more is told in one summary. Without limit when left out.',
    ),
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
    digest: DigestSpec.optional().describe(
      'When people get a digest who do not say it themselves; none when left out.',
    ),
    roll_up: SiteRollUpSpec.optional().describe(
      'How scores of objectives, perspectives and scorecards become a status.',
    ),
    lints: LintsSpec.optional().describe('How gravely what the rules of practice find is told.'),
    sweep_minutes: wholeNumber(1, 1440).default(5).describe('Minutes between looks for values that became late.'),
    deliver_minutes: wholeNumber(1, 1440).default(1).describe('Minutes between deliveries of messages.'),
    network: NetworkSpec.optional().describe(
      'Where messages and heartbeats may go, and what may be read; anywhere that channels and connections say when left out.',
    ),
    links: LinksSpec.optional().describe(
      'Links in messages by which people acknowledge and snooze alerts; none when left out.',
    ),
    watch: WatchSpec.optional().describe('How Plumbline watches itself.'),
    canary: CanarySpec.optional().describe(
      'A test that goes the whole way by schedule, from a source of its own to a message; none when left out.',
    ),
    task_queue: Text.optional().describe('Temporal task queue; plumbline-<id> when left out.'),
    channels: z.record(Id, ChannelSpec).default({}).describe('Ways to tell people, by id.'),
  })
  .describe('The site: calendar, store, channels and what measures get when they do not say it themselves.');
export type SiteSpec = z.infer<typeof SiteSpec>;
