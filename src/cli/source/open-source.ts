import type { Source } from '#connectors/sdk/types.js';
import type { Connection, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { connectorsOf } from '#src/worker/connectors.js';
import { sourceServices } from '#src/worker/source-services.js';
import type { CommandContext } from '../context.js';
import { loadConfig } from '../load-config.js';

/** A connection found by the name of its own, or of an extract that reads from it. */
export function findConnection(config: ResolvedConfig, name: string): Connection {
  const extract = config.extracts.find((each) => each.id === name);
  const connection = config.connections.find((each) => each.id === name || each.id === extract?.connection);
  if (connection !== undefined) return connection;
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_SOURCE',
    `Cannot look at "${name}": it is no connection and no extract.`,
    {
      remedy: `Connections are: ${config.connections.map(({ id }) => id).join(', ')}; extracts are: ${config.extracts.map(({ id }) => id).join(', ')}.`,
    },
  );
}

/** Opens a connection for the time of `work`; needs no store and no Temporal. */
export async function withOpenSource<T>(
  context: CommandContext,
  folder: string,
  name: string,
  work: (opened: {
    readonly config: ResolvedConfig;
    readonly connection: Connection;
    readonly source: Source<unknown>;
  }) => Promise<T>,
): Promise<T> {
  const config = await loadConfig(context, folder);
  const connection = findConnection(config, name);
  const { openSource } = sourceServices(() => connectorsOf(config.folder), context.env, context.now);
  const source = await openSource(config, connection.id);
  try {
    return await work({ config, connection, source });
  } finally {
    await source.close();
  }
}
