import { z } from 'zod';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { ROLES } from '#src/domain/policy/types.js';
import { Id, quote, Text, wholeNumber } from './scalars.js';

/** A length of time, one that is not nothing: the same grammar as for `plumbline alerts snooze`. */
const Duration = z
  .string()
  .regex(/^(?!0+\D)\d{1,4}(m|h|d|wd|w)$/, { error: ({ input }) => `${quote(input)} is no length of time` })
  .meta({ remedy: 'write a number and a unit: 30m, 8h, 3d, 2w, or working days: 3wd' });

/** Whoever it is: by what he is to the thing, or by name. A role goes before a person of that id. */
const Recipient = z
  .string()
  .regex(new RegExp(`^(${ROLES.join('|')}|[a-z][a-z0-9-]*)$`), {
    error: ({ input }) => `${quote(input)} is neither a role nor an id`,
  })
  .max(100)
  .meta({ remedy: `write ${ROLES.join(', ')}, or ids of people` });

const Recipients = z.array(Recipient).min(1, { error: 'there is nobody to tell' });

const Patterns = z.array(Text).min(1, { error: 'an empty list matches nothing' });

const MatchSpec = z.strictObject({
  kinds: z
    .array(z.enum(ALERT_KIND_NAMES))
    .min(1, { error: 'an empty list matches nothing' })
    .optional()
    .describe('Kinds of alert; all when left out.'),
  measures: Patterns.optional().describe(
    'Addresses of measures, or of scorecards for all of theirs, with * for any characters: company, company/sales-*.',
  ),
  connections: Patterns.optional().describe(
    'Ids of connections, for what is about them and their extracts, with * for any characters.',
  ),
});

const RemindersSpec = z.strictObject({
  gaps: z
    .array(Duration)
    .min(1, { error: 'there is no gap' })
    .describe('Times from one message to the next, in order: [1d, 3d, 7d].'),
  repeat: z.boolean().default(false).describe('Whether the last gap goes on until somebody acts.'),
  at_most: wholeNumber(1, 1000).optional().describe('How many reminders there are at most.'),
  stop_at_note: z.boolean().default(false).describe('Whether a note on the period of the alert ends them.'),
});

const EscalationStepSpec = z.strictObject({
  after: Duration.describe('How long nobody has acknowledged it.'),
  tell: Recipients.describe('Who is told then, beside those who know: roles, or ids of people.'),
});

/** One policy. What its names lead to is checked when it is resolved. */
export const PolicySpec = z.strictObject({
  id: Id.describe('Unique within the list.'),
  match: MatchSpec.default({}).describe('Which alerts it decides on; all when left out.'),
  severity: z
    .enum(['critical', 'error', 'warning', 'info'])
    .optional()
    .describe('How grave it is told as; that of the kind when left out.'),
  tell: Recipients.default(['who_can_act']).describe(
    'Who is told: roles (who_can_act, owner, objective_owner, manager), or ids of people.',
  ),
  channels: z
    .array(Id)
    .min(1, { error: 'there is no channel' })
    .optional()
    .describe('Channels it is told over; all when left out.'),
  remind: RemindersSpec.optional().describe(
    'When it is told again while nobody has acknowledged it; never when left out.',
  ),
  escalate: z
    .array(EscalationStepSpec)
    .default([])
    .describe('Who else is told while nobody has acknowledged it, step by step.'),
  urgent: z.boolean().default(false).describe('Whether its messages pass quiet hours, working hours and max_per_hour.'),
});
export type PolicySpec = z.infer<typeof PolicySpec>;
