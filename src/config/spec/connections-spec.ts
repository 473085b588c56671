import { z } from 'zod';
import { OWN_CONNECTOR } from './connectors-spec.js';
import { DueSpec } from './due-spec.js';
import { Id, quote, REFERENCE_FORMS } from './scalars.js';
import { sourceSettings } from './source-spec.js';

/** One connection. Its options are checked by its connector, not here. */
export const ConnectionSpec = z.strictObject({
  connector: z
    .string()
    .max(200)
    .regex(OWN_CONNECTOR, { error: ({ input }) => `${quote(input)} is no connector's name` })
    .meta({ remedy: 'write csv, database, google-sheets, or a connector of your own as connectors.yaml has it' })
    .describe('Kind of source; one of your own by the name it has in connectors.yaml.'),
  owner: Id.describe('Person told when the source cannot be read.'),
  due: DueSpec.optional().describe('When values from it are due, unless their scorecard or measure says otherwise.'),
  ...sourceSettings,
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
