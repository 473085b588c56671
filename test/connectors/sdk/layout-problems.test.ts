// A cell that its connector cannot use, in every layout: what would be made of it is a reject, and nothing else is.
import { describe, expect, it } from 'vitest';
import { createLayout } from '#connectors/sdk/layout/create-layout.js';
import { type Layout, LayoutSchema } from '#connectors/sdk/layout/layout-options.js';
import type { LaidOut, LayoutRecord } from '#connectors/sdk/layout/types.js';
import type { RejectRule } from '#src/domain/value/types.js';

/** Texts in angle brackets cannot be used. */
const record = (row: number, cells: readonly string[], rule: RejectRule = 'ambiguous_number'): LayoutRecord => ({
  cells,
  row,
  locate: (column = 0) => `${'ABCDEF'[column]}${row}`,
  problem: (column) =>
    cells[column]?.startsWith('<') === true ? { rule, message: 'is bad', remedy: 'mend it' } : undefined,
});

function laidOut(layout: unknown, asked: readonly string[], header: LayoutRecord, table: readonly string[][]): LaidOut {
  const parsed: Layout = LayoutSchema.parse(layout);
  const reader = createLayout(parsed, asked, 'Data');
  reader.begin(header);
  const pieces = [...table.map((cells, index) => reader.take(record(index + 2, cells))), reader.end(true)];
  return {
    rows: pieces.flatMap(({ rows }) => rows),
    rejects: pieces.flatMap(({ rejects }) => rejects),
    skipped: Object.assign({}, ...pieces.map(({ skipped }) => skipped)),
  };
}
const shown = ({ rows, rejects }: LaidOut) => ({
  rows: rows.map(({ cells }) => cells),
  rejects: rejects.map(({ locator, raw, message }) => `${locator} ${raw} ${message}`),
});

describe('a cell that cannot be used', () => {
  it('rejects its row of a table', () => {
    const made = laidOut({ kind: 'table' }, ['b'], record(1, ['a', 'b']), [
      ['1', '<2>'],
      ['<3>', '4'],
    ]);
    expect(shown(made)).toEqual({ rows: [['4']], rejects: ['B2 <2> Column "b": is bad'] });
  });

  it('rejects its own row of dates across, a kept one those of its record', () => {
    const pivot = { kind: 'pivot', keep: ['Item'], time: 'month', value: 'amount' };
    const made = laidOut(pivot, ['Item', 'month', 'amount'], record(1, ['Item', 'Jan', 'Feb']), [
      ['Churn', '<1>', '2'],
      ['<NPS>', '30', ''],
    ]);
    expect(shown(made)).toEqual({
      rows: [['Churn', 'Feb', '2']],
      rejects: ['B2 <1> Column "amount": is bad', 'B3 <NPS> Column "Item": is bad'],
    });
    expect(made.skipped).toEqual({ blank_cell: 1 });
  });

  it('rejects what stands under it, where it is a heading', () => {
    const pivot = { kind: 'pivot', keep: ['Item'], time: 'month', value: 'amount' };
    const made = laidOut(pivot, ['month', 'amount'], record(1, ['Item', '<2026>', '<2026>', 'Feb']), [
      ['Churn', '1', '', '2'],
    ]);
    expect(shown(made)).toEqual({ rows: [['Feb', '2']], rejects: ['B2 <2026> Column "month": is bad'] });
    const noTime = laidOut(pivot, ['amount'], record(1, ['Item', '<2026>']), [['Churn', '1']]);
    expect(shown(noTime)).toEqual({ rows: [['1']], rejects: [] });
  });

  it('is no date where dates are told by a pattern, unless it failed and may have been one', () => {
    const pivot = { kind: 'pivot', pattern: 'yyyy-MM' };
    const header = (rule: RejectRule) => record(1, ['2026-01', '<x>'], rule);
    const table = [['1', '9']];
    expect(shown(laidOut(pivot, ['time', 'value'], header('ambiguous_number'), table)).rejects).toEqual([]);
    expect(shown(laidOut(pivot, ['time', 'value'], header('error_token'), table)).rejects).toEqual([
      'B2 <x> Column "time": is bad',
    ]);
  });

  it('rejects the row of single cells, if it is asked for, at its place', () => {
    const cells = { kind: 'cell', cells: { a: 'A2', b: 'B1', c: 'C2' } };
    const ask = (asked: readonly string[]) =>
      shown(laidOut(cells, asked, record(1, ['x', '<y>']), [['1', '2', '<3>']]));
    expect(ask(['a', 'b'])).toEqual({ rows: [], rejects: ['B1 <y> Column "b": is bad'] });
    expect(ask(['a'])).toEqual({ rows: [['1']], rejects: [] });
    expect(ask(['c', 'b']).rejects).toHaveLength(1);
  });

  it('rejects the row of keys beside values, if its key is asked for', () => {
    const keys = { kind: 'key_value', keys: 'k', values: 'v' };
    const table = [
      ['day', '<1>'],
      ['total', '7'],
    ];
    const ask = (asked: readonly string[]) => shown(laidOut(keys, asked, record(1, ['k', 'v']), table));
    expect(ask(['total', 'day'])).toEqual({ rows: [], rejects: ['B2 <1> Column "day": is bad'] });
    expect(ask(['total'])).toEqual({ rows: [['7']], rejects: [] });
  });
});

it('a header that is no row has no cells', () => {
  const cells = { kind: 'cell', cells: { a: 'A1', b: 'A2' } };
  const header = { ...record(0, ['1', '2']), row: 0 };
  expect(shown(laidOut(cells, ['a', 'b'], header, [['x']])).rows).toEqual([[null, 'x']]);
});
