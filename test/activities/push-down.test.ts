// The host's side of push-down: when the source is asked, what it is asked, and that the values are those of the rows.
import { afterEach, describe, expect, it } from 'vitest';
import type { PushDownOutcome } from '#connectors/sdk/push-down.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const timed = (more = ''): string => `    time: day\n    columns: { day: date, amount: decimal }\n${more}`;
const tally = (used: number, filtered = 0) => ({ used, filtered, blank: 0 });

describe('push-down', () => {
  let site: FakeSite;
  afterEach(() => site.dispose());

  const files = (more?: string, ...measures: string[]) => ({
    'extracts/sales.yaml': extractsFile(fakeExtract('sales', timed(more))),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly'), ...measures),
  });
  const sinceExtract = (more = ''): string =>
    fakeExtract('sales', timed(more)).replace(
      'stream: sales',
      "stream: sales, query: 'where month in (… :since)', watermark: { returns: whole_periods }",
    );
  const open = async (more?: string, ...measures: string[]): Promise<void> => {
    site = await createFakeSite(files(more, ...measures));
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows: [
        ['2026-03-02', '10.10'],
        ['2026-03-02', '-0.3'],
        ['2026-03-04', '5'],
      ],
      watermark: { evidence: 'column_maximum', value: 'm1' },
    });
  };
  const answers = (outcome: PushDownOutcome): void => {
    site.system.aggregate = () => outcome;
  };
  const lastPull = async () => (await site.services.store.read.latestPulls(['sales']))[0];

  const days: PushDownOutcome = {
    done: true,
    days: [
      {
        date: '2026-03-02',
        rows: 2,
        parts: [
          { tally: tally(2), sum: '9.8', newest: '2026-03-02' },
          { tally: tally(2), newest: '2026-03-02' },
        ],
      },
      {
        date: '2026-03-04',
        rows: 1,
        parts: [
          { tally: tally(1), sum: '5', newest: '2026-03-04' },
          { tally: tally(1), newest: '2026-03-04' },
        ],
      },
    ],
    digest: 'of the groups',
    description: ['group by day'],
  };
  const count = measureOf('orders', 'sales', 'weekly').replace('sum: amount', 'count: all');
  const twin = measureOf('twin', 'sales', 'quarterly');

  it('asks for each distinct aggregation once and gives the values that the rows give', async () => {
    await open('', count, twin);
    await site.collect('2026-03-05T05:30:00Z');
    const read = async () => [
      await site.values('company/sales'),
      await site.values('company/orders'),
      await site.values('company/twin'),
    ];
    const fromRows = await read();
    expect(fromRows).toEqual([['2026-03 14.8'], ['2026-W10 3'], ['2026-Q1 14.8']]);
    await site.dispose();

    await open('', count, twin);
    answers(days);
    const run = await site.collect('2026-03-05T05:30:00Z');
    expect(await read()).toEqual(fromRows);
    expect(run).toMatchObject({ seen: 3, used: 3, rejected: 0 });
    expect(site.system.reads).toEqual([]);
    expect(site.system.aggregated).toHaveLength(1);
    expect(site.system.aggregated[0]).toMatchObject({
      aggregations: [{ kind: 'sum' }, { kind: 'count' }],
      timeColumn: 'day',
      timeZone: 'Europe/Berlin',
      columns: [{ name: 'day' }, { name: 'amount' }],
    });
    expect(await lastPull()).toMatchObject({
      digest: 'of the groups',
      description: ['group by day', 'aggregated by the source'],
      watermark: { value: 'm1' },
    });
  });

  it('reads the rows where the source would rather not, and says why in the description', async () => {
    await open();
    answers({ done: false, reason: 'a filter compares text' });
    await site.collect('2026-03-05T05:30:00Z');
    expect(await site.values('company/sales')).toEqual(['2026-03 14.8']);
    const pull = await lastPull();
    expect(pull).toMatchObject({
      description: ['stream sales', 'Not aggregated by the source: a filter compares text'],
    });
    expect(pull).not.toHaveProperty('notes');
  });

  it('notes the reason where it was asked for', async () => {
    await open('    push_down: true\n');
    answers({ done: false, reason: 'a filter compares text' });
    await site.collect('2026-03-05T05:30:00Z');
    expect(await lastPull()).toMatchObject({
      description: ['stream sales'],
      notes: ['Not aggregated by the source: a filter compares text'],
    });
  });

  it.each([
    ['it was switched off', '    push_down: false\n', [], undefined],
    [
      'duplicates are to be told apart',
      '    push_down: true\n    duplicates: { keep: last, key: [day, amount] }\n',
      [],
      'duplicates are told apart row by row',
    ],
    [
      'a measure takes the last value',
      '    push_down: true\n',
      [measureOf('last', 'sales', 'monthly').replace('sum: amount', 'last: amount')],
      'the last value of a period needs its rows',
    ],
  ])('is not asked for where %s', async (_why, more, measures, reason) => {
    await open(more, ...measures);
    answers(days);
    await site.collect('2026-03-05T05:30:00Z');
    expect(site.system.aggregated).toEqual([]);
    expect(await site.values('company/sales')).toEqual(['2026-03 14.8']);
    const notes = reason === undefined ? undefined : [`Not aggregated by the source: ${reason}`];
    expect((await lastPull())?.notes).toEqual(notes);
  });

  it('is not asked for the least of a boolean column, which not every database has', async () => {
    const all = measureOf('all', 'sales', 'monthly').replace('sum: amount', 'min: paid');
    const some = measureOf('some', 'sales', 'monthly').replace('sum: amount', 'max: paid');
    await open();
    const withPaid = timed('    push_down: true\n').replace('amount: decimal', 'amount: decimal, paid: boolean');
    await site.apply({
      'extracts/sales.yaml': extractsFile(fakeExtract('sales', withPaid)),
      'scorecards/company.yaml': scorecardFile(all, some),
    });
    site.system.streams.set('sales', {
      fields: ['day', 'amount', 'paid'],
      rows: [
        ['2026-03-02', '10.10', 'yes'],
        ['2026-03-02', '-0.3', 'no'],
        ['2026-03-04', '5', ''],
      ],
    });
    answers(days);
    await site.collect('2026-03-05T05:30:00Z');
    expect(site.system.aggregated).toEqual([]);
    expect([await site.values('company/all'), await site.values('company/some')]).toEqual([
      ['2026-03 0'],
      ['2026-03 1'],
    ]);
    const reason = 'the least or greatest of "paid", which is true or false, needs its rows';
    expect((await lastPull())?.notes).toEqual([`Not aggregated by the source: ${reason}`]);
  });

  it('is asked for at every run of a source with a watermark that does not use :since', async () => {
    await open('    push_down: true\n');
    answers(days);
    for (const day of ['05', '06', '07']) {
      await site.collect(`2026-03-${day}T05:30:00Z`);
      expect((await lastPull())?.notes).toBeUndefined();
    }
    expect(site.system.aggregated).toHaveLength(3);
    expect(site.system.reads).toEqual([]);
  });

  it('is never asked for where the query uses :since, and says so from the first run on', async () => {
    await open();
    await site.apply({ 'extracts/sales.yaml': extractsFile(sinceExtract('    push_down: true\n')) });
    answers(days);
    for (const day of ['05', '06']) {
      await site.collect(`2026-03-${day}T05:30:00Z`);
      expect((await lastPull())?.notes).toEqual([
        'Not aggregated by the source: its query asks by :since for what changed since the last read',
      ]);
    }
    expect(site.system.aggregated).toEqual([]);
  });

  it('that leaves an aggregation out is a defect, and nothing is written', async () => {
    await open('', count);
    answers({ ...days, days: [{ date: '2026-03-02', rows: 1, parts: [{ tally: tally(1), sum: '1' }] }] });
    const run = await site.collect('2026-03-05T05:30:00Z');
    expect(run.state).toBe('failed');
    expect(await lastPull()).toMatchObject({ failure: { code: 'BUG_ROWS_UNACCOUNTED' } });
    expect(await site.values('company/sales')).toEqual([]);
  });
});
