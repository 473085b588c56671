import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openEndpoint } from '../http/endpoint.js';
import { httpShape } from '../http/options.js';
import { openHttpSender } from '../http/sender.js';
import { slackMessageOf } from './blocks.js';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

const slackOptions = z.strictObject({
  url: z.string().min(1).meta({ secret: true }).describe('Address of the incoming webhook; all of it is a secret.'),
  ...httpShape,
});
export type SlackOptions = z.infer<typeof slackOptions>;

/** A room in Slack, by an incoming webhook. */
export const slackChannel: ChannelDefinition<SlackOptions> = {
  kind: 'slack',
  options: slackOptions,
  open: async (options, context) =>
    openHttpSender({
      endpoint: await openEndpoint(options.url, options, context, HOSTS),
      secrets: [],
      compose: (message) => ({
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(slackMessageOf(message)),
      }),
      now: context.now,
    }),
};
