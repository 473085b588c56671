// The files of the guide, beside a database as it describes: what it promises is what a run gives.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { formatProblems, readConfig } from '#src/config/index.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { filesAfter, unnamedLanguages, withConfigFolder } from './guide-files.js';

const GUIDE = 'read-a-database.md';
const AT = '2026-11-10T06:30:00Z';

it('its files say where they go', async () => {
  expect((await unnamedLanguages(GUIDE)).filter((info) => /^(yaml|csv)/.test(info))).toEqual([]);
});

it('its measures have the values of the database', async () => {
  await withConfigFolder(await filesAfter('first-scorecard.md', GUIDE), async (folder) => {
    await mkdir(join(folder, '../exports'), { recursive: true });
    const database = new Database(join(folder, '../exports/shop.sqlite'));
    database.exec(`create table orders (id integer, ordered_on text, amount_cents integer, express boolean, status text, updated_at text);
      create table returns (order_id integer, returned_on text);
      insert into orders values (1, '2026-09-01', 1999, 1, 'paid', '2026-09-01 08:00:00'), (2, '2026-09-30', 2501, 0, 'paid', '2026-09-30 08:00:00'),
        (3, '2026-09-15', 9999, 0, 'open', '2026-09-15 08:00:00'), (4, '2026-10-01', 100, 0, 'paid', '2026-10-01 08:00:00');
      insert into returns values (2, '2026-09-30');`);
    database.close();
    const { config, problems } = await readConfig(folder, builtInConnectors);
    if (config === undefined) throw new Error(formatProblems(problems));
    const store = await openSiteStore(config.site.store, folder, {});
    try {
      await applyToStore(store, config, AT);
      const groups = config.pullGroups.map((group) => group.id);
      const services = createServices(store, { env: {}, logLevel: 'fatal', folder: config.folder });
      await runOnce(services, config, { groups, logicalTime: AT, signal: new AbortController().signal });
      const actuals = await store.read.currentActuals(['service/turnover', 'service/returned'], '2026-09-01');
      expect(
        actuals
          .filter(({ period }) => period.id === '2026-09')
          .map(({ measure, value }) => [measure, value])
          .toSorted(),
      ).toEqual([
        ['service/returned', '25.01'],
        ['service/turnover', '45'],
      ]);
    } finally {
      await store.close();
    }
  });
});
