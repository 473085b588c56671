import type { ChannelSender, DeliveryResult, Message } from '../types.js';
import { concealing, secretsOfUrl } from './conceal.js';
import type { Endpoint } from './endpoint.js';
import { outcomeOfAnswer, outcomeOfError } from './outcome.js';
import { type PostRequest, post } from './post.js';

export interface HttpSenderParts {
  readonly endpoint: Endpoint;
  /** Beside those that the url holds. */
  readonly secrets: readonly string[];
  /** A message as the other side takes it. */
  readonly compose: (message: Message) => PostRequest;
  readonly now: () => Date;
}

/** Sends each message by one POST; what came of it is in the answer's status. */
export function openHttpSender({ endpoint, secrets, compose, now }: HttpSenderParts): ChannelSender {
  const { url, timeoutMs } = endpoint;
  const conceal = concealing([...secretsOfUrl(url), ...secrets]);

  const send = async (message: Message, signal: AbortSignal): Promise<DeliveryResult> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      signal.throwIfAborted();
      const answer = await post(endpoint, compose(message), AbortSignal.any([signal, timeout]));
      return outcomeOfAnswer(answer, url.host, conceal, now().getTime());
    } catch (error) {
      if (signal.aborted) return { outcome: 'retry', detail: `Stopped before ${url.host} had taken the message.` };
      if (timeout.aborted) {
        return { outcome: 'retry', detail: `${url.host} gave no answer within ${timeoutMs / 1000} seconds.` };
      }
      return outcomeOfError(error, url.host, conceal);
    }
  };

  return { send, close: async () => undefined };
}
