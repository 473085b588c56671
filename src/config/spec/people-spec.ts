import { z } from 'zod';
import { PersonDigestSpec } from './digest-spec.js';
import { Day, Id, Text, TimeOfDay, TimeZone, Weekday } from './scalars.js';

const SpanSpec = z
  .strictObject({
    from: TimeOfDay.describe('When they begin, on the clock of the person.'),
    to: TimeOfDay.describe('When they end; no later than from: on the next day.'),
  })
  .refine(({ from, to }) => from !== to, {
    error: 'it begins and ends at the same time',
    params: { remedy: 'write two different times, or leave it out' },
  });

const WorkingHoursSpec = z
  .strictObject({
    days: z
      .array(Weekday)
      .min(1, { error: 'there is no day' })
      .optional()
      .describe('Days of the week, without holidays of the site; its working days when left out.'),
    ...SpanSpec.shape,
  })
  .refine(({ from, to }) => from !== to, {
    error: 'they begin and end at the same time',
    params: { remedy: 'write two different times, or leave them out' },
  });

const AbsenceSpec = z.strictObject({
  from: Day.describe('First day of the absence.'),
  to: Day.describe('Last day of it.'),
  stand_in: Id.optional().describe('Person told instead; the manager when left out.'),
});

/** Somebody who can own things. */
export const PersonSpec = z.strictObject({
  name: Text.describe('Name shown to people.'),
  email: z
    .email({ error: 'not an e-mail address' })
    .optional()
    .meta({ remedy: 'write name@example.com' })
    .describe('Address for mail.'),
  manager: Id.optional().describe('Person told when this one is not answering.'),
  time_zone: TimeZone.optional().describe("IANA time zone of this person's days and hours; the site's when left out."),
  digest: PersonDigestSpec.optional().describe("When this person gets a digest, or none; the site's when left out."),
  working_hours: WorkingHoursSpec.optional().describe('Hours outside which messages wait, unless they are urgent.'),
  quiet_hours: SpanSpec.optional().describe('Hours of every day in which messages wait, unless they are urgent.'),
  absent: z.array(AbsenceSpec).default([]).describe('Days on which somebody else is told.'),
  channels: z
    .array(Id)
    .min(1, { error: 'there is no channel' })
    .optional()
    .describe('Channels that reach this person; all when left out. Programs are told all the same.'),
});
export type PersonSpec = z.infer<typeof PersonSpec>;

/** `people.yaml` as a person writes it. */
export const PeopleSpec = z
  .strictObject({ people: z.record(Id, PersonSpec).describe('Everybody who owns something, by id.') })
  .describe('The people who own measures, objectives and connections.');
export type PeopleSpec = z.infer<typeof PeopleSpec>;
