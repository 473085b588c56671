import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openEndpoint } from '../http/endpoint.js';
import { checkedHeaders, HeaderName, secretsOfHeaders } from '../http/headers.js';
import { httpShape } from '../http/options.js';
import { openHttpSender } from '../http/sender.js';
import { alertsOf } from './alert.js';

const HOLD_DAYS = 90;
const PATH = '/api/v2/alerts';

const alertmanagerOptions = z.strictObject({
  url: z.string().min(1).describe('Address of Alertmanager, without /api/v2/alerts.'),
  labels: z
    .record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string().min(1))
    .optional()
    .describe('Further labels of every alert.'),
  hold_days: z
    .number()
    .positive()
    .max(3660)
    .optional()
    .describe('How long an alert holds of which no end is told (default 90).'),
  headers: z
    .record(HeaderName, z.string().meta({ secret: true }))
    .optional()
    .describe('Further request headers; their values are references.'),
  ...httpShape,
});
export type AlertmanagerOptions = z.infer<typeof alertmanagerOptions>;

/** Alerts in Alertmanager: raised and ended as ours are; whom they reach is its business. */
export const alertmanagerChannel: ChannelDefinition<AlertmanagerOptions> = {
  kind: 'alertmanager',
  options: alertmanagerOptions,
  async open(options, context) {
    const { siteId, channelId, now } = context;
    const headers = checkedHeaders(channelId, options.headers);
    const endpoint = await openEndpoint(options.url, options, context);
    const url = new URL(endpoint.url);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${PATH}`;
    const { labels = {}, hold_days: holdDays = HOLD_DAYS } = options;
    return openHttpSender({
      endpoint: { ...endpoint, url },
      secrets: secretsOfHeaders(headers),
      compose: (message) => ({
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(alertsOf(message, { siteId, labels, holdDays, now: now().toISOString() })),
      }),
      now,
    });
  },
};
