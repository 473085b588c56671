import type { MessageFacts } from '#src/domain/message/types.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';

/** A value that is asked for, in words. */
export interface WantedValueWords {
  readonly address: string;
  readonly name: string;
  readonly period: string;
  /** `due by the end of 2026-04-08`, or since when it is overdue. */
  readonly due: string;
  /** Where it is entered: the extract and the connection that it is read from. */
  readonly place: string;
}

export interface RequestMessageInput {
  /** Not empty. */
  readonly values: readonly WantedValueWords[];
  readonly recipient: { readonly id: string; readonly name: string };
  readonly siteName: string;
  /** The day that the due rules name. */
  readonly day: CalendarDate;
  readonly at: Instant;
}

/** Subject, plain text and facts of the one message by which a person is asked for values. */
export function composeRequestMessage({ values, recipient, siteName, day, at }: RequestMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const [first] = values;
  const only = values.length === 1 ? first : undefined;
  const what = only === undefined ? `${values.length} values` : `${only.name} · ${only.period}`;
  const about: MessageFacts = {
    kind: 'request',
    transition: 'asked',
    subject:
      only === undefined
        ? { id: `person/${recipient.id}`, name: what }
        : { id: `measure/${only.address}`, name: only.name },
    period: only?.period ?? day,
    summary:
      only === undefined
        ? `${values.length} values are asked for that are not there yet.`
        : `The value of ${only.name} for ${only.period} is asked for: it is not there yet.`,
    details: [],
    sections: [{ heading: 'Wanted', lines: values.map(line) }],
    reason:
      'You can bring it: please enter what you know. What has come by the next reading of the source needs nothing.',
    next: 'Where a value has not come when it is due, an alert says so.',
    severity: 'info',
    owner: recipient.id,
    told: [recipient.name],
    sequence: 0,
    at,
    site: siteName,
  };
  return {
    subject: `[Plumbline] VALUE${only === undefined ? 'S' : ''} WANTED · ${what}`,
    text: letterText(letterOf(about, recipient.name)),
    about,
  };
}

function line({ address, name, period, due, place }: WantedValueWords): string {
  return `${name}, ${period}: ${due}; ${place} (${address})`;
}
