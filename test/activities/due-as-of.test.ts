// A value is due when its source says that it stands at the period: through real files, runs, sweeps and store.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { timelinessByMeasure } from '#src/activities/absence/timeliness.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';
import { dumpStore } from '../support/store-dump.js';

const DUE = '    due: { as_of: true, business_days: 5, grace_days: 1 }\n';
const EXTRACT = extractOf('sales', '    evidence: as_of\n').replace(
  "files: 'sales*.csv'",
  "files: 'sales*.csv', skip_lines: 1, as_of: B1",
);

let site: SmallSite | undefined;
afterEach(() => site?.dispose());

/** The file as it stands at a day, with a value of each of the months. */
const said = (asOf: string, ...months: readonly string[]) => ({
  'sources/sales.csv': `As of,${asOf}\nday,code,amount\n${['2026-08', ...months].map((month) => `${month}-10,a,200\n`).join('')}`,
});

/** August was read in September. September is over; by the rule it is due by the end of Wednesday 7 October at the latest. */
async function inOctober(): Promise<SmallSite> {
  site = await createSmallSite({
    'extracts/sales.yaml': extractsFile(EXTRACT),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly', DUE)),
    ...said('2026-08-31'),
  });
  await site.collect('2026-09-02T04:30:00Z');
  site.write(said('2026-09-28'));
  await site.collect('2026-10-01T04:30:00Z');
  return site;
}

const newest = async ({ standing }: SmallSite) => (await standing('company/sales')).at(-1);

function freshnessView({ config }: SmallSite, period: string) {
  const db = new Database(join(config().folder, 'data/store.sqlite'), { readonly: true });
  try {
    const sql = 'select status, due_at, late_from, missing_from, as_of from v_freshness where period_id = ?';
    return db.prepare(sql).get(period);
  } finally {
    db.close();
  }
}

async function onTime({ store, config }: SmallSite, now: string): Promise<string> {
  const { due, onTime: count } = (await timelinessByMeasure(store.read, config(), config().measures, now)).get(
    'company/sales',
  ) ?? { due: -1, onTime: -1 };
  return `${count} of ${due}`;
}

