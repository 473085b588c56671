import { fingerprintOf, inferField } from '#connectors/sdk/discover/infer-fields.js';
import type { DiscoveredField, DiscoveredStream, DiscoverRequest } from '#connectors/sdk/discovery.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Dialect } from '../dialects/dialect.js';
import { ask } from '../sql/ask.js';
import { type CatalogColumn, type CatalogTable, describeTable, listTables } from '../sql/catalog.js';
import { identifier, parseTableName, type TableName, tableIdentifier } from '../sql/names.js';
import { affinityOf } from '../sql/sqlite-affinity.js';
import { boundQuery, join, raw, sql } from '../sql/statement.js';
import { typeByDeclaration } from './declared-type.js';

const LIMITS = { maxRows: 1_000_000, maxBytes: 256 * 1024 * 1024, timeoutMs: 120_000 };

/** Tables and views with their columns, and what a few of their rows show. */
export async function discoverTables(dialect: Dialect, request: DiscoverRequest): Promise<readonly DiscoveredStream[]> {
  const guard = guardRead(`the tables of ${dialect.place}`, LIMITS, request.signal);
  try {
    guard.checkpoint();
    const streams: DiscoveredStream[] = [];
    for (const table of await listTables(dialect, guard)) {
      if (request.stream !== undefined && request.stream !== nameOf(table.name)) continue;
      streams.push(await discoverTable(dialect, table, request.sampleRows, guard));
    }
    return streams;
  } finally {
    guard.close();
  }
}

async function discoverTable(
  dialect: Dialect,
  { name, kind }: CatalogTable,
  sampleRows: number,
  guard: ReadGuard,
): Promise<DiscoveredStream> {
  const notes: string[] = [];
  const columns = await orNote(describeTable(dialect, name, guard), notes, 'its columns could not be read');
  const rows = await orNote(sample(dialect, name, columns, sampleRows, guard), notes, 'its rows could not be read');
  const fields = columns.map((column, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    const inferred = inferField(column.name, cells, column.declared === '' ? undefined : column.declared);
    return { ...inferred, ...(typeByDeclaration(column, dialect.grammar) ?? approximated(column, inferred)) };
  });
  return {
    name: nameOf(name),
    kind,
    fields,
    sampledRows: rows.length,
    fingerprint: fingerprintOf(fields),
    source: sourceOf(dialect, name),
    notes,
  };
}

/** SQLite has no exact fractions: a column of numbers keeps them as REAL, whatever it was declared as. */
function approximated(
  { kind, declared }: CatalogColumn,
  { type, evidence }: DiscoveredField,
): Partial<DiscoveredField> {
  const isNumber = type === 'decimal' || type === 'integer';
  if (kind !== 'stored' || !isNumber || affinityOf(declared) !== 'number') return {};
  return type === 'decimal' || /real|floa|doub/i.test(declared) ? { evidence: `${evidence}; approximate (REAL)` } : {};
}

function sample(
  dialect: Dialect,
  table: TableName,
  columns: readonly CatalogColumn[],
  sampleRows: number,
  guard: ReadGuard,
): Promise<readonly (readonly RawCell[])[]> {
  if (sampleRows === 0 || columns.length === 0) return Promise.resolve([]);
  const { grammar } = dialect;
  const list = join(
    columns.map((column) => identifier(column.name, grammar)),
    ', ',
  );
  const query = sql`SELECT ${list} FROM ${tableIdentifier(table, grammar)} LIMIT ${raw(String(sampleRows))}`;
  return ask(dialect, boundQuery(query, grammar), guard);
}

/** A table that may not be read, or a view that is broken, is shown all the same, with what the database says of it. */
async function orNote<T>(asking: Promise<readonly T[]>, notes: string[], what: string): Promise<readonly T[]> {
  try {
    return await asking;
  } catch (error) {
    const isOfTable = error instanceof PlumblineError && ['layout', 'permission'].includes(error.kind);
    if (!isOfTable) throw error;
    notes.push(`${what}: ${error.message}`);
    return [];
  }
}

function nameOf({ schema, table }: TableName): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

/** A name with a point in it can only be told to a query. */
function sourceOf({ grammar }: Dialect, name: TableName): DiscoveredStream['source'] {
  const text = nameOf(name);
  const parsed = parseTableName(text);
  if (parsed?.table === name.table && parsed.schema === name.schema) return { table: text };
  return { query: `SELECT * FROM ${tableIdentifier(name, grammar).texts.join('')}` };
}
