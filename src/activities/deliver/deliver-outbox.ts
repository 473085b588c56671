import type { ResolvedConfig } from '#src/config/types.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';
import type { ChannelSender, DeliveryResult } from '#src/notify/types.js';
import type { OutboxRecord } from '#src/store/types.js';
import type { StepAttempt, StepServices } from '../context.js';
import type { DeliverySummary } from '../types.js';
import { nextAttemptAt } from './delivery-back-off.js';

/** Longer than any channel takes for one message; what a deliverer that died held is sent after it. */
const CLAIM_MS = 120_000;

/** Messages one step takes. */
const MESSAGES_A_STEP = 50;

/**
 * Sends the messages that are due, and records of each what became of it right after the attempt.
 *
 * At least once: what a worker that dies between sending and recording had sent is sent again, under the same message
 * id. Two deliverers at once share the messages out between them.
 */
export async function deliverOutbox(
  services: StepServices,
  request: { readonly configRevision: string },
  attempt: StepAttempt,
): Promise<DeliverySummary> {
  const config = await services.loadConfig(request.configRevision);
  const due = await services.store.outbox.due(services.now(), MESSAGES_A_STEP);
  const senders = new Map<string, ChannelSender | DeliveryResult>();
  const counts = { sent: 0, retried: 0, dead: 0 };
  try {
    for (const message of due) {
      attempt.signal.throwIfAborted();
      if (!(await services.store.outbox.claim(message, addMilliseconds(services.now(), CLAIM_MS)))) continue;
      const result = await send(services, config, senders, message, attempt.signal);
      counts[await record(services, message, result)] += 1;
    }
  } finally {
    for (const sender of senders.values()) if ('send' in sender) await sender.close();
  }
  return { ...counts, more: due.length === MESSAGES_A_STEP };
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
  const { messageId, threadId, subject, text, about, recipientId, recipientName, recipientAddress } = message;
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
  services: StepServices,
  message: OutboxRecord,
  result: DeliveryResult,
): Promise<'sent' | 'retried' | 'dead'> {
  const { outbox } = services.store;
  const { messageId, channel } = message;
  const now = services.now();
  if (result.outcome === 'sent') {
    await outbox.markSent(messageId, now, result.detail);
    return 'sent';
  }
  const next = result.outcome === 'retry' ? nextAttemptAt(message, now, result.retryAfterMs) : undefined;
  if (next !== undefined) {
    await outbox.markRetry(messageId, next, result.detail);
    return 'retried';
  }
  services.logger.warn({ messageId, channel }, 'a message could not be delivered and was given up');
  await outbox.markDead(messageId, result.detail);
  return 'dead';
}
