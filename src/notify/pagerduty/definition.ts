import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openEndpoint } from '../http/endpoint.js';
import { httpShape } from '../http/options.js';
import { openHttpSender } from '../http/sender.js';
import { pagerDutyEventOf } from './event.js';

const URL_OF_EVENTS = 'https://events.pagerduty.com/v2/enqueue';
/** The second is that of the service region EU. */
const HOSTS = ['events.pagerduty.com', 'events.eu.pagerduty.com'];

const pagerDutyOptions = z.strictObject({
  routing_key: z.string().min(1).meta({ secret: true }).describe('Integration key of the service or of a ruleset.'),
  url: z.string().min(1).optional().describe('Where events are posted to.'),
  ...httpShape,
});
export type PagerDutyOptions = z.infer<typeof pagerDutyOptions>;

/** Incidents in PagerDuty: opened, acknowledged and resolved as the alert is. */
export const pagerDutyChannel: ChannelDefinition<PagerDutyOptions> = {
  kind: 'pagerduty',
  options: pagerDutyOptions,
  async open(options, context) {
    const { siteId, now } = context;
    return openHttpSender({
      endpoint: await openEndpoint(options.url ?? URL_OF_EVENTS, options, context, HOSTS),
      secrets: [options.routing_key],
      compose: (message) => ({
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(pagerDutyEventOf(message, options.routing_key, siteId)),
      }),
      now,
    });
  },
};
