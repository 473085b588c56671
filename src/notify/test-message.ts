import type { MessageFacts } from '#src/domain/message/types.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';
import type { Message } from './types.js';

/** A message that only shows that a channel reaches somebody. Another moment makes another message. */
export function composeTestMessage(
  channelId: string,
  recipient: Message['recipient'],
  { siteName, at, timeZone }: { readonly siteName: string; readonly at: string; readonly timeZone: string },
): Message {
  const summary = `This is a test of the channel "${channelId}". Nothing is wrong, and nothing has to be done.`;
  const thread = `test-${channelId}-${recipient.id}-${at}`;
  const about: MessageFacts = {
    kind: 'test',
    transition: 'opened',
    subject: { id: `channel/${channelId}`, name: channelId },
    period: at,
    summary,
    details: [],
    reason: 'Somebody wants to see whether it arrives.',
    owner: recipient.id,
    told: [recipient.name],
    sequence: 0,
    at,
    timeZone,
    site: siteName,
  };
  return {
    messageId: `${thread}-0`,
    threadId: thread,
    recipient,
    subject: `[Plumbline] TEST · ${channelId}`,
    text: letterText(letterOf(about, recipient.name)),
    about,
  };
}
