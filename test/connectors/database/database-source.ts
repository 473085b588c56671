import { setTimeout as wait } from 'node:timers/promises';
import { databaseConnector } from '#connectors/database/definition.js';
import type { DatabaseConnection, DatabaseExtract } from '#connectors/database/options.js';
import type { ReadRequest, Source } from '#connectors/sdk/types.js';
import { readAll, request, type WholeRead } from '../read-all.js';

/** Opens a source, and closes it whatever happens. */
export async function withSource<T>(
  connection: DatabaseConnection,
  work: (source: Source<DatabaseExtract>) => Promise<T>,
): Promise<T> {
  const source = await databaseConnector.open(connection, {
    baseDirectory: '/',
    cacheDirectory: '/nowhere',
    now: () => '2026-08-03T06:00:00Z',
  });
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Reads one query to its end. */
export function readQuery(
  connection: DatabaseConnection,
  query: string,
  columns: readonly string[],
  change: Partial<ReadRequest<DatabaseExtract>> = {},
): Promise<WholeRead> {
  return withSource(connection, (source) => readAll(source, request({ query }, columns, change)));
}

/** Outcome of each probe: `reachable ok`. */
export function outcomes(connection: DatabaseConnection): Promise<readonly string[]> {
  return withSource(connection, async (source) =>
    (await source.check(new AbortController().signal)).map(({ name, outcome }) => `${name} ${outcome}`),
  );
}

/** What `look` gives once it is something else than `undefined`. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(20);
  }
  throw new Error(`Waited in vain for ${what}`);
}
