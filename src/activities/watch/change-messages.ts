import type { OutboxRecord, ReportingStore } from '#src/store/types.js';
import type { AlertTelling } from '../alert/alert-messages.js';
import { assessChannel } from './assess-channel.js';

/** What a person does to messages that have not reached anybody. */
export type MessageAct = { readonly act: 'retry' } | { readonly act: 'drop'; readonly detail: string };

/**
 * Tries messages again or leaves them unsent for good, together with what that means for the alerts about their channels.
 *
 * @returns how many there were; what was sent meanwhile stays sent
 */
export async function changeMessages(
  store: ReportingStore,
  telling: AlertTelling,
  messages: readonly Pick<OutboxRecord, 'messageId' | 'channel'>[],
  act: MessageAct,
): Promise<number> {
  const ids = messages.map(({ messageId }) => messageId);
  return store.write(async (writer, reader) => {
    const changed = await (act.act === 'retry'
      ? writer.outbox.retry(ids, telling.recordedAt)
      : writer.outbox.drop(ids, act.detail));
    for (const channel of new Set(messages.map((each) => each.channel))) {
      await assessChannel(writer, reader, telling, channel, 'made good');
    }
    return changed;
  });
}
