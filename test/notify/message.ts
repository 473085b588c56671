import type { Message } from '#src/notify/types.js';

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
