import type { ConnectorDefinition } from '#connectors/sdk/types.js';
import {
  type DatabaseConnection,
  DatabaseConnectionSchema,
  type DatabaseExtract,
  DatabaseExtractSchema,
} from './options.js';

/** Queries against SQLite files, MySQL and MariaDB. */
export const databaseConnector: ConnectorDefinition<DatabaseConnection, DatabaseExtract> = {
  name: 'database',
  summary: 'Queries against a SQLite file, MySQL or MariaDB',
  connectionSchema: DatabaseConnectionSchema,
  extractSchema: DatabaseExtractSchema,
  capabilities: { filtersByTime: true, localizedText: false },
  async open(options, context) {
    const { openDatabaseSource } = await import('./source.js');
    return openDatabaseSource(options, context);
  },
};