describe('a value that is due by the "as of" of its source', () => {
  it('is not due while the source stands before the end of the period', async () => {
    const { sweep } = await inOctober();
    expect(await newest(site as SmallSite)).toBe('2026-09 not_due -');
    await sweep('2026-10-05T12:00:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 not_due -');
    expect(freshnessView(site as SmallSite, '2026-09')).toMatchObject({
      due_at: '2026-10-07T22:00:00.000Z',
      as_of: 'at_the_latest',
    });
  });

  it('is due at the run that finds the source there, late a second after it and missing after its grace', async () => {
    const { write, collect, sweep, openAlerts } = await inOctober();
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 not_due -');
    await sweep('2026-10-02T04:30:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 late -');
    expect(await openAlerts()).toEqual(['late measure/company/sales 2026-09']);
    expect(freshnessView(site as SmallSite, '2026-09')).toEqual({
      status: 'late',
      due_at: '2026-10-02T04:30:00.000Z',
      late_from: '2026-10-02T04:30:01.000Z',
      missing_from: '2026-10-03T22:00:01.000Z',
      as_of: 'said',
    });
    await sweep('2026-10-03T22:00:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 late -');
    await sweep('2026-10-03T22:00:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 missing -');
  });

  it('says in its alert that the source is past the period, and when it said so', async () => {
    const { write, collect, sweep, store } = await inOctober();
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    await sweep('2026-10-02T04:35:00Z');
    const [alert] = await store.read.alerts({ state: 'open' });
    expect(alert?.details.join('\n')).toContain('The source is past the period, by its "as of", at 2026-09-30');
    expect(alert?.details.join('\n')).toContain('due by 2026-10-02 06:30, when its source said that it stands there');
  });

  it('is due by the latest time where the source never says it: it falls silent for nobody', async () => {
    const { sweep } = await inOctober();
    await sweep('2026-10-07T22:00:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 not_due -');
    await sweep('2026-10-07T22:00:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 late -');
    await sweep('2026-10-08T22:00:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 missing -');
  });

  it('is due by the latest time where the cell is no date', async () => {
    const { write, collect } = await inOctober();
    write(said('soon'));
    await collect('2026-10-07T22:00:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 late -');
  });

  it('recovers at once when it comes, and is counted as late', async () => {
    const { write, collect, sweep, openAlerts } = await inOctober();
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    await sweep('2026-10-02T12:00:00Z');
    write(said('2026-10-02', '2026-09'));
    await collect('2026-10-03T04:30:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 on_track 200');
    expect(await openAlerts()).toEqual([]);
    // By the rule of working days alone it would have been on time.
    expect(await onTime(site as SmallSite, '2026-10-20T00:00:00Z')).toBe('1 of 2');
  });

  it('is on time with the very run that finds the source there, and before it', async () => {
    const { write, collect } = await inOctober();
    write(said('2026-09-30', '2026-09'));
    await collect('2026-10-02T04:30:00Z');
    expect(await onTime(site as SmallSite, '2026-10-20T00:00:00Z')).toBe('2 of 2');
    write(said('2026-10-30', '2026-09', '2026-10'));
    await collect('2026-11-01T05:30:00Z');
    write(said('2026-10-31', '2026-09', '2026-10'));
    await collect('2026-11-03T05:30:00Z');
    expect(await onTime(site as SmallSite, '2026-11-20T00:00:00Z')).toBe('3 of 3');
  });

  it('stays due from when the source first said so, though it takes its word back, or a run is repeated', async () => {
    const { write, collect, sweep, store } = await inOctober();
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    write(said('2026-09-15'));
    await collect('2026-10-03T04:30:00Z');
    expect(await newest(site as SmallSite)).toBe('2026-09 late -');
    write(said('2026-10-04'));
    await collect('2026-10-01T04:30:00Z');
    await sweep('2026-10-04T12:00:00Z');
    expect(freshnessView(site as SmallSite, '2026-09')).toMatchObject({ due_at: '2026-10-02T04:30:00.000Z' });
    expect(await store.read.standSteps(['sales'], '2026-09-30')).toEqual([
      { extract: 'sales', through: '2026-09-30', saidAt: '2026-10-02T04:30:00Z' },
    ]);
  });

  it('hears later words though a slip of the pen once named a day far ahead', async () => {
    const { write, collect } = await inOctober();
    write(said('2062-09-30', '2026-09'));
    await collect('2026-10-02T04:30:00Z');
    write(said('2026-10-31', '2026-09'));
    await collect('2026-11-02T05:30:00Z');
    await collect('2026-11-02T05:30:01Z');
    expect(await newest(site as SmallSite)).toBe('2026-10 late -');
  });

  it('is written by no sweep that finds nothing new, before the source said so and after it', async () => {
    const { write, collect, sweep, config } = await inOctober();
    const { store } = config().site;
    if (store.client !== 'sqlite') throw new Error('the store of the test is a file');
    await sweep('2026-10-01T06:00:00Z');
    const before = dumpStore(store.file);
    await sweep('2026-10-01T06:05:00Z');
    expect(dumpStore(store.file)).toEqual(before);
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    await sweep('2026-10-02T06:00:00Z');
    const after = dumpStore(store.file);
    expect(after['source_stand']).toHaveLength(3);
    await sweep('2026-10-02T06:05:00Z');
    expect(dumpStore(store.file)).toEqual(after);
  });

  it('is stood in for in a computed value from when its source has said so', async () => {
    const { write, apply, collect, sweep, standing } = await inOctober();
    const z = measureOf('z', 'sales', 'monthly').replace(
      '{ extract: sales, sum: amount }',
      '{ formula: sales + 0, missing: zero }',
    );
    write({ 'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly', DUE), z) });
    await apply();
    const standingOfZ = async () => (await standing('company/z')).at(-1);
    await collect('2026-10-01T05:00:00Z');
    await sweep('2026-10-01T12:00:00Z');
    expect(await standingOfZ()).toBe('2026-09 not_due -');
    write(said('2026-09-30'));
    await collect('2026-10-02T04:30:00Z');
    expect(await standingOfZ()).toBe('2026-09 not_due -');
    await sweep('2026-10-02T04:35:00Z');
    expect(await standingOfZ()).toBe('2026-09 off_track 0');
  });

  it('comes to the same, run by run, in a store that is made anew', async () => {
    const walk = async (): Promise<unknown> => {
      const { write, collect, sweep, config } = await inOctober();
      write(said('2026-09-30'));
      await collect('2026-10-02T04:30:00Z');
      await sweep('2026-10-02T06:00:00Z');
      const { store } = config().site;
      const dump = store.client === 'sqlite' ? dumpStore(store.file) : {};
      await site?.dispose();
      const { dim_deadline: deadlines, source_stand: stands } = dump;
      return { deadlines, stands };
    };
    const first = await walk();
    expect(await walk()).toEqual(first);
    await inOctober();
  });
});
