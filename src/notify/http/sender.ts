import type { ChannelSender, DeliveryResult, Message } from '../types.js';
import { concealing, secretsOfUrl } from './conceal.js';
import type { Endpoint } from './endpoint.js';
import { outcomeOfAnswer, outcomeOfError } from './outcome.js';
import { type PostRequest, post } from './post.js';

interface PosterParts {
  readonly endpoint: Endpoint;
  /** Beside those that the url holds. */
  readonly secrets: readonly string[];
  readonly now: () => Date;
}

export interface HttpSenderParts extends PosterParts {
  /** A message as the other side takes it. */
  readonly compose: (message: Message) => PostRequest;
}

/** Sends each message by one POST; what came of it is in the answer's status. */
export function openHttpSender({ compose, ...parts }: HttpSenderParts): ChannelSender {
  const poster = openPoster(parts);
  return {
    send: (message, signal) => poster(() => compose(message), signal),
    close: async () => undefined,
  };
}

/** Posts requests; expected failures are results, and none shows a secret. */
export function openPoster({ endpoint, secrets, now }: PosterParts) {
  const { url, timeoutMs } = endpoint;
  const conceal = concealing([...secretsOfUrl(url), ...secrets]);

  return async (request: () => PostRequest, signal: AbortSignal): Promise<DeliveryResult> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      signal.throwIfAborted();
      const answer = await post(endpoint, request(), AbortSignal.any([signal, timeout]));
      return outcomeOfAnswer(answer, url.host, conceal, now().getTime());
    } catch (error) {
      if (signal.aborted) return { outcome: 'retry', detail: `Stopped before ${url.host} had taken the message.` };
      if (timeout.aborted) {
        return { outcome: 'retry', detail: `${url.host} gave no answer within ${timeoutMs / 1000} seconds.` };
      }
      return outcomeOfError(error, url.host, conceal);
    }
  };
}
