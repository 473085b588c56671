import { oneCallEach } from '#connectors/sdk/plan.js';
import type { ConnectorDefinition } from '#connectors/sdk/types.js';
import {
  type DatabaseConnection,
  DatabaseConnectionSchema,
  type DatabaseExtract,
  DatabaseExtractSchema,
} from './options.js';

/** Tables and queries of SQLite files, MySQL, MariaDB and PostgreSQL. */
export const databaseConnector: ConnectorDefinition<DatabaseConnection, DatabaseExtract> = {
  name: 'database',
  summary: 'Tables and queries of a SQLite file, MySQL, MariaDB or PostgreSQL',
  connectionSchema: DatabaseConnectionSchema,
  extractSchema: DatabaseExtractSchema,
  capabilities: { filtersByTime: true, localizedText: false, aggregates: true },
  plan: oneCallEach,
  async open(options, context) {
    const { openDatabaseSource } = await import('./source.js');
    return openDatabaseSource(options, context);
  },
};
