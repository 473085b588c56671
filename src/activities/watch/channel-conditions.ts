import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { FoundCondition } from '#src/domain/alert/types.js';
import type { StoreReader } from '#src/store/types.js';

/** Lost messages named in an alert: the newest few. */
const NAMED = 5;

/**
 * The channels over which messages were lost, one condition each: given up, and nothing delivered to the same person over the
 * same channel since.
 *
 * A lost message that only tells of another such condition is none: two channels that are down would tell of each other for
 * ever.
 */
export async function channelConditions(
  reader: Pick<StoreReader, 'lostMessages'>,
  { site }: ResolvedConfig,
): Promise<readonly FoundCondition[]> {
  const lost = (await reader.lostMessages()).filter(({ about }) => about?.kind !== 'delivery_failed');
  return site.channels.flatMap(({ id }) => {
    const ofChannel = lost.filter(({ channel }) => channel === id);
    const [first, last] = [ofChannel[0], ofChannel.at(-1)];
    if (first === undefined || last === undefined) return [];
    const people = [...new Set(ofChannel.map(({ recipientName }) => recipientName))];
    return [
      {
        kind: 'delivery_failed' as const,
        subject: alertSubject('channel', id),
        period: first.givenUpAt ?? first.createdAt,
        through: last.givenUpAt ?? last.createdAt,
        owner: site.operator,
        summary: `${people.join(', ')} cannot be reached over the channel "${id}": ${counted(ofChannel.length)} given up`,
        details: [
          `Last answer: ${last.detail ?? 'none'}`,
          ...ofChannel.slice(-NAMED).map(({ recipientName, subject }) => `Not told: ${recipientName}, of ${subject}`),
          ...(ofChannel.length > NAMED ? [`and ${ofChannel.length - NAMED} before them`] : []),
          ...(site.channels.length > 1 ? [] : ['It is the only channel: nobody could be told of this']),
          `What to do: mend the channel, then "plumbline outbox retry --channel ${id}", or drop them with a reason`,
        ],
      },
    ];
  });
}

const counted = (messages: number): string => (messages === 1 ? '1 message' : `${messages} messages`);
