import { z } from 'zod';
import { Host } from './channel-spec.js';

/** Where messages and heartbeats may go, and what may be read. */
export const NetworkSpec = z.strictObject({
  allow_hosts: z
    .array(Host)
    .min(1)
    .describe(
      'The only hosts that channels, heartbeats and connections reach, mail servers and databases among them; *.example.com is every host below example.com.',
    ),
});
