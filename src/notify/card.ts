import { readableInstant } from './readable-instant.js';
import type { Message } from './types.js';

/** A message in the parts that chats show one below the other. */
export interface Card {
  readonly headline: string;
  readonly summary: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly details: readonly string[];
  readonly footer: string;
}

/** The card of a message; of one that is only words its text is the summary. */
export function cardOf({ subject, text, recipient, about }: Message): Card {
  if (about === undefined) {
    return { headline: subject, summary: text, fields: [], details: [], footer: `For ${recipient.name}` };
  }
  const { transition, summary, reason, period, at, told, details, site } = about;
  return {
    headline: subject,
    summary: transition === 'resolved' ? `This is over: ${summary}` : summary,
    fields: [
      ['What', about.subject.name],
      ['Since', readableInstant(period)],
      ['Noted', readableInstant(at)],
      ['Told', told.join(', ')],
      ['Why', reason],
    ],
    details,
    footer: `For ${recipient.name}, from Plumbline for ${site}`,
  };
}
