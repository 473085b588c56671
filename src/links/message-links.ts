import type { LinkReader } from '#src/activities/context.js';
import { isAlertKind } from '#src/domain/alert/kinds.js';
import type { MessageFacts, MessageLink } from '#src/domain/message/types.js';
import { LINK_PURPOSES, type LinkPurpose } from './claims.js';
import { type LinkKeys, signedToken } from './token.js';

/** What links are made with. */
export interface LinkSettings {
  readonly baseUrl: string;
  readonly validDays: number;
  readonly keys: LinkKeys;
}

const DAY_SECONDS = 86_400;

/** The transitions after which an alert is in nobody's hands. */
const ASKING = ['opened', 'reopened', 'woken', 'reminded', 'escalated'];

const LABELS = { acknowledge: 'Acknowledge', snooze: 'Snooze' } as const satisfies Record<LinkPurpose, string>;

/**
 * The links of a message to one reader: to take its alerts over, and to silence them. None where nothing is asked for.
 *
 * @param now seconds since 1970, from which on the links count
 */
export function messageLinks(
  about: MessageFacts,
  { personId, room }: LinkReader,
  { baseUrl, validDays, keys }: LinkSettings,
  now: number,
): readonly MessageLink[] {
  const { kind, subject, period, sequence, transition } = about;
  if (!isAlertKind(kind) || !ASKING.includes(transition)) return [];
  const of = about.joint === undefined ? {} : { message: about.joint.message };
  const common = { kind, subject: subject.id, period, sequence, person: personId, ...of };
  const expires = now + validDays * DAY_SECONDS;
  return LINK_PURPOSES.map((purpose) => ({
    does: purpose,
    label: about.joint === undefined ? LABELS[purpose] : `${LABELS[purpose]} all`,
    url: `${baseUrl}/${purpose}/${signedToken({ purpose, ...common, expires, ...(room === undefined ? {} : { room }) }, keys)}`,
  }));
}
