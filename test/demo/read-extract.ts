import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import { resolveSecrets } from '#src/config/index.js';
import type { Extract, ResolvedConfig } from '#src/config/types.js';
import type { Observation } from '#src/domain/actual/types.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { RejectRule } from '#src/domain/value/types.js';
import { CONNECTORS } from './example-config.js';

const WINDOW = { start: '2024-10-01', end: '2027-01-01' };

export interface ReadExtract {
  readonly observations: readonly Observation[];
  readonly rejects: readonly { readonly locator: string; readonly rule: RejectRule }[];
}

/**
 * Reads and types an extract of two years, with the real connector.
 *
 * @param baseDirectory where relative paths of the connection start
 * @param options of the connection, instead of the configured ones
 */
export async function readExtract(
  config: ResolvedConfig,
  extract: Extract,
  baseDirectory: string,
  options?: unknown,
): Promise<ReadExtract> {
  const connection = config.connections.find(({ id }) => id === extract.connection);
  const connector = CONNECTORS.get(connection?.connector ?? '');
  if (connection === undefined || connector === undefined) throw new Error(`no connection for ${extract.id}`);
  const resolved = await resolveSecrets(options ?? connection.options, {}, baseDirectory);
  const source = await connector.open(connector.connectionSchema.parse(resolved), {
    baseDirectory,
    cacheDirectory: baseDirectory,
    now: () => '2026-11-23T12:00:00Z',
  });
  const readers = extract.columns.map(createCellReader);
  const timeIndex = extract.columns.findIndex(({ name }) => name === extract.timeColumn);
  const isInstant = extract.columns[timeIndex]?.type === 'datetime';
  const observations: Observation[] = [];
  const rejects: { locator: string; rule: RejectRule }[] = [];
  const batches = source.read({
    extract: extract.id,
    options: connector.extractSchema.parse(extract.source),
    columns: extract.columns.map(({ sourceName }) => sourceName),
    columnTypes: extract.columns.map(({ type }) => type),
    columnSpecs: extract.columns,
    window: WINDOW,
    limits: extract.limits,
    signal: new AbortController().signal,
  });
  for await (const batch of batches) {
    rejects.push(...batch.rejects.map(({ locator, rule }) => ({ locator, rule })));
    for (const [index, row] of rowsAsText(batch.rows).entries()) {
      const locator = batch.locate(index);
      const readings = row.map((cell, column) => readers[column]?.(cell));
      const cells = readings.map((reading) => (reading?.ok === true ? reading.value : null));
      const problem = readings.find((reading) => reading?.ok === false);
      if (problem?.ok === false) rejects.push({ locator, rule: problem.problem.rule });
      const time = cells[timeIndex];
      if (problem !== undefined || typeof time !== 'string') continue;
      observations.push({ cells, date: isInstant ? dateInZone(time, config.site.timeZone) : time, time, locator });
    }
  }
  await source.close();
  return { observations: latest(extract, observations), rejects };
}

/** Of rows with the same key, the one read last. */
function latest(extract: Extract, observations: readonly Observation[]): readonly Observation[] {
  const { duplicates, columns } = extract;
  if (duplicates.keep !== 'last') return observations;
  const key = (observation: Observation): string =>
    JSON.stringify(
      duplicates.key.map((name) => observation.cells[columns.findIndex((column) => column.name === name)]),
    );
  return [...new Map(observations.map((observation) => [key(observation), observation])).values()];
}
