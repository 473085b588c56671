import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SheetsServer, startSheetsServer } from './sheets-server/sheets-server.js';
import type { StandInSpreadsheet } from './sheets-server/spreadsheet-data.js';

export interface SheetsStandIn extends Pick<SheetsServer, 'url' | 'accounts' | 'requests'> {
  /** Where its address and its throw-away key are. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Serves spreadsheets in Google's place while the demo runs. What `config/connections.yaml` needs to find it lies in
 * `google-sheets-stand-in/` beside the other sources, and goes when it stops: nobody is to ask an address that is
 * somebody else's by then.
 */
export async function startSheetsStandIn(
  sourcesFolder: string,
  spreadsheets: readonly StandInSpreadsheet[],
): Promise<SheetsStandIn> {
  const server = await startSheetsServer(spreadsheets);
  const folder = join(sourcesFolder, 'google-sheets-stand-in');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'key.json'), server.accounts.keyFile, { mode: 0o600 });
  await writeFile(join(folder, 'address'), `${server.url}\n`);
  return {
    url: server.url,
    accounts: server.accounts,
    requests: server.requests,
    folder,
    async close() {
      await rm(folder, { recursive: true, force: true });
      await server.close();
    },
  };
}
