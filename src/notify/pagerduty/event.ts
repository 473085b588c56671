import { createHash } from 'node:crypto';
import { clipped, clippedLines } from '../clipped.js';
import { type Lifecycle, lifecycleOf, severityOf } from '../lifecycle.js';
import type { Message } from '../types.js';

const LONGEST_KEY = 255;
const LONGEST_SUMMARY = 1_024;
/** Of all other texts together PagerDuty takes 512 KB. */
const TEXT = 4_000;
const DETAILS = { lines: 100, each: 1_000 };

const ACTIONS = {
  holds: 'trigger',
  in_hand: 'acknowledge',
  over: 'resolve',
} as const satisfies Record<Lifecycle, string>;

/** One for all messages of an alert, so that they are one incident. */
function dedupKey(threadId: string): string {
  return threadId.length <= LONGEST_KEY ? threadId : createHash('sha256').update(threadId).digest('hex');
}

/**
 * A message as an event of PagerDuty.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2/trigger-events, /acknowledge-events, /resolve-events
 */
export function pagerDutyEventOf(
  message: Message,
  routingKey: string,
  siteId: string,
): Readonly<Record<string, unknown>> {
  const lifecycle = lifecycleOf(message.about);
  const event = {
    routing_key: routingKey,
    event_action: ACTIONS[lifecycle],
    dedup_key: dedupKey(message.threadId),
  };
  return lifecycle === 'holds' ? { ...event, client: 'Plumbline', payload: payloadOf(message, siteId) } : event;
}

function payloadOf({ subject, text, recipient, about }: Message, siteId: string): Readonly<Record<string, unknown>> {
  const summary = clipped(subject.replace(/^\[Plumbline\] /, '').replace(/\s+/g, ' '), LONGEST_SUMMARY);
  const severity = severityOf(about);
  if (about === undefined) {
    return { summary, source: siteId, severity, custom_details: { text: clipped(text, TEXT), for: recipient.name } };
  }
  return {
    summary,
    source: siteId,
    severity,
    timestamp: about.at,
    component: clipped(about.subject.id, TEXT),
    group: clipped(about.site, TEXT),
    class: about.kind,
    custom_details: {
      summary: clipped(about.summary, TEXT),
      reason: clipped(about.reason, TEXT),
      period: about.period,
      details: clippedLines(about.details, DETAILS),
      owner: about.owner,
      for: recipient.name,
    },
  };
}
