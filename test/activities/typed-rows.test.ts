import { describe, expect, it } from 'vitest';
import type { Batch, RawCell } from '#connectors/sdk/types.js';
import { createExtractFold } from '#src/activities/pull/fold/extract-fold.js';
import type { DuplicatePolicy, Extract } from '#src/config/types.js';
import { columnOf, plannedMeasure, salesExtract } from './any-extract.js';
import { textBatch } from './sliced.js';

const window = { start: '2026-01-01', end: '2026-02-01' };
/** The amount of each day and how many of its rows were used, filtered (none is) and blank. */
const daily = plannedMeasure('daily', { frequency: 'daily' }, window.start, window.end);

const extract = (duplicates: DuplicatePolicy = { keep: 'all' }): Extract => ({ ...salesExtract, duplicates });

async function foldOf(of: Extract, batches: readonly Batch[], timeZone = 'UTC') {
  const fold = createExtractFold(of, [daily], window, timeZone);
  for (const batch of batches) fold.add(batch);
  const result = await fold.finish(new AbortController().signal);
  const days = result.values.map(({ period, aggregate }) => [
    period.id,
    aggregate.value ?? aggregate.reason,
    aggregate.rowsUsed + aggregate.rowsBlank,
  ]);
  return { ...result, days };
}

function typed(duplicates: DuplicatePolicy | undefined, ...rows: readonly (readonly RawCell[])[]) {
  return foldOf(extract(duplicates), [textBatch(rows)]);
}

