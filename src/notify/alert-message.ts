import { MISSING_NOW } from '#src/domain/alert/assess.js';
import { ALERT_KINDS, isAlertKind } from '#src/domain/alert/kinds.js';
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
  /** Where it comes from, if others may come from there too. */
  readonly cause?: MessageFacts['cause'];
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
 * The subject of a message: kind, name, period, always in this order, so that a mailbox can be sorted by it. Of one alert only the
 * word for what has become of it differs.
 */
export function alertMessageSubject(facts: MessageFacts): string {
  const { kind, subject, period, timeZone } = facts;
  const label = isAlertKind(kind) ? ALERT_KINDS[kind].label : kind;
  return `[Plumbline] ${label}${becomeOf(facts)} · ${subject.name} · since ${readableInstant(period, timeZone)}`;
}

/** Of what is missing by now nothing is resolved but the record. */
function becomeOf({ transition, reason }: MessageFacts): string {
  if (reason === MISSING_NOW) return ' NOW MISSING';
  return Object.hasOwn(BECOME, transition) ? BECOME[transition as ToldTransition] : '';
}

/** What one alert event says, for programs. */
function factsOf(input: AlertMessageInput): MessageFacts {
  const { event, siteName, subjectName, told, timeZone, authorName, alertId, figures, next, links, severity, cause } =
    input;
  const { condition, transition, sequence, at, reason, until, dismissedThrough } = event;
  const { kind, subject, period, owner, summary, details } = condition;
  const named = { id: subject, name: subjectName };
  return {
    kind,
    transition,
    subject: named,
    ...(cause === undefined ? {} : { cause }),
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
    subject: alertMessageSubject(about),
    text: letterText(letterOf(about, input.recipientName)),
    about,
  };
}
