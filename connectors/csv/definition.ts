import { oneCallEach } from '#connectors/sdk/plan.js';
import type { ConnectorDefinition } from '#connectors/sdk/types.js';
import { type CsvConnection, CsvConnectionSchema, type CsvExtract, CsvExtractSchema } from './options.js';

/** Delimited text files: in a folder of this machine, or below a url. */
export const csvConnector: ConnectorDefinition<CsvConnection, CsvExtract> = {
  name: 'csv',
  summary: 'Delimited text files (CSV) in a folder or behind https',
  connectionSchema: CsvConnectionSchema,
  extractSchema: CsvExtractSchema,
  capabilities: { filtersByTime: false, localizedText: true, aggregates: false },
  plan: oneCallEach,
  async open(options, context) {
    const { openCsvSource } = await import('./source.js');
    return openCsvSource(options, context);
  },
};
