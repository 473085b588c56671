import { z } from 'zod';

/** A module of the folder (`./tickets.mjs`) or a package name (`plumbline-connector-tickets`, `@acme/tickets`). */
export const OWN_CONNECTOR = /^(\.\/(?!.*\.\.)[\w./-]+\.m?js|(@[a-z0-9-][\w.-]*\/)?[a-z0-9-][\w.-]*)$/;

/** `connectors.yaml` as a person writes it. */
export const ConnectorsSpec = z
  .strictObject({
    allow: z
      .array(z.string().regex(OWN_CONNECTOR, { error: 'is neither ./a/module.mjs of this folder nor a package name' }))
      .describe('Modules of this folder (./my-source.mjs) and packages that may be loaded as connectors.'),
  })
  .describe('Connectors of your own. Nothing outside this list is ever loaded.');
export type ConnectorsSpec = z.infer<typeof ConnectorsSpec>;
