import { z } from 'zod';
import { Id, Text } from './scalars.js';

/** Somebody who can own things. */
export const PersonSpec = z.strictObject({
  name: Text.describe('Name shown to people.'),
  email: z
    .email({ error: 'not an e-mail address' })
    .optional()
    .meta({ remedy: 'write name@example.com' })
    .describe('Address for mail.'),
  manager: Id.optional().describe('Person told when this one is not answering.'),
});
export type PersonSpec = z.infer<typeof PersonSpec>;

/** `people.yaml` as a person writes it. */
export const PeopleSpec = z
  .strictObject({ people: z.record(Id, PersonSpec).describe('Everybody who owns something, by id.') })
  .describe('The people who own measures, objectives and connections.');
export type PeopleSpec = z.infer<typeof PeopleSpec>;
