import type { MessageFacts } from '#src/domain/message/types.js';
import type { Message } from '../types.js';

/**
 * A message as a CloudEvent, structured JSON mode.
 *
 * `source` and `id` together name the event: a message that is sent again has both again.
 *
 * @see CloudEvents 1.0.2, https://github.com/cloudevents/spec: spec.md, formats/json-format.md
 */
export function cloudEventOf(message: Message, siteId: string): Readonly<Record<string, unknown>> {
  const { messageId, threadId, recipient, subject, text, about } = message;
  const { id, name, address } = recipient;
  return {
    specversion: '1.0',
    id: messageId,
    source: `/plumbline/${encodeURIComponent(siteId)}`,
    type: typeOf(about),
    ...(about === undefined ? {} : { subject: about.subject.id, time: about.at }),
    datacontenttype: 'application/json',
    data: {
      thread: threadId,
      recipient: { id, name, ...(address === undefined ? {} : { email: address }) },
      headline: subject,
      text,
      ...(about === undefined ? {} : { about }),
    },
  };
}

/** `plumbline.alert.opened`, `plumbline.digest`, `plumbline.test`; `plumbline.message` of one that is only words. */
function typeOf(about: MessageFacts | undefined): string {
  if (about === undefined) return 'plumbline.message';
  if (about.kind === 'test' || about.kind === 'digest') return `plumbline.${about.kind}`;
  return `plumbline.alert.${about.transition}`;
}
