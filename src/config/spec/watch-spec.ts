import { z } from 'zod';
import { httpFields } from './channel-spec.js';
import { REFERENCE_FORMS, Text, wholeNumber } from './scalars.js';

const HeartbeatSpec = z.strictObject({
  url: Text.meta({ secret: true }).describe(`Address that is posted to, as a reference: ${REFERENCE_FORMS}.`),
  ...httpFields,
});

/** How Plumbline watches itself. */
export const WatchSpec = z.strictObject({
  give_up_hours: wholeNumber(1, 720)
    .optional()
    .describe('Hours after which a message that cannot be delivered is given up (default 48).'),
  silent_after_minutes: wholeNumber(5, 43_200)
    .optional()
    .describe(
      'Minutes without a sweep, or without a delivery, after which something is wrong (default under Temporal: 30, or three times the longer of sweep_minutes and deliver_minutes; without Temporal nothing is expected).',
    ),
  heartbeat: HeartbeatSpec.optional().describe(
    'A service outside that raises an alarm when this is no longer posted to: after each delivery, as long as sweeps go on.',
  ),
});
export type WatchSpec = z.infer<typeof WatchSpec>;
