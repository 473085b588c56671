import { describe, expect, it } from 'vitest';
import type { Batch, RawCell } from '#connectors/sdk/types.js';
import { RowTyping } from '#src/activities/pull/typed-rows.js';
import type { DuplicatePolicy, Extract } from '#src/config/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

const column = (name: string, type: ColumnSpec['type'], required = false): ColumnSpec => ({
  name,
  sourceName: name.toUpperCase(),
  type,
  timeZone: 'UTC',
  required,
});

function extract(duplicates: DuplicatePolicy = { keep: 'all' }): Extract {
  return {
    id: 'sales',
    connection: 'shop',
    source: {},
    cadence: { every: 'day', hour: 6, minute: 0, timeZone: 'UTC' },
    columns: [column('day', 'date', true), column('shop', 'text'), column('amount', 'decimal')],
    timeColumn: 'day',
    duplicates,
    limits: { maxRows: 10, maxBytes: 1_000, timeoutMs: 1_000 },
  };
}

const batch = (...rows: readonly (readonly RawCell[])[]): Batch => ({
  rows,
  locate: (index) => `sales.csv:${index + 2}`,
  rejects: [],
  skipped: {},
  seen: rows.length,
});

const window = { start: '2026-01-01', end: '2026-02-01' };

function typed(duplicates: DuplicatePolicy | undefined, ...rows: readonly (readonly RawCell[])[]) {
  const typing = new RowTyping(extract(duplicates), window, 'UTC');
  typing.add(batch(...rows));
  return { typing, kept: [...typing.observations()], balance: typing.balance() };
}

describe('RowTyping', () => {
  it('uses what it can type, and leaves a blank cell blank', () => {
    const { kept, balance } = typed(undefined, ['2026-01-02', 'north', '10.50'], ['2026-01-03', 'north', '']);
    expect(kept.map((observation) => observation.cells)).toEqual([
      ['2026-01-02', 'north', '10.5'],
      ['2026-01-03', 'north', null],
    ]);
    expect(balance).toEqual({ seen: 2, used: 2, rejected: 0, skipped: {} });
  });

  it('takes the first day of the window in and its end out', () => {
    const { kept, balance } = typed(
      undefined,
      ['2026-01-01', 'n', '1'],
      ['2026-02-01', 'n', '1'],
      ['2025-12-31', 'n', '1'],
    );
    expect(kept.map((observation) => observation.date)).toEqual(['2026-01-01']);
    expect(balance).toEqual({ seen: 3, used: 1, rejected: 0, skipped: { outside_window: 2 } });
  });

  it('rejects a row once, and names every bad cell in it', () => {
    const { typing, balance } = typed(undefined, ['2026-02-30', 'north', 'ten']);
    expect(balance).toEqual({ seen: 1, used: 0, rejected: 1, skipped: {} });
    expect(
      typing.rejects.map(({ ordinal, locator, column: name, raw, rule }) => [ordinal, locator, name, raw, rule]),
    ).toEqual([
      [0, 'sales.csv:2', 'DAY', '2026-02-30', 'impossible_date'],
      [1, 'sales.csv:2', 'AMOUNT', 'ten', 'number_grammar'],
    ]);
  });

  it('knows the day of a row whose other cell is bad', () => {
    const { typing } = typed(undefined, ['2026-01-05', 'north', 'ten']);
    expect(typing.rejects.map((reject) => reject.date)).toEqual(['2026-01-05']);
  });

  it('does not report a bad cell in a row that is not wanted', () => {
    const { typing, balance } = typed(undefined, ['2020-01-05', 'north', 'ten']);
    expect(typing.rejects).toEqual([]);
    expect(balance.skipped).toEqual({ outside_window: 1 });
  });

  it.each([
    ['first', '1'],
    ['last', '3'],
  ] as const)('keeps the %s of the rows with one key, and counts the others as superseded', (keep, amount) => {
    const { kept, balance } = typed(
      { keep, key: ['day', 'shop'] },
      ['2026-01-02', 'north', '1'],
      ['2026-01-02', 'south', '2'],
      ['2026-01-02', 'north', '3'],
    );
    expect(kept.find((observation) => observation.cells[1] === 'north')?.cells[2]).toBe(amount);
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
  ] as const)('lets the %s row of a key count though it lies outside the window', (keep, one, other, skipped) => {
    const { kept, balance } = typed({ keep, key: ['shop'] }, one, other);
    expect(kept).toEqual([]);
    expect(balance).toEqual({ seen: 2, used: 0, rejected: 0, skipped });
  });

  it('uses the last row of a key after one outside the window', () => {
    const { kept, balance } = typed(
      { keep: 'last', key: ['shop'] },
      ['2025-12-30', 'north', '1'],
      ['2026-01-02', 'north', '2'],
      ['2025-12-31', 'south', '3'],
    );
    expect(kept.map((observation) => observation.cells[2])).toEqual(['2']);
    expect(balance).toEqual({ seen: 3, used: 1, rejected: 0, skipped: { outside_window: 2 } });
  });

  it('rejects a row that repeats the key of one outside the window', () => {
    const { balance } = typed(
      { keep: 'reject', key: ['shop'] },
      ['2025-12-30', 'north', '1'],
      ['2026-01-02', 'north', '2'],
    );
    expect(balance).toEqual({ seen: 2, used: 0, rejected: 1, skipped: { outside_window: 1 } });
  });

  it('rejects the later row with one key where the policy says so', () => {
    const { typing, balance } = typed(
      { keep: 'reject', key: ['day'] },
      ['2026-01-02', 'a', '1'],
      ['2026-01-02', 'b', '2'],
    );
    expect(balance).toEqual({ seen: 2, used: 1, rejected: 1, skipped: {} });
    expect(typing.rejects[0]).toMatchObject({ rule: 'duplicate_key', locator: 'sales.csv:3' });
  });

  it('fails on a batch that does not account for its own rows', () => {
    const typing = new RowTyping(extract(), window, 'UTC');
    expect(() => typing.add({ ...batch(['2026-01-02', 'n', '1']), seen: 2 })).toThrow(
      expect.objectContaining({ code: 'BUG_UNBALANCED_BATCH', kind: 'defect' }),
    );
  });

  it("puts a moment into the day of the measures' zone", () => {
    const moments = {
      ...extract(),
      columns: [column('day', 'datetime', true), column('shop', 'text'), column('amount', 'decimal')],
    };
    const typing = new RowTyping(moments, window, 'Pacific/Auckland');
    typing.add(batch(['2025-12-31T12:00:00Z', 'n', '1']));
    expect([...typing.observations()].map((observation) => observation.date)).toEqual(['2026-01-01']);
  });
});
