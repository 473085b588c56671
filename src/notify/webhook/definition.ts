import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openEndpoint } from '../http/endpoint.js';
import { checkedHeaders, HeaderName, secretsOfHeaders } from '../http/headers.js';
import { httpShape } from '../http/options.js';
import { openHttpSender } from '../http/sender.js';
import { cloudEventOf } from './cloud-event.js';
import { isSecret, signatureHeaders } from './signature.js';

const SHORTEST_SECRET = 16;

const SigningSecret = z.string().min(SHORTEST_SECRET).refine(isSecret).meta({ secret: true });

const webhookOptions = z.strictObject({
  url: z.string().min(1).meta({ secret: true }).describe('https:// address that messages are posted to.'),
  signing_secret: SigningSecret.describe('What messages are signed with: whsec_ and base64, or any other text.'),
  next_signing_secret: SigningSecret.optional().describe('Signed with as well, while the secret is changed.'),
  headers: z
    .record(HeaderName, z.string().meta({ secret: true }))
    .optional()
    .describe('Further request headers; their values are references.'),
  ...httpShape,
});
export type WebhookOptions = z.infer<typeof webhookOptions>;

/** CloudEvents over HTTP, signed: for programs that do something with what they are told. */
export const webhookChannel: ChannelDefinition<WebhookOptions> = {
  kind: 'webhook',
  options: webhookOptions,
  async open(options, context) {
    const { siteId, channelId, now } = context;
    const headers = checkedHeaders(channelId, options.headers);
    const { signing_secret, next_signing_secret } = options;
    const signing = [signing_secret, ...(next_signing_secret === undefined ? [] : [next_signing_secret])];
    return openHttpSender({
      endpoint: await openEndpoint(options.url, options, context),
      secrets: [...signing.flatMap((secret) => [secret, secret.replace(/^whsec_/, '')]), ...secretsOfHeaders(headers)],
      compose: (message) => {
        const body = JSON.stringify(cloudEventOf(message, siteId));
        const seconds = Math.floor(now().getTime() / 1000);
        const signature = signatureHeaders(signing, { id: message.messageId, seconds, body });
        return {
          headers: { ...headers, ...signature, 'content-type': 'application/cloudevents+json; charset=utf-8' },
          body,
        };
      },
      now,
    });
  },
};
