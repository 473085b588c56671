import { z } from 'zod';
import type { ChannelContext } from './channel-definition.js';
import { openEndpoint } from './http/endpoint.js';
import { httpShape } from './http/options.js';
import { openPoster } from './http/sender.js';
import type { DeliveryResult } from './types.js';

const heartbeatOptions = z.strictObject({ url: z.string().min(1).meta({ secret: true }), ...httpShape });

/** Posts once to a service that raises an alarm when this stays out. Nothing is said: that it comes is all. */
export async function sendHeartbeat(
  options: unknown,
  context: ChannelContext,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const { url, ...http } = heartbeatOptions.parse(options);
  const endpoint = await openEndpoint(url, http, context);
  return openPoster({ endpoint, secrets: [], now: context.now })(() => ({ headers: {}, body: '' }), signal);
}
