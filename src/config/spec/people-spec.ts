import { z } from 'zod';
import { PersonDigestSpec } from './digest-spec.js';
import { Id, Text, TimeZone } from './scalars.js';

/** Somebody who can own things. */
export const PersonSpec = z.strictObject({
  name: Text.describe('Name shown to people.'),
  email: z
    .email({ error: 'not an e-mail address' })
    .optional()
    .meta({ remedy: 'write name@example.com' })
    .describe('Address for mail.'),
  manager: Id.optional().describe('Person told when this one is not answering.'),
  time_zone: TimeZone.optional().describe("IANA time zone of this person; the site's when left out."),
  digest: PersonDigestSpec.optional().describe("When this person gets a digest, or none; the site's when left out."),
});
export type PersonSpec = z.infer<typeof PersonSpec>;

/** `people.yaml` as a person writes it. */
export const PeopleSpec = z
  .strictObject({ people: z.record(Id, PersonSpec).describe('Everybody who owns something, by id.') })
  .describe('The people who own measures, objectives and connections.');
export type PeopleSpec = z.infer<typeof PeopleSpec>;
