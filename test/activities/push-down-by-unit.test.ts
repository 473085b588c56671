// A table of many units, aggregated by SQLite and read row by row: the outcome is the same, and says so.
import { afterEach, describe, expect, it } from 'vitest';
import { SqliteFile } from '../connectors/database/sqlite-file.js';
import { createSmallSite, measureOf, type SmallSite, scorecardFile } from '../support/small-site.js';

const TABLE = `
create table sales (day text, shop text, region text, amount integer);
insert into sales values
  ('2026-03-02', 'a', 'north', 10), ('2026-03-02', 'a', 'north', 5), ('2026-03-03', 'a', 'north', 7),
  ('2026-03-02', 'B 2', 'south', 100), ('2026-02-27', 'B 2', 'south', 50),
  ('2026-03-02', 'ghost', 'north', 1000), ('2026-03-04', 'phantom', 'north', 2000),
  ('2026-03-02', null, 'north', 4000), ('2026-03-03', '', 'north', 8000),
  ('2026-03-02', 'A', 'north', 16000);
`;

const units = 'units: { shops: { list: [{ id: a }, { id: b-2, key: B 2 }, { id: c }] } }\n';

const extract = (pushDown: boolean): string => `extracts:
  sales:
    connection: shop
    schedule: { every: day, at: '06:30' }
    source: { table: sales }
    push_down: ${pushDown}
    time: day
    columns: { day: date, shop: text, region: text, amount: integer }
`;

const byUnit = (column: string): string =>
  scorecardFile(
    measureOf('sales', 'sales', 'monthly').replace('sum: amount', `sum: amount, unit: { column: ${column} }`),
    measureOf('orders', 'sales', 'weekly').replace('sum: amount', `count: amount > 5, unit: { column: ${column} }`),
  )
    .replace('id: company, name: Company', 'id: shops, name: Shops')
    .replace('frequency: monthly }', 'frequency: monthly, for_each: shops }');

const ALL = scorecardFile(measureOf('everything', 'sales', 'monthly'));

describe('push-down by unit', () => {
  let site: SmallSite | undefined;
  const table = new SqliteFile(TABLE);
  afterEach(() => site?.dispose());

  async function collected(pushDown: boolean, scorecards: Readonly<Record<string, string>>) {
    site = await createSmallSite({
      'units.yaml': units,
      'connections.yaml': `connections: { shop: { connector: database, owner: robin, options: { client: sqlite, file: '${table.file}' } } }\n`,
      'extracts/sales.yaml': extract(pushDown),
      ...scorecards,
    });
    const { seen, used, rejected, skipped } = await site.collect('2026-03-05T05:30:00Z', 'shop-day-0630');
    const addresses = site.config().measures.map(({ address }) => address);
    const actuals = await site.store.read.currentActuals(addresses, '2000-01-01');
    const [pull] = await site.store.read.latestPulls(['sales']);
    const values = actuals.map(({ measure, period, value, evidence }) => ({
      measure,
      period: period.id,
      value,
      evidence,
    }));
    await site.dispose();
    site = undefined;
    return {
      outcome: { values, seen, used, rejected, skipped, notes: pull?.notes },
      pushed: pull?.outcome === 'ok' && pull.description.includes('aggregated by the source'),
      notes: pull?.notes ?? [],
      skips: pull?.outcome === 'ok' ? pull.balance.skipped : {},
    };
  }

  it('gives each unit what its rows give, and skips those of no unit by name', async () => {
    const scorecards = { 'scorecards/shops.yaml': byUnit('shop') };
    const local = await collected(false, scorecards);
    const pushed = await collected(true, scorecards);
    expect(local.pushed).toBe(false);
    expect(pushed.pushed).toBe(true);
    expect(pushed.outcome).toEqual(local.outcome);
    expect(pushed.outcome.values.map(({ measure, period, value }) => `${measure} ${period} ${value}`)).toEqual([
      'shops/a/orders 2026-W10 2',
      'shops/a/sales 2026-03 22',
      'shops/b-2/orders 2026-W09 1',
      'shops/b-2/orders 2026-W10 1',
      'shops/b-2/sales 2026-02 50',
      'shops/b-2/sales 2026-03 100',
    ]);
    expect(pushed.skips).toMatchObject({ unknown_unit: 5 });
    expect(pushed.notes).toEqual([
      expect.stringMatching(/^There is no unit for .*"ghost".*: 5 rows belong to none\.$/),
    ]);
    expect(pushed.notes[0]).toContain('blank cells');
  });

  it('gives a measure of no unit the rows of all, also those of unknown ones', async () => {
    const scorecards = { 'scorecards/shops.yaml': byUnit('shop'), 'scorecards/company.yaml': ALL };
    const local = await collected(false, scorecards);
    const pushed = await collected(true, scorecards);
    expect(pushed.pushed).toBe(true);
    expect(pushed.outcome).toEqual(local.outcome);
    expect(pushed.outcome.values).toContainEqual(
      expect.objectContaining({ measure: 'company/everything', period: '2026-03', value: '31122' }),
    );
    expect(pushed.skips).not.toHaveProperty('unknown_unit');
  });

  it('reads the rows where units are told apart by several columns, and says why', async () => {
    const scorecards = {
      'units.yaml': `${units}  regions: { list: [{ id: north }, { id: south }] }\n`.replace(
        /\{ shops: (.*) \}\n {2}/,
        '\n  shops: $1\n  ',
      ),
      'scorecards/shops.yaml': byUnit('shop'),
      'scorecards/regions.yaml': byUnit('region')
        .replace('id: shops', 'id: regions')
        .replace('each: shops', 'each: regions'),
    };
    const { pushed, notes, outcome } = await collected(true, scorecards);
    expect(pushed).toBe(false);
    expect(notes).toContain('Not aggregated by the source: its measures tell units apart by several columns');
    expect(outcome.values).toContainEqual(
      expect.objectContaining({ measure: 'regions/north/sales', period: '2026-03', value: '31022' }),
    );
  });
});
