import { z } from 'zod';
import { Id, REFERENCE_FORMS } from './scalars.js';

/** One connection. Its options are checked by its connector, not here. */
export const ConnectionSpec = z.strictObject({
  connector: Id.describe('Kind of source.'),
  owner: Id.describe('Person told when the source cannot be read.'),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe(`How to reach it; each connector has options of its own. Secrets only as ${REFERENCE_FORMS}.`),
});
export type ConnectionSpec = z.infer<typeof ConnectionSpec>;

/** `connections.yaml` as a person writes it. */
export const ConnectionsSpec = z
  .strictObject({ connections: z.record(Id, ConnectionSpec).describe('Systems to read from, by id.') })
  .describe('How to reach the systems that actuals come from.');
export type ConnectionsSpec = z.infer<typeof ConnectionsSpec>;
