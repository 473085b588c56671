import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSheetsServer } from '../../demo/sheets-server/sheets-server.js';
import { collectFolder } from '../collection/collect-folder.js';
import type { Figure, TableRow } from '../figure.js';
import {
  benchSpreadsheet,
  SHEET_LOGICAL_TIME,
  type SheetShape,
  sheetValues,
  writeSheetSite,
} from '../sheets/calls-site.js';

const MEASURES = 100;

/** Requests that a spreadsheet full of measures costs: counted, not timed. */
export const sheetCalls: Figure = {
  id: 'sheet-calls',
  title: `${MEASURES} measures in one spreadsheet: requests, counted by a local stand-in for Google Sheets`,
  async measure() {
    return {
      header: [`${MEASURES} measures`, 'metadata', 'values', 'other', 'in all', 'token exchanges'],
      rows: [
        await requestsOf('one table, a column each', 'one-table'),
        await requestsOf('a named range and an extract each', 'ranges'),
      ],
      notes: ['The real client over HTTP, one collection; every stored value compared with the exact one.'],
    };
  },
};

async function requestsOf(name: string, shape: SheetShape): Promise<TableRow> {
  const parent = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const server = await startSheetsServer([benchSpreadsheet(MEASURES, shape)]);
  try {
    const folder = writeSheetSite(parent, server.url, server.accounts.keyFile, MEASURES, shape);
    const { run, actuals, descriptions } = await collectFolder(folder, { logicalTime: SHEET_LOGICAL_TIME });
    if (run.state !== 'done' || run.rejected > 0) throw new Error(`${JSON.stringify(run)}\n${descriptions.join('\n')}`);
    assertStored(new Map(actuals.map(({ measure, period, value }) => [`${measure} ${period.id}`, value])));
    const count = (...kinds: readonly string[]): number =>
      server.requests.filter(({ kind }) => kinds.includes(kind)).length;
    const kinds = [count('metadata'), count('values'), count('drive', 'other')];
    const all = kinds.reduce((sum, each) => sum + each, 0);
    return [name, ...kinds.map(String), String(all), String(count('token'))];
  } finally {
    await server.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A figure of a collection that stored anything else would be a figure of something else. */
function assertStored(found: ReadonlyMap<string, string>): void {
  const expected = sheetValues(MEASURES);
  const wrong = [...expected].find(([place, value]) => found.get(place) !== value);
  if (wrong !== undefined) throw new Error(`${wrong[0]} must be ${wrong[1]}, is ${found.get(wrong[0])}`);
  if (found.size !== expected.size) throw new Error(`${found.size} values were stored, not ${expected.size}`);
}
