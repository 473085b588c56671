import type { ChannelKind, ResolvedConfig } from '#src/config/types.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { OutboxRecord } from '#src/store/types.js';
import type { StepServices } from '../context.js';
import { isShared } from './hours-of.js';

/** Channels whose readers press buttons. A journal keeps what it is told, and programs are nobody. */
const WITH_LINKS: readonly ChannelKind[] = ['email', 'slack', 'teams'];

/**
 * A message with the links of its reader, as it is sent: they are rights, so the store never holds them.
 *
 * Where they cannot be made the message goes without them, and says by which command the same is done.
 */
export async function withLinks(
  { linksOf, composeLinked, now, logger }: StepServices,
  config: ResolvedConfig,
  message: OutboxRecord,
): Promise<OutboxRecord> {
  const { about, recipientId, recipientName, messageId } = message;
  const channel = config.site.channels.find(({ id }) => id === message.channel);
  if (config.site.links === undefined || about === undefined || channel === undefined) return message;
  if (!WITH_LINKS.includes(channel.kind)) return message;
  try {
    const reader = { personId: recipientId, ...(isShared(channel.kind) ? { room: channel.id } : {}) };
    const links = await linksOf(config, about, reader, now());
    return links.length === 0 ? message : { ...message, ...composeLinked({ about, links, recipientName }) };
  } catch (error) {
    const { code, message: why } = toFailure(error);
    logger.warn({ messageId, code, why }, 'a message is sent without its links');
    return message;
  }
}
