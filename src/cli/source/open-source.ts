import type { ConnectorRegistry, Source } from '#connectors/sdk/types.js';
import type { ConfigProblem, Connection, Extract, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { connectorsOf } from '#src/worker/connectors.js';
import { sourceServices } from '#src/worker/source-services.js';
import type { CommandContext } from '../context.js';
import { loadConfig } from '../load-config.js';

/** A source that is open, and what it was found by. */
export interface OpenedSource {
  readonly config: ResolvedConfig;
  readonly registry: ConnectorRegistry;
  readonly connection: Connection;
  /** The extract that was named, where it was not the connection. */
  readonly extract: Extract | undefined;
  readonly source: Source<unknown>;
}

/** A connection found by the name of its own, or of an extract that reads from it. */
function findConnection(config: ResolvedConfig, name: string): Pick<OpenedSource, 'connection' | 'extract'> {
  const { connections, extracts } = config;
  const named = extracts.find(({ id }) => id === name);
  const connection =
    connections.find(({ id }) => id === name) ?? connections.find(({ id }) => id === named?.connection);
  // An extract that has the name of another connection than its own is not what was meant.
  const extract = named?.connection === connection?.id ? named : undefined;
  if (connection !== undefined) return { connection, extract };
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_SOURCE',
    `Cannot look at "${name}": it is no connection and no extract.`,
    {
      remedy: `Connections are: ${connections.map(({ id }) => id).join(', ')}; extracts are: ${extracts.map(({ id }) => id).join(', ')}.`,
    },
  );
}

/** Opens a connection for the time of `work`; needs no store and no Temporal. */
export async function withOpenSource<T>(
  context: CommandContext,
  folder: string,
  name: string,
  work: (opened: OpenedSource) => Promise<T>,
): Promise<T> {
  const config = await loadConfig(context, folder, (problem, read) => concerns(problem, findConnection(read, name)));
  const found = findConnection(config, name);
  const registry = await connectorsOf(config.folder);
  const { openSource } = sourceServices(() => Promise.resolve(registry), context.env, context.now);
  const source = await openSource(config, found.connection.id);
  try {
    return await work({ config, registry, ...found, source });
  } finally {
    await source.close();
  }
}

/** Whether a warning is about what was named: a connection, or an extract and the connection it reads from. */
function concerns({ path }: ConfigProblem, { connection, extract }: ReturnType<typeof findConnection>): boolean {
  const places = [`connections.${connection.id}`, ...(extract === undefined ? [] : [`extracts.${extract.id}`])];
  return places.some((place) => path === place || path.startsWith(`${place}.`));
}
