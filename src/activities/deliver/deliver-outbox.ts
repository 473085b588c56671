import type { ResolvedConfig } from '#src/config/types.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { ChannelSender, DeliveryResult } from '#src/notify/types.js';
import type { OutboxRecord } from '#src/store/types.js';
import type { StepAttempt, StepServices } from '../context.js';
import type { DeliverRequest, DeliverySummary } from '../types.js';
import { assessChannel, assessChannelsByTime } from '../watch/assess-channel.js';
import { beatWhileAllGoesOn } from '../watch/heartbeat.js';
import { isWatched, watchPipeline } from '../watch/watch-pipeline.js';
import { nextAttemptAt } from './delivery-back-off.js';
import { takeMessage } from './take-message.js';
import { withLinks } from './with-links.js';

/** More than a mailbox that is full, or a server that wants to be asked twice: the channel itself. */
const FAILURES_IN_A_ROW = 3;

/** Messages one step takes. */
const MESSAGES_A_STEP = 50;

/**
 * Sends the messages that are due, and records of each what became of it right after the attempt.
 *
 * A channel that is down holds up its own messages only: where {@link FAILURES_IN_A_ROW} have to be tried again, the
 * others of that channel wait for the next step.
 *
 * At least once: what a worker that dies between sending and recording had sent is sent again, under the same message
 * id. Two deliverers at once share the messages out between them.
 */
export async function deliverOutbox(
  services: StepServices,
  request: DeliverRequest,
  attempt: StepAttempt,
): Promise<DeliverySummary> {
  const config = await services.loadConfig(request.configRevision);
  const { outbox } = services.store;
  const telling = { config, recordedAt: services.now(), composeAlert: services.composeAlert };
  const senders = new Map<string, ChannelSender | DeliveryResult>();
  const counts = { sent: 0, retried: 0, dead: 0 };
  const failures = new Map<string, number>();
  const isDown = (channel: string): boolean => (failures.get(channel) ?? 0) >= FAILURES_IN_A_ROW;
  let left = MESSAGES_A_STEP;
  try {
    while (left > 0) {
      const due = await outbox.due(services.now(), left, [...failures.keys()].filter(isDown));
      if (due.length === 0) break;
      for (const message of due) {
        if (isDown(message.channel)) continue;
        attempt.signal.throwIfAborted();
        left -= 1;
        const taken = await takeMessage(services, config, message);
        if (taken === undefined) continue;
        const result = await send(services, config, senders, taken, attempt.signal);
        failures.set(taken.channel, result.outcome === 'retry' ? (failures.get(taken.channel) ?? 0) + 1 : 0);
        counts[await record(services, config, taken, result)] += 1;
      }
    }
  } finally {
    for (const sender of senders.values()) if ('send' in sender) await sender.close();
  }
  await assessChannelsByTime(services.store, telling);
  await watchPipeline(services, config, 'deliver', isWatched(config, request));
  if (left > 0) await beatWhileAllGoesOn(services, config, attempt.signal);
  return { ...counts, more: left === 0 };
}

async function send(
  services: StepServices,
  config: ResolvedConfig,
  senders: Map<string, ChannelSender | DeliveryResult>,
  message: OutboxRecord,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  let sender = senders.get(message.channel);
  if (sender === undefined) {
    sender = await openSender(services, config, message.channel);
    senders.set(message.channel, sender);
  }
  if (!('send' in sender)) return sender;
  const { messageId, threadId, subject, text, about, recipientId, recipientName, recipientAddress } = await withLinks(
    services,
    config,
    message,
  );
  const recipient = {
    id: recipientId,
    name: recipientName,
    ...(recipientAddress === undefined ? {} : { address: recipientAddress }),
  };
  const told = { messageId, threadId, subject, text, recipient, ...(about === undefined ? {} : { about }) };
  return sender.send(told, signal);
}

/** A channel that cannot be opened holds up its own messages only. */
async function openSender(
  services: StepServices,
  config: ResolvedConfig,
  channel: string,
): Promise<ChannelSender | DeliveryResult> {
  try {
    return await services.openChannel(config)(channel);
  } catch (error) {
    const { code, message } = toFailure(error);
    return { outcome: 'retry', detail: `The channel "${channel}" could not be opened: ${code} ${message}` };
  }
}

async function record(
  { store, now: clock, composeAlert, logger }: StepServices,
  config: ResolvedConfig,
  message: OutboxRecord,
  result: DeliveryResult,
): Promise<'sent' | 'retried' | 'dead'> {
  const { messageId, channel } = message;
  const now = clock();
  const telling = { config, recordedAt: now, composeAlert };
  if (result.outcome === 'sent') {
    await store.write(async (writer, reader) => {
      await writer.outbox.markSent(messageId, now, result.detail);
      await assessChannel(writer, reader, telling, channel, 'made good');
    });
    return 'sent';
  }
  const giveUpMs = config.site.watch?.giveUpMs;
  const next = result.outcome === 'retry' ? nextAttemptAt(message, now, result.retryAfterMs, giveUpMs) : undefined;
  if (next !== undefined) {
    await store.outbox.markRetry(messageId, next, result.detail);
    return 'retried';
  }
  logger.warn({ messageId, channel }, 'a message could not be delivered and was given up');
  await store.write(async (writer, reader) => {
    await writer.outbox.markDead(messageId, now, result.detail);
    await assessChannel(writer, reader, telling, channel, 'lost');
  });
  return 'dead';
}
