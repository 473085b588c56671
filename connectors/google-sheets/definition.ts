import type { ConnectorDefinition } from '#connectors/sdk/types.js';
import { type SheetsConnection, SheetsConnectionSchema, type SheetsExtract, SheetsExtractSchema } from './options.js';
import { planSpreadsheets } from './plan.js';

/** Reads a minute that Google grants one user of a project; a service account is one user. */
const CALLS_PER_MINUTE = 60;

/** Tabs and named ranges of Google Sheets, read only. */
export const googleSheetsConnector: ConnectorDefinition<SheetsConnection, SheetsExtract> = {
  name: 'google-sheets',
  summary: 'Tabs and named ranges of Google Sheets',
  connectionSchema: SheetsConnectionSchema,
  extractSchema: SheetsExtractSchema,
  capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
  plan: planSpreadsheets,
  async quota(options, context) {
    const { quotaAccount } = await import('./quota.js');
    return { account: await quotaAccount(options, context), callsPerMinute: CALLS_PER_MINUTE };
  },
  async open(options, context) {
    const { openSheetsSource } = await import('./source.js');
    return openSheetsSource(options, context);
  },
};
