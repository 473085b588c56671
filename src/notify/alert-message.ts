import { ALERT_KINDS } from '#src/domain/alert/kinds.js';
import type { ToldEvent } from '#src/domain/alert/types.js';
import type { MessageFacts, Severity } from '#src/domain/message/types.js';
import { readableInstant } from './readable-instant.js';

/** What a person is told an alert event with. */
export interface AlertMessageInput {
  readonly event: ToldEvent;
  readonly siteName: string;
  /** Name of what the alert is about: a measure's, a connection's or an extract's. */
  readonly subjectName: string;
  readonly recipientName: string;
  /** Name of the person who made the event; absent where nobody did. */
  readonly authorName?: string;
  /** Names of all who are told, the recipient among them. */
  readonly told: readonly string[];
  /** What happens next if nobody does anything, and by when. */
  readonly next?: string;
  /** Where a policy says another one than that of the kind. */
  readonly severity?: Severity;
}

/** The part of a subject that sorts: the same words in the same order for the same state. */
function headline({ event, subjectName }: AlertMessageInput): string {
  const { kind, period } = event.condition;
  const { label } = ALERT_KINDS[kind];
  const since = `since ${readableInstant(period)}`;
  switch (event.transition) {
    case 'opened':
      return `${label} · ${subjectName} · ${since}`;
    case 'reopened':
      return `${label} AGAIN · ${subjectName} · ${since}`;
    case 'woken':
      return `${label} STILL · ${subjectName} · ${since}`;
    case 'reminded':
      return `${label} REMINDER · ${subjectName} · ${since}`;
    case 'escalated':
      return `${label} ESCALATED · ${subjectName} · ${since}`;
    case 'acknowledged':
    case 'snoozed':
    case 'resolved':
      return `${event.transition.toUpperCase()} · ${subjectName} · ${label.toLowerCase()} ${since}`;
  }
}

/** The first sentence: what of the condition is news. */
function news({ event, authorName = 'Somebody' }: AlertMessageInput): string {
  const { transition, condition, author, until = '', dismissedThrough } = event;
  switch (transition) {
    case 'opened':
    case 'reopened':
    case 'woken':
    case 'reminded':
    case 'escalated':
      return condition.summary;
    case 'acknowledged':
      return `${authorName} has taken this over: ${condition.summary}`;
    case 'snoozed':
      return `${authorName} has asked for silence until ${readableInstant(until)} about this: ${condition.summary}`;
    case 'resolved':
      if (author === undefined) return `This is over: ${condition.summary}`;
      return dismissedThrough === undefined
        ? `${authorName} has resolved this: ${condition.summary}`
        : `${authorName} has resolved this as it stands, and you hear of it when it goes further: ${condition.summary}`;
  }
}

/** How the subject stands, before the word for its kind. */
function standing({ transition, dismissedThrough }: ToldEvent): string {
  switch (transition) {
    case 'reopened':
      return 'again ';
    case 'woken':
    case 'reminded':
    case 'escalated':
    case 'acknowledged':
    case 'snoozed':
      return 'still ';
    case 'resolved':
      return dismissedThrough === undefined ? 'no longer ' : 'still ';
    case 'opened':
      return '';
  }
}

/** What one alert event says, for programs. */
function factsOf({ event, siteName, subjectName, told, next, severity }: AlertMessageInput): MessageFacts {
  const { condition, transition, sequence, at, reason } = event;
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
    ...(next === undefined ? {} : { next }),
    ...(severity === undefined ? {} : { severity }),
    owner,
    told,
    sequence,
    at,
    site: siteName,
  };
}

/** Subject and plain text of one alert event: what, since when, why, value and target, who was told; and its facts. */
export function composeAlertMessage(input: AlertMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const { event, siteName, subjectName, recipientName, authorName, told, next } = input;
  const { condition, at, reason } = event;
  const lines = [
    `Hello ${recipientName},`,
    '',
    news(input),
    '',
    `What:   ${subjectName}: ${standing(event)}${ALERT_KINDS[condition.kind].label.toLowerCase()}`,
    `Since:  ${readableInstant(condition.period)}`,
    `Noted:  ${readableInstant(at)}`,
    `Why:    ${reason}`,
    ...(next === undefined ? [] : [`Next:   ${next}`]),
    ...(authorName === undefined ? [] : [`By:     ${authorName}`]),
    ...(condition.details.length > 0 ? ['', ...condition.details.map((detail) => `- ${detail}`)] : []),
    '',
    `Told:   ${told.join(', ')}`,
    `Alert:  ${condition.kind} ${condition.subject} ${condition.period}`,
    `From:   Plumbline for ${siteName}`,
    '',
  ];
  return { subject: `[Plumbline] ${headline(input)}`, text: lines.join('\n'), about: factsOf(input) };
}
