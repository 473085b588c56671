import type { ConnectorDefinition } from '#connectors/sdk/types.js';
import { type CsvConnection, CsvConnectionSchema, type CsvExtract, CsvExtractSchema } from './options.js';

/** Delimited text files in a folder of this machine. */
export const csvConnector: ConnectorDefinition<CsvConnection, CsvExtract> = {
  name: 'csv',
  summary: 'Delimited text files (CSV) in a folder',
  connectionSchema: CsvConnectionSchema,
  extractSchema: CsvExtractSchema,
  capabilities: { filtersByTime: false, localizedText: true },
  async open(options, context) {
    const { openCsvSource } = await import('./source.js');
    return openCsvSource(options, context);
  },
};
