import { z } from 'zod';
import { wholeNumber } from './scalars.js';

/** How Plumbline watches itself. */
export const WatchSpec = z.strictObject({
  give_up_hours: wholeNumber(1, 720)
    .optional()
    .describe('Hours after which a message that cannot be delivered is given up (default 48).'),
});
export type WatchSpec = z.infer<typeof WatchSpec>;
