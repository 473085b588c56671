import type { ResolvedConfig } from '#src/config/types.js';
import { addMilliseconds, compareInstants } from '#src/domain/period/period-instants.js';
import type { OutboxMessage, OutboxRecord } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import type { StepServices } from '../context.js';
import { channelsOfPeople, notBefore } from './hours-of.js';
import { OVER, staleIds, tellTogether } from './tell-together.js';

/** Longer than any channel takes for one message; what a deliverer that died held is sent after it. */
const CLAIM_MS = 120_000;

/** Kind of a message that is told in the place of others. */
const SUMMARY = 'summary';

/**
 * Takes a message that is due for one attempt: itself, or the one that is told in its place and that of others.
 *
 * What may not reach its reader now waits for his hours; what is stale by then is dropped; what is more than he may get in an
 * hour waits, and is told with all others that do in one message. Programs get everything at once.
 *
 * @returns `undefined` where there is nothing to send: another deliverer has it, it waits, or it is stale
 */
export async function takeMessage(
  services: StepServices,
  config: ResolvedConfig,
  message: OutboxRecord,
): Promise<OutboxRecord | undefined> {
  const { outbox } = services.store;
  const now = services.now();
  const until = addMilliseconds(now, CLAIM_MS);
  const channels = channelsOfPeople(config);
  if (!channels.includes(message.channel)) return (await outbox.claim(message, until)) ? message : undefined;
  const free = notBefore(now, message, config);
  if (compareInstants(free, now) > 0) {
    await outbox.hold(message, free);
    return undefined;
  }
  const { maxPerHour } = config.site;
  // These count for the others, and wait for none.
  const isFree = maxPerHour === undefined || message.urgent === true || message.about?.kind === SUMMARY;
  const maximum = { now, channels, ...(isFree ? {} : { most: maxPerHour }) };
  const isTaken =
    maxPerHour === undefined
      ? await outbox.claim(message, until)
      : (await outbox.claimWithin(message, until, maximum)) === 'claimed';
  if (!isTaken) return undefined;
  // Only who has claimed the first of a thread looks at the others: nobody else can send or drop them meanwhile.
  if (message.heldBy === 'hours' && (await dropStale(services, message))) return undefined;
  if (message.heldBy !== 'maximum' || isFree) return tellTogether(services, config, message, { now, until });
  return (await outbox.summarise(message, until, now, (held) => summaryOf(held, services, config))) ?? message;
}

/** @returns whether the message itself is among what is dropped */
async function dropStale({ store }: StepServices, message: OutboxRecord): Promise<boolean> {
  const ids = staleIds(await store.outbox.heldInThread(message));
  if (ids.length > 0) await store.outbox.drop(ids, OVER);
  return ids.includes(message.messageId);
}

function summaryOf(
  held: readonly OutboxRecord[],
  { composeSummary, now }: StepServices,
  { site }: ResolvedConfig,
): OutboxMessage {
  const [first] = held;
  const { channel = '', recipientId = '', recipientName = '', recipientAddress } = first ?? {};
  const at = now();
  const messageId = contentDigest({ summary: held.map(({ messageId: id }) => id) });
  return {
    messageId,
    threadId: messageId,
    channel,
    recipientId,
    recipientName,
    ...(recipientAddress === undefined ? {} : { recipientAddress }),
    ...composeSummary({ messages: held, siteName: site.name, recipientId, recipientName, at }),
    createdAt: at,
  };
}
