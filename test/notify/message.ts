import type { MessageFacts } from '#src/domain/message/types.js';
import type { Message } from '#src/notify/types.js';

/** What {@link aMessage} would say, for programs. */
export function facts(changes: Partial<MessageFacts> = {}): MessageFacts {
  return {
    kind: 'missing',
    transition: 'opened',
    subject: { id: 'measure/operations/knowledge-articles-reused', name: 'Knowledge articles reused' },
    period: '2026-W44',
    summary: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
    details: ['Target: 120', 'The source was read and has no row for the week.'],
    reason: 'Three days of grace are over.',
    owner: 'amara',
    told: ['Amara Osei'],
    sequence: 0,
    at: '2026-11-09T06:30:00Z',
    site: 'Northwind Technology Services',
    ...changes,
  };
}

/** A message with everything in order. */
export function aMessage(changes: Partial<Message> = {}): Message {
  return {
    messageId: 'alert-7c1f-0-amara-mail',
    threadId: 'alert-7c1f',
    recipient: { id: 'amara', name: 'Amara Osei', address: 'amara@example.com' },
    subject: '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
    text: 'Hello Amara Osei,\n\nKnowledge articles reused is missing since 2026-W44.\n',
    ...changes,
  };
}
