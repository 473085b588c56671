import type { Digest } from '#src/domain/digest/types.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';

/** What a digest is written from. */
export interface DigestMessageInput {
  readonly digest: Digest;
  readonly recipient: { readonly id: string; readonly name: string };
  readonly siteName: string;
  /** What it is for: its nominal time, and that day on the wall of the person. */
  readonly at: Instant;
  readonly day: CalendarDate;
}

/** Subject, plain text and facts of a digest. */
export function composeDigestMessage({ digest, recipient, siteName, at, day }: DigestMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const about: MessageFacts = {
    kind: 'digest',
    transition: 'told',
    subject: { id: `person/${recipient.id}`, name: siteName },
    period: day,
    summary: digest.summary,
    details: [],
    sections: digest.sections,
    reason: 'It is sent by the digest setting of people.yaml or site.yaml.',
    severity: 'info',
    owner: recipient.id,
    told: [recipient.name],
    sequence: 0,
    at,
    site: siteName,
  };
  return {
    subject: `[Plumbline] DIGEST · ${siteName} · ${day}`,
    text: letterText(letterOf(about, recipient.name)),
    about,
  };
}
