import type { MessageFacts } from '#src/domain/message/types.js';

/** A message ready to go. */
export interface Message {
  /** Deterministic: the same event to the same person over the same channel has the same id. */
  readonly messageId: string;
  /** Groups the messages of one alert (mail threads). */
  readonly threadId: string;
  readonly recipient: { readonly id: string; readonly name: string; readonly address?: string };
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** The same for programs; absent of messages that an earlier version wrote. */
  readonly about?: MessageFacts;
}

/** What became of one attempt. `retry` may be tried again; `reject` never. */
export type DeliveryResult =
  | { readonly outcome: 'sent'; readonly detail: string }
  | { readonly outcome: 'retry' | 'reject'; readonly detail: string; readonly retryAfterMs?: number };

/** An open channel. Expected failures are results, not errors. */
export interface ChannelSender {
  send(message: Message, signal: AbortSignal): Promise<DeliveryResult>;
  close(): Promise<void>;
}

/** Opens the channel `id` of the configuration; secrets are resolved inside. */
export type OpenChannel = (channelId: string) => Promise<ChannelSender>;
