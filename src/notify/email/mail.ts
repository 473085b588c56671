import { createHash } from 'node:crypto';
import { letterHtml } from '../letter/letter-html.js';
import { letterOf } from '../letter/letter-of.js';
import type { Message } from '../types.js';
import type { Mailbox } from './mailbox.js';

const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const MAX_ID_LENGTH = 100;

/**
 * The same id always gives the same RFC 5322 message id, so that a message sent twice is known to be the same, and the
 * messages of one alert are one thread. An id that a header cannot carry is replaced by its digest.
 */
function rfcId(id: string, from: Mailbox): string {
  const local = DOT_ATOM.test(id) && id.length <= MAX_ID_LENGTH ? id : createHash('sha256').update(id).digest('hex');
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  return `<${local}.plumbline@${domain}>`;
}

/** One line, without anything that could begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** A message as the mailer takes it. */
export function composeMail(message: Message, address: string, from: Mailbox) {
  const thread = rfcId(message.threadId, from);
  return {
    from,
    to: { name: oneLine(message.recipient.name), address },
    subject: oneLine(message.subject),
    text: message.text,
    // Beside the plain text, never instead of it; of a message that is only words there is nothing more to show.
    ...(message.about === undefined
      ? {}
      : { html: letterHtml(letterOf(message.about, oneLine(message.recipient.name))) }),
    messageId: rfcId(message.messageId, from),
    references: thread,
    inReplyTo: thread,
    // Keeps out-of-office replies from answering a machine.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
