import type { AlertEvent, AlertKind } from '#src/domain/alert/types.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import { readableInstant } from './readable-instant.js';

/** What a person is told an alert event with. */
export interface AlertMessageInput {
  readonly event: AlertEvent;
  readonly siteName: string;
  /** Name of what the alert is about: a measure's, a connection's or an extract's. */
  readonly subjectName: string;
  readonly recipientName: string;
  /** Names of all who are told, the recipient among them. */
  readonly told: readonly string[];
}

const LABELS = {
  late: 'LATE',
  missing: 'MISSING',
  off_track: 'OFF TRACK',
  source_failed: 'SOURCE FAILED',
} as const satisfies Record<AlertKind, string>;

/** The part of a subject that sorts: the same words in the same order for the same state. */
function headline({ event, subjectName }: AlertMessageInput): string {
  const { kind, period } = event.condition;
  const label = LABELS[kind];
  const since = `since ${readableInstant(period)}`;
  switch (event.transition) {
    case 'opened':
      return `${label} · ${subjectName} · ${since}`;
    case 'reopened':
      return `${label} AGAIN · ${subjectName} · ${since}`;
    case 'resolved':
      return `RESOLVED · ${subjectName} · ${label.toLowerCase()} ${since}`;
  }
}

/** What one alert event says, for programs. */
function factsOf({ event, siteName, subjectName, told }: AlertMessageInput): MessageFacts {
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
  const { event, siteName, subjectName, recipientName, told } = input;
  const { condition, transition, at, reason } = event;
  const state = transition === 'resolved' ? 'no longer ' : transition === 'reopened' ? 'again ' : '';
  const lines = [
    `Hello ${recipientName},`,
    '',
    transition === 'resolved' ? `This is over: ${condition.summary}` : condition.summary,
    '',
    `What:   ${subjectName}: ${state}${LABELS[condition.kind].toLowerCase()}`,
    `Since:  ${readableInstant(condition.period)}`,
    `Noted:  ${readableInstant(at)}`,
    `Why:    ${reason}`,
    ...(condition.details.length > 0 ? ['', ...condition.details.map((detail) => `- ${detail}`)] : []),
    '',
    `Told:   ${told.join(', ')}`,
    `Alert:  ${condition.kind} ${condition.subject} ${condition.period}`,
    `From:   Plumbline for ${siteName}`,
    '',
  ];
  return { subject: `[Plumbline] ${headline(input)}`, text: lines.join('\n'), about: factsOf(input) };
}
