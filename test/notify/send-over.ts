import { createOpenChannel } from '#src/notify/channels.js';
import type { ChannelSender, DeliveryResult, Message } from '#src/notify/types.js';
import { aMessage } from './message.js';

type Kind = Parameters<typeof createOpenChannel>[0]['channels'][number]['kind'];

/** The clock of channels in tests. */
export const NOW = new Date('2026-11-09T06:30:05Z');

/** Opens a channel whose secrets are filled in. */
export async function openOver(kind: Kind, options: unknown, baseDirectory = '/'): Promise<ChannelSender> {
  const open = createOpenChannel({
    channels: [{ id: 'room', kind, options }],
    siteId: 'acme',
    resolveSecrets: async (unresolved) => unresolved,
    baseDirectory,
    now: () => NOW,
  });
  return open('room');
}

/** Sends one message and closes the channel again. */
export async function sendOver(
  kind: Kind,
  options: unknown,
  message: Message = aMessage(),
  signal: AbortSignal = new AbortController().signal,
): Promise<DeliveryResult> {
  const sender = await openOver(kind, options);
  try {
    return await sender.send(message, signal);
  } finally {
    await sender.close();
  }
}
