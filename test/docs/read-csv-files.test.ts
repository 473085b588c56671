// The files of the guide, put together and read: its measures have the values that it tells.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { formatProblems, readConfig } from '#src/config/index.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { filesAfter, unnamedLanguages, withConfigFolder } from './guide-files.js';

const GUIDE = 'read-csv-files.md';
const AT = '2026-11-10T06:30:00Z';

/** What the guide speaks of but no page can show: an encoding, packed files, marks that a file is whole. */
async function writeDeliveries(exports: string): Promise<void> {
  const sales = join(exports, 'umsatz-2026-09.csv');
  await writeFile(sales, iconv.encode(await readFile(sales, 'utf8'), 'windows-1252'));
  const first = 'delivery,day,parcels\nd1,2026-09-01,3\nd2,2026-09-01,4\n';
  const files = {
    'deliveries-2026-09-01.csv': first,
    'deliveries-2026-09-01.csv.done': '',
    'deliveries-2026-09-02.csv.gz': gzipSync('delivery,day,parcels\nd2,2026-09-01,5\nd3,2026-09-02\n'),
    'deliveries-2026-09-02.csv.gz.done': '',
    'deliveries-2026-09-03.csv': first,
    'deliveries-2026-09-03.csv.done': '',
    'deliveries-2026-09-04.csv': 'delivery,day,parcels\nd4,2026-09-04,1000\n',
  };
  await mkdir(exports, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(exports, name), content);
}

it('its files say where they go', async () => {
  expect((await unnamedLanguages(GUIDE)).filter((info) => /^(yaml|csv)/.test(info))).toEqual([]);
});

it('its files are a configuration without errors or warnings, whose measures have the values it tells', async () => {
  await withConfigFolder(await filesAfter('first-scorecard.md', GUIDE), async (folder) => {
    await writeDeliveries(join(folder, '../exports'));
    const { config, problems } = await readConfig(folder, builtInConnectors);
    expect(formatProblems(problems)).toBe('0 errors, 0 warnings\n');
    if (config === undefined) throw new Error('there is no configuration');
    const store = await openSiteStore(config.site.store, folder, {});
    try {
      await applyToStore(store, config, AT);
      const services = createServices(store, { env: {}, logLevel: 'fatal', folder: config.folder });
      // Neither the server, which is only an example, nor the snapshot, which is of the day that the clock tells.
      const { runs } = await runOnce(services, config, {
        groups: ['exports-day-0630'],
        logicalTime: AT,
        signal: new AbortController().signal,
      });
      // The ticket with the #N/A, and Meyer.
      expect(runs).toMatchObject([{ state: 'done', rejected: 2 }]);
      const actuals = await store.read.currentActuals(
        config.measures.map(({ address }) => address),
        '2026-09-01',
      );
      const september = actuals
        .filter(({ period, measure }) => period.id === '2026-09' && measure !== 'service/first-response-time')
        .map(({ measure, value }) => [measure.replace('service/', ''), value]);
      expect(Object.fromEntries(september)).toEqual({
        sales: '1252',
        parcels: '8',
        hours: '20.5',
        'open-claims': '17',
        backlog: '42',
        incidents: '3',
        'market-share': '3.5',
        'market-price': '12.9',
        'market-turnover': '1200000',
      });
      const [incidents] = await store.read.latestPulls(['incidents']);
      expect(incidents).toMatchObject({ watermark: { evidence: 'as_of_cell', at: '2026-09-30' } });
      const shown = await store.read.currentActuals(['service/market-turnover'], '2026-10-01');
      expect(shown.map(({ value }) => value)).toEqual(['900000']);
    } finally {
      await store.close();
    }
  });
});
