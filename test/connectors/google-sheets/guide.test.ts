// The guide's files, put together and read against the local stand-in, give what the guide promises.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvConnector } from '#connectors/csv/definition.js';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { SheetsConnectionSchema, SheetsExtractSchema } from '#connectors/google-sheets/options.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import { formatProblems, readConfig } from '#src/config/index.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import { startSheetsServer } from '../../../demo/sheets-server/sheets-server.js';
import { filesAfter, unnamedLanguages, withConfigFolder } from '../../docs/guide-files.js';
import { readAll, request } from '../read-all.js';

const GUIDES = ['first-scorecard.md', 'google-sheets.md'];
const day = (serial: number) => ({ serial, shown: 'as shown' });
const SHEET = {
  id: '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789',
  title: 'Calls',
  timeZone: 'Europe/Berlin',
  tabs: [
    {
      sheetId: 0,
      title: 'Calls',
      at: 'B3',
      cells: [
        ['Day', 'Calls', 'Answered'],
        [day(46_266), 120, 108],
        [day(46_267), 95, 76],
        [day(46_300), 130, 117],
      ],
    },
  ],
  namedRanges: { calls: { tab: 'Calls', range: 'B3:D20' } },
};

describe('the guide', () => {
  it('says where every file goes', async () => {
    expect((await unnamedLanguages('google-sheets.md')).filter((info) => /^(yaml|csv)/.test(info))).toEqual([]);
  });

  it('is a configuration without errors or warnings, which reads the table it shows', async () => {
    await withConfigFolder(await filesAfter(...GUIDES), async (folder) => {
      const { config, problems } = await readConfig(folder, createRegistry([csvConnector, googleSheetsConnector]));
      expect(formatProblems(problems)).toBe('0 errors, 0 warnings\n');
      const extract = config?.extracts.find(({ id }) => id === 'calls');
      const connection = config?.connections.find(({ id }) => id === 'sheets');
      const server = await startSheetsServer([SHEET]);
      try {
        const options = SheetsConnectionSchema.parse(Object.assign({ endpoint: server.url }, connection?.options));
        const key = resolve(folder, options.credentials_file ?? '');
        await mkdir(dirname(key), { recursive: true });
        await writeFile(key, server.accounts.keyFile);
        const context = { baseDirectory: folder, cacheDirectory: folder, now: () => '2026-11-10T06:30:00Z' };
        const source = await googleSheetsConnector.open(options, context);
        const specs = extract?.columns ?? [];
        const { rows, rejects } = await readAll(
          source,
          request(
            SheetsExtractSchema.parse(extract?.source),
            specs.map(({ sourceName }) => sourceName),
            { columnSpecs: specs },
          ),
        );
        await source.close();
        const typed = rows.map((cells) =>
          cells.map((cell, index) => specs.slice(index, index + 1).map((spec) => createCellReader(spec)(cell))),
        );
        expect(rejects).toEqual([]);
        expect(
          typed.map((cells) => cells.map(([reading]) => (reading?.ok === true ? reading.value : undefined))),
        ).toEqual([
          ['2026-09-01', '120', '108'],
          ['2026-09-02', '95', '76'],
          ['2026-10-05', '130', '117'],
        ]);
      } finally {
        await server.close();
      }
    });
  });
});
