import { assertReachedHost } from '#connectors/sdk/http/allowed-hosts.js';
import type { OpenContext, Source } from '#connectors/sdk/types.js';
import type { Dialect } from './dialects/dialect.js';
import { discoverTables } from './discover/discover-tables.js';
import type { DatabaseConnection, DatabaseExtract } from './options.js';
import { aggregateTable } from './push-down/aggregate.js';
import { readRows } from './read-rows.js';
import { readWatermark } from './watermark.js';

/** Opens the dialect a connection names; the driver of no other one is loaded. */
export async function openDatabaseSource(
  connection: DatabaseConnection,
  context: OpenContext,
): Promise<Source<DatabaseExtract>> {
  const dialect = await openDialect(connection, context);
  return {
    check: (signal) => dialect.check(signal),
    discover: (request) => discoverTables(dialect, request),
    watermark: (request) => readWatermark(dialect, request),
    read: (request) => readRows(dialect, request),
    aggregate: (request) => aggregateTable(dialect, request),
    close: () => dialect.close(),
  };
}

async function openDialect(connection: DatabaseConnection, context: OpenContext): Promise<Dialect> {
  if (connection.client !== 'sqlite') {
    assertReachedHost(connection.host, context, 'Opening a database: its connection');
  }
  switch (connection.client) {
    case 'sqlite': {
      const { openSqlite } = await import('./dialects/sqlite.js');
      return openSqlite(connection, context.baseDirectory);
    }
    case 'mysql': {
      const { openMysql } = await import('./dialects/mysql.js');
      return openMysql(connection, context.baseDirectory);
    }
    case 'postgres': {
      const { openPostgres } = await import('./dialects/postgres.js');
      return openPostgres(connection, context.baseDirectory);
    }
  }
}