describe('createExtractFold()', () => {
  it('uses what it can type, and leaves a blank cell blank', async () => {
    const { days, balance } = await typed(undefined, ['2026-01-02', 'north', '10.50'], ['2026-01-03', 'north', '']);
    expect(days).toEqual([
      ['2026-01-02', '10.5', 1],
      ['2026-01-03', 'all_blank', 1],
    ]);
    expect(balance).toEqual({ seen: 2, used: 2, rejected: 0, skipped: {} });
  });

  it('takes the first day of the window in and its end out', async () => {
    const { days, balance } = await typed(
      undefined,
      ['2026-01-01', 'n', '1'],
      ['2026-02-01', 'n', '1'],
      ['2025-12-31', 'n', '1'],
    );
    expect(days).toEqual([['2026-01-01', '1', 1]]);
    expect(balance).toEqual({ seen: 3, used: 1, rejected: 0, skipped: { outside_window: 2 } });
  });

  it('rejects a row once, and names every bad cell in it', async () => {
    const { rejects, balance } = await typed(undefined, ['2026-02-30', 'north', 'ten']);
    expect(balance).toEqual({ seen: 1, used: 0, rejected: 1, skipped: {} });
    expect(rejects.map(({ ordinal, locator, column: name, raw, rule }) => [ordinal, locator, name, raw, rule])).toEqual(
      [
        [0, 'sales.csv:2', 'DAY', '2026-02-30', 'impossible_date'],
        [1, 'sales.csv:2', 'AMOUNT', 'ten', 'number_grammar'],
      ],
    );
  });

  it('rejects a row whose time is blank with a record of it, whether or not the column is required', async () => {
    for (const required of [true, false]) {
      const columns = [columnOf('day', 'date', required), ...salesExtract.columns.slice(1)];
      const { rejects, balance } = await foldOf({ ...extract(), columns }, [
        textBatch([
          ['', 'north', '1'],
          [null, 'north', 'ten'],
        ]),
      ]);
      expect(balance).toEqual({ seen: 2, used: 0, rejected: 2, skipped: {} });
      expect(rejects.map(({ locator, column: name, raw, rule }) => [locator, name, raw, rule])).toEqual([
        ['sales.csv:2', 'DAY', '', 'blank_required'],
        ['sales.csv:3', 'DAY', '', 'blank_required'],
        ['sales.csv:3', 'AMOUNT', 'ten', 'number_grammar'],
      ]);
      expect(rejects[0]?.message).toContain('the cell is blank');
    }
  });

  it('counts rejected rows of no known day, and says which day is the latest, wanted or not', async () => {
    const reject = { locator: 'sales.csv:9', rule: 'broken_quote', raw: '"x', message: 'm', remedy: 'r' } as const;
    const rows = [
      ['soon', 'n', '1'],
      ['', 'n', '1'],
      ['2026-01-02', 'n', 'ten'],
      ['2026-02-03', 'n', '1'],
      ['2025-12-01', 'n', '1'],
    ];
    const batch = { ...textBatch(rows), rejects: [reject], seen: rows.length + 1 };
    expect(await foldOf(extract(), [batch])).toMatchObject({ undatedRejects: 3, newestDay: '2026-02-03' });
    expect(await foldOf(extract(), [])).not.toHaveProperty('newestDay');
  });

  it('takes for the last of a day the row whose line is the greatest number, in whatever batches', async () => {
    const last = plannedMeasure(
      'm',
      { frequency: 'daily', aggregation: { kind: 'last', column: 'amount', where: [] } },
      window.start,
      window.end,
    );
    const rows = Array.from({ length: 12 }, (_, index) => ['2026-01-02', 'n', String(index + 2)]);
    for (const batches of [[textBatch(rows)], [textBatch(rows.slice(6), 8), textBatch(rows.slice(0, 6))]]) {
      const fold = createExtractFold(extract(), [last], window, 'UTC');
      for (const batch of batches) fold.add(batch);
      const { values } = await fold.finish(new AbortController().signal);
      expect(values[0]?.aggregate.value).toBe('13');
    }
  });

  it('knows the day of a row whose other cell is bad', async () => {
    const { rejects } = await typed(undefined, ['2026-01-05', 'north', 'ten']);
    expect(rejects.map((reject) => reject.date)).toEqual(['2026-01-05']);
  });

  it('does not report a bad cell in a row that is not wanted', async () => {
    const { rejects, balance } = await typed(undefined, ['2020-01-05', 'north', 'ten']);
    expect(rejects).toEqual([]);
    expect(balance.skipped).toEqual({ outside_window: 1 });
  });

  it.each([
    ['first', '1'],
    ['last', '3'],
  ] as const)('keeps the %s of the rows with one key, and counts the others as superseded', async (keep, amount) => {
    const { days, balance } = await typed(
      { keep, key: ['day', 'shop'] },
      ['2026-01-02', 'north', '1'],
      ['2026-01-02', 'south', '20'],
      ['2026-01-02', 'north', '3'],
    );
    expect(days).toEqual([['2026-01-02', String(Number(amount) + 20), 2]]);
    expect(balance).toEqual({ seen: 3, used: 2, rejected: 0, skipped: { superseded_duplicate: 1 } });
  });

  it.each([
    [
      'first',
      ['2025-12-30', 'north', '1'],
      ['2026-01-02', 'north', '2'],
      { outside_window: 1, superseded_duplicate: 1 },
    ],
    [
      'last',
      ['2026-01-02', 'north', '2'],
      ['2025-12-30', 'north', '1'],
      { outside_window: 1, superseded_duplicate: 1 },
    ],
  ] as const)('lets the %s row of a key count though it lies outside the window', async (keep, one, other, skipped) => {
    const { days, balance } = await typed({ keep, key: ['shop'] }, one, other);
    expect(days).toEqual([]);
    expect(balance).toEqual({ seen: 2, used: 0, rejected: 0, skipped });
  });

  it('uses the last row of a key after one outside the window', async () => {
    const { days, balance } = await typed(
      { keep: 'last', key: ['shop'] },
      ['2025-12-30', 'north', '1'],
      ['2026-01-02', 'north', '2'],
      ['2025-12-31', 'south', '3'],
    );
    expect(days).toEqual([['2026-01-02', '2', 1]]);
    expect(balance).toEqual({ seen: 3, used: 1, rejected: 0, skipped: { outside_window: 2 } });
  });

  it('rejects a row that repeats the key of one outside the window', async () => {
    const { balance } = await typed(
      { keep: 'reject', key: ['shop'] },
      ['2025-12-30', 'north', '1'],
      ['2026-01-02', 'north', '2'],
    );
    expect(balance).toEqual({ seen: 2, used: 0, rejected: 1, skipped: { outside_window: 1 } });
  });

  it('rejects the later row with one key where the policy says so', async () => {
    const { rejects, balance } = await typed(
      { keep: 'reject', key: ['day'] },
      ['2026-01-02', 'a', '1'],
      ['2026-01-02', 'b', '2'],
    );
    expect(balance).toEqual({ seen: 2, used: 1, rejected: 1, skipped: {} });
    expect(rejects[0]).toMatchObject({ rule: 'duplicate_key', locator: 'sales.csv:3' });
  });

  it('fails on a batch that does not account for its own rows', () => {
    const fold = createExtractFold(extract(), [daily], window, 'UTC');
    expect(() => fold.add({ ...textBatch([['2026-01-02', 'n', '1']]), seen: 2 })).toThrow(
      expect.objectContaining({ code: 'BUG_UNBALANCED_BATCH', kind: 'defect' }),
    );
  });

  it("puts a moment into the day of the measures' zone", async () => {
    const columns = [columnOf('day', 'datetime', true), columnOf('shop', 'text'), columnOf('amount', 'decimal')];
    const rows = [['2025-12-31T12:00:00Z', 'n', '1']];
    const { days } = await foldOf({ ...extract(), columns }, [textBatch(rows)], 'Pacific/Auckland');
    expect(days).toEqual([['2026-01-01', '1', 1]]);
  });

  it('takes what the connector rejected, skipped and mended into its accounts, before the rows', async () => {
    const reject = { locator: 'sales.csv:9', rule: 'broken_quote', raw: '"x', message: 'm', remedy: 'r' } as const;
    const batch: Batch = {
      ...textBatch([['2026-01-02', 'n', 'ten']]),
      rejects: [reject],
      skipped: { blank_line: 2 },
      seen: 4,
      repaired: { missing_cells: 1 },
    };
    const { balance, rejects, repaired, parts } = await foldOf(extract(), [batch, { ...batch, rejects: [], seen: 3 }]);
    expect(balance).toEqual({ seen: 7, used: 0, rejected: 3, skipped: { blank_line: 4 } });
    expect(rejects.map(({ ordinal, rule }) => [ordinal, rule])).toEqual([
      [0, 'broken_quote'],
      [1, 'number_grammar'],
      [2, 'number_grammar'],
    ]);
    expect(repaired).toEqual({ missing_cells: 2 });
    expect(parts).toEqual([{ wanted: 3, rejected: 3 }]);
  });

  it('counts wanted and rejected rows of each piece of the source, those that typing rejects too', async () => {
    const good = ['2026-01-02', 'n', '1'];
    const { parts } = await foldOf(extract(), [
      textBatch([good, ['2026-01-02', 'n', 'ten'], ['soon', 'n', 'ten']], 2, 'a.csv'),
      textBatch([good, ['2020-01-02', 'n', '1']], 2, 'b.csv'),
      textBatch([good, good], 5, 'a.csv'),
    ]);
    expect(parts).toEqual([
      { part: 'a.csv', wanted: 5, rejected: 2 },
      { part: 'b.csv', wanted: 1, rejected: 0 },
    ]);
  });

  it('keeps the first ten thousand rejects and counts all of them', async () => {
    const bad = Array.from({ length: 12_000 }, () => ['2026-01-02', 'n', 'ten']);
    const { rejects, balance, values } = await foldOf(extract(), [
      textBatch(bad),
      textBatch([['2026-01-02', 'n', '1']]),
    ]);
    expect(rejects).toHaveLength(10_000);
    expect(balance).toEqual({ seen: 12_001, used: 1, rejected: 12_000, skipped: {} });
    expect(values[0]?.rejects).toBe(12_000);
  });

  it('replays the last rows of many keys', async () => {
    const round = (amount: string) =>
      Array.from({ length: 5_000 }, (_, index) => [`2026-01-0${(index % 3) + 1}`, `shop ${index}`, amount]);
    const { days, balance } = await foldOf(extract({ keep: 'last', key: ['shop'] }), [
      textBatch(round('1')),
      textBatch(round('2')),
    ]);
    expect(days.map(([, value]) => value)).toEqual(['3334', '3334', '3332']);
    expect(balance).toEqual({ seen: 10_000, used: 5_000, rejected: 0, skipped: { superseded_duplicate: 5_000 } });
  });
});
