import { ALERT_KINDS } from '#src/domain/alert/kinds.js';
import type { ToldTransition } from '#src/domain/alert/transitions.js';
import type { ToldEvent } from '#src/domain/alert/types.js';
import type { MessageFacts, MessageFigures, MessageLink, Severity } from '#src/domain/message/types.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';
import { readableInstant } from './readable-instant.js';

/** What a person is told an alert event with. */
export interface AlertMessageInput {
  readonly event: ToldEvent;
  readonly siteName: string;
  /** Name of what the alert is about: a measure's, a connection's or an extract's. */
  readonly subjectName: string;
  readonly recipientName: string;
  /** Zone of the wall on which its reader reads times. */
  readonly timeZone: string;
  /** Name of the person who made the event; absent where nobody did. */
  readonly authorName?: string;
  /** Names of all who are told, the recipient among them. */
  readonly told: readonly string[];
  /** What the command line knows the alert by. */
  readonly alertId: string;
  /** Of an alert about a measure. */
  readonly figures?: MessageFigures;
  /** What happens next if nothing changes. */
  readonly next?: string;
  readonly links?: readonly MessageLink[];
  /** Where the rules say another than the kind's own. */
  readonly severity?: Severity;
}

/** What has become of it, behind the word for its kind. */
const BECOME = {
  opened: '',
  reopened: ' AGAIN',
  woken: ' STILL',
  reminded: ' REMINDER',
  escalated: ' ESCALATED',
  acknowledged: ' ACKNOWLEDGED',
  snoozed: ' SNOOZED',
  resolved: ' RESOLVED',
} as const satisfies Record<ToldTransition, string>;

/**
 * The subject without its mark: kind, name, period, always in this order, so that a mailbox can be sorted by it. Of one alert
 * only the word for what has become of it differs.
 */
function headline({ event, subjectName, timeZone }: AlertMessageInput): string {
  const { kind, period } = event.condition;
  return `${ALERT_KINDS[kind].label}${BECOME[event.transition]} · ${subjectName} · since ${readableInstant(period, timeZone)}`;
}

/** What one alert event says, for programs. */
function factsOf(input: AlertMessageInput): MessageFacts {
  const { event, siteName, subjectName, told, timeZone, authorName, alertId, figures, next, links, severity } = input;
  const { condition, transition, sequence, at, reason, until, dismissedThrough } = event;
  const { kind, subject, period, owner, summary, details } = condition;
  const named = { id: subject, name: subjectName };
  return {
    kind,
    transition,
    subject: named,
    period,
    summary,
    details,
    reason,
    ...(figures === undefined ? {} : { figures }),
    ...(authorName === undefined ? {} : { by: authorName }),
    ...(until === undefined ? {} : { until }),
    ...(dismissedThrough === undefined ? {} : { stillHolds: true }),
    ...(next === undefined ? {} : { next }),
    ...(links === undefined ? {} : { links }),
    ...(severity === undefined ? {} : { severity }),
    alert: alertId,
    owner,
    told,
    sequence,
    at,
    timeZone,
    site: siteName,
  };
}

/** Subject, plain text and facts of one alert event. */
export function composeAlertMessage(input: AlertMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const about = factsOf(input);
  return {
    subject: `[Plumbline] ${headline(input)}`,
    text: letterText(letterOf(about, input.recipientName)),
    about,
  };
}
