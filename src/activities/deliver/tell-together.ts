import type { ResolvedConfig } from '#src/config/types.js';
import { periodNamed } from '#src/domain/period/period.js';
import type { Instant } from '#src/domain/period/types.js';
import { staleMessages } from '#src/domain/policy/stale-messages.js';
import type { OutboxRecord } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import type { StepServices } from '../context.js';
import { isShared } from './hours-of.js';

/** Why a message is not sent. */
export const OVER = 'it was over before this could be told';

/**
 * The message that is told in the place of a claimed one and all others of its cause that are due to its reader: somebody who is
 * to know that twelve values of a file are late hears of it once. The message itself where there is no other.
 */
export async function tellTogether(
  { store, composeJoint }: StepServices,
  { site }: ResolvedConfig,
  message: OutboxRecord,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Promise<OutboxRecord> {
  if (message.cause === undefined) return message;
  const messageId = contentDigest({ joint: message.messageId });
  const { channel, recipientId, recipientName, recipientAddress, urgent } = message;
  const joint = await store.outbox.tellTogether(message, {
    messageId,
    until,
    now,
    isRoom: site.channels.some(({ id, kind }) => id === channel && isShared(kind)),
    stale: { of: staleIds, detail: OVER },
    compose: (messages, count) => {
      const facts = messages.flatMap(({ about }) => about ?? []);
      const periods = facts.map(({ period }) => period);
      const since = earliest(periods, Object.values(site.periodCalendars ?? {}));
      return {
        threadId: contentDigest({ threads: messages.map(({ threadId }) => threadId).toSorted(), count }),
        ...{ channel, recipientId, recipientName },
        ...(recipientAddress === undefined ? {} : { recipientAddress }),
        ...(urgent === undefined ? {} : { urgent }),
        ...composeJoint({ messageId, messages: facts, count, since, recipientName }),
        createdAt: now,
      };
    },
  });
  return joint ?? message;
}

/** Ids of the stale ones among the messages of a thread that wait for their reader's hours. */
export function staleIds(waiting: readonly OutboxRecord[]): readonly string[] {
  const stale = staleMessages(waiting.map(({ about }) => about?.transition ?? ''));
  return stale.flatMap((index) => waiting[index]?.messageId ?? []);
}

/** The period, or time, that begins first; of those that begin together the shortest id. */
function earliest(periods: readonly string[], calendars: Parameters<typeof periodNamed>[1]): string {
  const starts = periods.map((id) => ({ id, start: periodNamed(id, calendars)?.start ?? id }));
  const [first] = starts.toSorted((a, b) =>
    a.start === b.start ? a.id.length - b.id.length : a.start < b.start ? -1 : 1,
  );
  return first?.id ?? '';
}
