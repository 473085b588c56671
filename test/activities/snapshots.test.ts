// A source without history, through a walked clock: what is captured when, what stands, and what is told of the gaps.
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const STOCK = 'company/stock';

const snapshot = (takes: 'first' | 'last'): string => `    snapshot: { takes: ${takes} }
    columns: { item: text, amount: decimal }
`;

describe('a snapshot', () => {
  let site: FakeSite;
  afterEach(() => site.dispose());

  const open = async (takes: 'first' | 'last', frequency = 'monthly', ...more: string[]): Promise<void> => {
    site = await createFakeSite({
      'extracts/stock.yaml': extractsFile(fakeExtract('stock', snapshot(takes))),
      'scorecards/company.yaml': scorecardFile(measureOf('stock', 'stock', frequency), ...more),
    });
  };
  const stockIs = (...amounts: (string | null)[]): void => {
    site.system.streams.set('stock', { fields: ['item', 'amount'], rows: amounts.map((amount) => ['a', amount]) });
  };
  const lastPull = async () => (await site.services.store.read.latestPulls(['stock']))[0];

  it('is of the day it is read on, by the zone of the site', async () => {
    await open('last');
    stockIs('10', '2.5');
    // Midnight has passed in Berlin, where it is 1 April.
    await site.collect('2026-03-31T22:30:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-04 12.5']);
    expect(site.system.reads[0]).toMatchObject({
      columns: ['item', 'amount'],
      columnTypes: ['text', 'decimal'],
      window: { start: '2026-04-01', end: '2026-05-01' },
    });
    expect(site.system.reads[0]).not.toHaveProperty('timeColumn');
  });

  it('of which the last is taken follows the source until its period is over, and never after', async () => {
    await open('last');
    stockIs('10');
    await site.collect('2026-03-05T05:30:00Z');
    stockIs('11');
    await site.collect('2026-03-30T04:30:00Z');
    stockIs('99');
    await site.collect('2026-04-02T04:30:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-03 11', '2026-04 99']);
  });

  it('is not missed on a day on which nothing is expected', async () => {
    const expects = '    expects: { observations: working_days, minimum: 1 }\n';
    site = await createFakeSite({
      'extracts/stock.yaml': extractsFile(fakeExtract('stock', snapshot('last'))),
      'scorecards/company.yaml': scorecardFile(measureOf('stock', 'stock', 'daily', expects)),
    });
    stockIs('10');
    // Thursday 28 May 2026, then Tuesday: Friday and Monday are missed, the weekend is not.
    await site.collect('2026-05-28T10:00:00Z');
    await site.collect('2026-06-02T10:00:00Z');
    const notes = (await lastPull())?.notes ?? [];
    expect(notes.filter((note) => note.includes('No capture'))).toEqual([
      'No capture was taken in 2026-05-29; it cannot be taken later.',
      'No capture was taken in 2026-06-01; it cannot be taken later.',
    ]);
  });

  it('of which the first is taken is not read again in its period', async () => {
    await open('first');
    stockIs('10');
    await site.collect('2026-03-05T05:30:00Z');
    stockIs('11');
    const again = await site.collect('2026-03-06T05:30:00Z');
    expect(again).toMatchObject({ state: 'done', seen: 0, revisions: 0 });
    expect(site.system.reads).toHaveLength(1);
    expect(await lastPull()).toMatchObject({ description: ['not read: the first capture of 2026-03 stands'] });
    await site.collect('2026-04-01T04:30:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-03 10', '2026-04 11']);
  });

  it('of which the first is taken waits for one that gives a value', async () => {
    await open('first');
    stockIs(null);
    await site.collect('2026-03-05T05:30:00Z');
    stockIs('7');
    await site.collect('2026-03-06T05:30:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-03 7']);
  });

  it('of which the first is taken is captured anew under another definition', async () => {
    await open('first');
    stockIs('10');
    await site.collect('2026-03-05T05:30:00Z');
    stockIs('11');
    await site.apply({
      'scorecards/company.yaml': scorecardFile(
        measureOf('stock', 'stock', 'monthly').replace('sum: amount', 'sum: amount, scale: 2'),
      ),
    });
    await site.collect('2026-03-06T05:30:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-03 22']);
  });

  it("never writes today's total into a period that is over, however the nominal time asks for it", async () => {
    await open('last');
    stockIs('10');
    const late = await site.collect('2026-02-10T05:30:00Z', '2026-03-05T08:00:00Z');
    expect(late).toMatchObject({ state: 'failed', failedExtracts: ['stock'] });
    expect(site.system.reads).toEqual([]);
    expect(await lastPull()).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'config', code: 'SOURCE_SNAPSHOT_OVER', message: expect.stringContaining('2026-02 is over') },
    });
    expect(await site.values(STOCK)).toEqual([]);
  });

  it('takes the very end of its period for over', async () => {
    await open('last', 'daily');
    stockIs('10');
    await site.collect('2026-03-05T22:59:00Z', '2026-03-05T22:59:59.999Z');
    const late = await site.collect('2026-03-06T22:59:00Z', '2026-03-06T23:00:00Z');
    expect(late.state).toBe('failed');
    expect(await site.values(STOCK)).toEqual(['2026-03-05 10']);
  });

  it('keeps what it captured, and how, when its run is repeated after its period', async () => {
    await open('last');
    stockIs('10');
    await site.collect('2026-03-05T05:30:00Z');
    const captured = await lastPull();
    stockIs('99');
    const repeated = await site.collect('2026-03-05T05:30:00Z', '2026-04-07T08:00:00Z');
    expect(repeated).toMatchObject({ state: 'done', revisions: 0 });
    expect(await lastPull()).toEqual(captured);
    expect(await site.values(STOCK)).toEqual(['2026-03 10']);
  });

  it('captures for the measure whose period goes on, and notes the one that is over', async () => {
    await open('last', 'monthly', measureOf('daily-stock', 'stock', 'daily'));
    stockIs('10');
    await site.collect('2026-03-05T22:30:00Z', '2026-03-06T08:00:00Z');
    expect(await site.values(STOCK)).toEqual(['2026-03 10']);
    expect(await site.values('company/daily-stock')).toEqual([]);
    expect(await lastPull()).toMatchObject({ outcome: 'ok', notes: ['Not captured: 2026-03-05 is over.'] });
  });

  it('tells of a missed capture in the notes of the next one, once', async () => {
    await open('last');
    stockIs('10');
    await site.collect('2026-07-05T05:30:00Z');
    await site.collect('2026-09-05T05:30:00Z');
    const sentence = 'No capture was taken in 2026-08; it cannot be taken later.';
    expect(await lastPull()).toMatchObject({ notes: [sentence] });
    await site.collect('2026-10-05T05:30:00Z');
    expect(await lastPull()).not.toHaveProperty('notes');
  });

  it('misses nothing before the first capture, nor where one was taken that gave no value', async () => {
    await open('last');
    stockIs('10');
    await site.collect('2026-07-05T05:30:00Z');
    stockIs(null);
    await site.collect('2026-08-05T05:30:00Z');
    stockIs('12');
    await site.collect('2026-09-05T05:30:00Z');
    expect(await lastPull()).not.toHaveProperty('notes');
    expect(await site.values(STOCK)).toEqual(['2026-07 10', '2026-09 12']);
  });

  it('that was missed raises one alert: what is missing for it is listed there, and it is over with the next period', async () => {
    await open('last');
    stockIs('10');
    await site.collect('2026-07-05T05:30:00Z');
    await site.collect('2026-09-21T05:30:00Z');
    const alerts = await site.services.store.read.alerts({ state: 'open' });
    expect(alerts.map(({ kind, subject, period }) => `${kind} ${subject} ${period}`)).toEqual([
      'capture_missed extract/stock 2026-08',
    ]);
    expect(alerts[0]?.details).toEqual([
      'stock: no capture in 2026-08',
      'What to do: see that it is read in each period; what was missed stays without a value.',
      'Waiting for it: stock (monthly): no value since 2026-08, 1 period missing',
    ]);
    await site.collect('2026-10-01T05:30:00Z');
    expect(await site.services.store.read.alerts({ state: 'open' })).toEqual([]);
  });

  it('says in the words of another alert that a capture was missed, where the kind is turned off', async () => {
    site = await createFakeSite({
      'extracts/stock.yaml': extractsFile(
        fakeExtract('stock', `${snapshot('last')}    alerts: { kinds: { capture_missed: off } }\n`),
      ),
      'scorecards/company.yaml': scorecardFile(measureOf('stock', 'stock', 'monthly')),
    });
    stockIs('10');
    await site.collect('2026-07-05T05:30:00Z');
    await site.collect('2026-09-21T05:30:00Z');
    const alerts = await site.services.store.read.alerts({ state: 'open' });
    expect(alerts.map(({ kind, period }) => `${kind} ${period}`)).toEqual(['missing 2026-08']);
    expect(alerts[0]?.details).toContain('No capture was taken in 2026-08; it cannot be taken later.');
  });
});
