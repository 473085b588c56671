import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openEndpoint } from '../http/endpoint.js';
import { httpShape } from '../http/options.js';
import { openHttpSender } from '../http/sender.js';
import { teamsMessageOf } from './adaptive-card.js';

/** Where workflows listen; the first is that of addresses made before the end of 2025. */
const HOSTS = ['*.logic.azure.com', '*.environment.api.powerplatform.com'];

const teamsOptions = z.strictObject({
  url: z.string().min(1).meta({ secret: true }).describe('Address of the workflow; all of it is a secret.'),
  ...httpShape,
});
export type TeamsOptions = z.infer<typeof teamsOptions>;

/** A chat or channel in Microsoft Teams, by a workflow that a webhook request starts. */
export const teamsChannel: ChannelDefinition<TeamsOptions> = {
  kind: 'teams',
  options: teamsOptions,
  open: async (options, context) =>
    openHttpSender({
      endpoint: await openEndpoint(options.url, options, context, HOSTS),
      secrets: [],
      compose: (message) => ({
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(teamsMessageOf(message)),
      }),
      now: context.now,
    }),
};
