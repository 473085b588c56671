import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import {
  type SheetsConnection,
  SheetsConnectionSchema,
  type SheetsExtract,
  SheetsExtractSchema,
} from '#connectors/google-sheets/options.js';
import type { OpenContext, Source } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type SheetsServer, startSheetsServer } from '../../../demo/sheets-server/sheets-server.js';
import type { StandInSpreadsheet, StandInTab } from '../../../demo/sheets-server/spreadsheet-data.js';

export const ID = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
const NOW = '2026-11-10T06:30:00Z';

/** A stand-in with one spreadsheet, and an open connection to it. */
export interface SheetsSite {
  readonly server: SheetsServer;
  readonly source: Source<SheetsExtract>;
  readonly context: OpenContext;
  connection(change?: Record<string, unknown>): SheetsConnection;
}

export function spreadsheet(tabs: readonly StandInTab[], change: Partial<StandInSpreadsheet> = {}): StandInSpreadsheet {
  return { id: ID, title: 'Sales', timeZone: 'Europe/Berlin', tabs, ...change };
}

export const tab = (cells: StandInTab['cells'], change: Partial<StandInTab> = {}): StandInTab => ({
  sheetId: 0,
  title: 'Data',
  cells,
  ...change,
});

export function extract(change: Record<string, unknown> = {}): SheetsExtract {
  return SheetsExtractSchema.parse({
    spreadsheet: ID,
    ...(change['range'] === undefined ? { tab: 'Data' } : {}),
    ...change,
  });
}

export async function withSite<T>(
  sheet: StandInSpreadsheet,
  work: (site: SheetsSite) => Promise<T>,
  options: Record<string, unknown> = {},
): Promise<T> {
  const server = await startSheetsServer([sheet]);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-sheets-'));
  await writeFile(join(folder, 'key.json'), server.accounts.keyFile);
  const context: OpenContext = { baseDirectory: folder, cacheDirectory: folder, now: () => NOW };
  const connection = (change: Record<string, unknown> = {}): SheetsConnection =>
    SheetsConnectionSchema.parse({ credentials_file: 'key.json', endpoint: server.url, ...change });
  const source = await googleSheetsConnector.open(connection(options), context);
  try {
    return await work({ server, source, context, connection });
  } finally {
    await source.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The failure of some work, which must fail with one of ours. */
export async function failureOf(work: Promise<unknown>): Promise<PlumblineError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PlumblineError) return error;
  throw new Error('There was no failure of ours', { cause: error });
}
