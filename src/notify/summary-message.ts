import { ALERT_KINDS, isAlertKind } from '#src/domain/alert/kinds.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { readableInstant } from './readable-instant.js';

/** A message that is told in a summary. */
export interface SummarisedMessage {
  readonly threadId: string;
  readonly subject: string;
  readonly about?: MessageFacts;
}

export interface SummaryMessageInput {
  /** In the order in which they were written. */
  readonly messages: readonly SummarisedMessage[];
  readonly siteName: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly at: Instant;
}

/** How an alert stands after a transition, in one word. */
const STATES: Readonly<Record<string, string>> = {
  resolved: 'over',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
};

/**
 * What is told of a message: of an alert what, since when, how it stands now; of a digest, or a request of values, which are no
 * alerts and have no state, all that it says, for nobody says it again.
 */
function linesOf({ subject, about }: SummarisedMessage): readonly string[] {
  if (about === undefined || !isAlertKind(about.kind)) {
    const said = (about?.sections ?? []).flatMap(({ heading, lines }) => lines.map((line) => `${heading}: ${line}`));
    return [subject.replace(/^\[Plumbline\] /, ''), ...said];
  }
  const { kind, period, transition, timeZone } = about;
  const since = readableInstant(period, timeZone);
  return [`${ALERT_KINDS[kind].label} · ${about.subject.name} · since ${since} · ${STATES[transition] ?? 'open'}`];
}

/** Alerts that a message is about. */
function alertsIn({ about }: SummarisedMessage): number {
  return about === undefined || !isAlertKind(about.kind) ? 0 : (about.joint?.count ?? 1);
}

/** `5 messages about 3 alerts`; `1 message` where it is about none. */
function counted(messages: number, alerts: number): string {
  const told = `${messages} ${messages === 1 ? 'message' : 'messages'}`;
  return alerts === 0 ? told : `${told} about ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`;
}

/** One message in the place of many: each alert by its newest state, in the order in which they came. */
export function composeSummaryMessage(input: SummaryMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const { messages, siteName, recipientId, recipientName, at } = input;
  const newest = new Map(messages.map((message) => [message.threadId, message]));
  const lines = [...newest.values()].flatMap(linesOf);
  const alerts = [...newest.values()].map(alertsIn).reduce((a, b) => a + b, 0);
  const count = counted(messages.length, alerts);
  const summary = `${count} ${messages.length === 1 ? 'was' : 'were'} held back, for there were too many within an hour.`;
  const text = [
    `Hello ${recipientName},`,
    '',
    summary,
    '',
    ...lines.map((line) => `- ${line}`),
    '',
    'See "plumbline alerts" for all that is open.',
    `From:   Plumbline for ${siteName}`,
    '',
  ].join('\n');
  return {
    subject: `[Plumbline] SUMMARY · ${count}`,
    text,
    about: {
      kind: 'summary',
      transition: 'summarised',
      subject: { id: `person/${recipientId}`, name: recipientName },
      period: at,
      summary,
      details: lines,
      reason: 'more messages than max_per_hour allows',
      owner: recipientId,
      told: [recipientName],
      sequence: 0,
      at,
      site: siteName,
    },
  };
}
