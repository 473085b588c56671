import { describe, expect, it } from 'vitest';
import type { Aggregate } from '#src/domain/actual/types.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import { columnsOf } from '#src/domain/measure/aggregation-columns.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, RowFilter } from '#src/domain/measure/types.js';
import type { ColumnSpec, TypedCell } from '#src/domain/value/types.js';

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'amount', sourceName: 'amount', type: 'decimal', timeZone: 'UTC', required: false },
  { name: 'hours', sourceName: 'hours', type: 'decimal', timeZone: 'UTC', required: false },
  { name: 'kind', sourceName: 'kind', type: 'text', timeZone: 'UTC', required: false },
  { name: 'open', sourceName: 'open', type: 'boolean', timeZone: 'UTC', required: false },
];

function filter(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.filter;
}

interface Row {
  readonly cells: readonly TypedCell[];
  readonly time?: string;
  readonly locator?: string;
}

const row = (amount: string | null, hours: string | null = null, kind: string | null = null): Row => ({
  cells: [amount, hours, kind],
});

function aggregate(
  aggregation: Aggregation,
  rows: readonly Row[],
  { scale = '1', emptyMeansZero = false } = {},
): Aggregate {
  const aggregator = createAggregator(aggregation, scale, emptyMeansZero, COLUMNS);
  for (const { cells, time = '2026-03-01', locator = 'rows.csv:1' } of rows) {
    aggregator.add({ cells, date: time.slice(0, 10), time, locator });
  }
  return aggregator.result();
}

const sum: Aggregation = { kind: 'sum', column: 'amount', where: [] };
const avg: Aggregation = { kind: 'avg', column: 'amount', where: [] };
const last: Aggregation = { kind: 'last', column: 'amount', where: [] };
const count: Aggregation = { kind: 'count', where: [] };
const ratio: Aggregation = {
  kind: 'ratio',
  numerator: { kind: 'sum', column: 'amount', where: [] },
  denominator: { kind: 'sum', column: 'hours', where: [] },
  where: [],
};
const services = filter("kind = 'service'");

describe('createAggregator', () => {
  it('takes true for 1 and false for 0, and a blank for neither', () => {
    const days = [true, false, null].map((open, index) => ({
      cells: [null, null, null, open],
      time: `2026-03-0${index + 1}`,
    }));
    const valuesOf = (rows: readonly Row[]) =>
      (['first', 'last', 'min', 'max'] as const).map((kind) => aggregate({ kind, column: 'open', where: [] }, rows));
    expect(valuesOf(days).map(({ value }) => value)).toEqual(['1', '0', '0', '1']);
    expect(valuesOf(days)[0]).toMatchObject({ rowsUsed: 2, rowsBlank: 1 });
    expect(valuesOf(days.slice(2)).map(({ reason }) => reason)).toEqual(Array(4).fill('all_blank'));
  });

  it('adds exactly what binary fractions cannot', () => {
    expect(aggregate(sum, [row('0.1'), row('0.2')]).value).toBe('0.3');
    expect(aggregate(sum, [row('12345678901234567890.01'), row('-0.02'), row('-0.5')]).value).toBe(
      '12345678901234567889.49',
    );
    expect(aggregate(sum, [row('-0.05'), row('0.05')]).value).toBe('0');
    expect(aggregate(sum, [row('99.5'), row('0.5')]).value).toBe('100');
  });

  it('counts each row once, as used, filtered or blank', () => {
    expect(
      aggregate({ ...sum, where: services }, [
        row('1', null, 'service'),
        row('2', null, 'goods'),
        row(null, null, 'service'),
        row('4', null, null),
      ]),
    ).toEqual({ value: '1', rowsUsed: 1, rowsFiltered: 2, rowsBlank: 1, newest: '2026-03-01' });
  });

  it('knows the newest day even of rows it left out', () => {
    const rows: Row[] = [
      { cells: ['1', null, 'service'], time: '2026-03-02' },
      { cells: ['1', null, 'goods'], time: '2026-03-09' },
    ];
    expect(aggregate({ ...sum, where: services }, rows).newest).toBe('2026-03-09');
  });

  it('multiplies by the scale and leaves the sides of a quotient as they are', () => {
    expect(aggregate(ratio, [row('17', '20')], { scale: '100' })).toMatchObject({
      value: '85',
      numerator: '17',
      denominator: '20',
    });
    expect(aggregate(sum, [row('1.5')], { scale: '-0.001' }).value).toBe('-0.0015');
  });

  it('refuses a column the extract has not', () => {
    const unknown = { kind: 'sum', column: 'ammount', where: [] } as const;
    expect(() => aggregate(unknown, [])).toThrow(expect.objectContaining({ code: 'BUG_UNKNOWN_COLUMN' }));
    expect(() => aggregate({ kind: 'count', where: filter('ghost = 1') }, [])).toThrow(
      /the extract has amount, hours, kind/,
    );
  });
});

describe('an aggregation without rows', () => {
  it.each([sum, avg, last, count, ratio])('has no value and says no_rows ($kind)', (aggregation) => {
    expect(aggregate(aggregation, [])).toEqual({ reason: 'no_rows', rowsUsed: 0, rowsFiltered: 0, rowsBlank: 0 });
  });

  it('is 0 for sum and count where empty means zero, and for nothing else', () => {
    const values = [sum, count, avg, last, ratio].map((each) => aggregate(each, [], { emptyMeansZero: true }).value);
    expect(values).toEqual(['0', '0', undefined, undefined, undefined]);
  });
});

describe('an aggregation whose filter leaves no row', () => {
  const goods = [row('5', '5', 'goods')];

  it('is 0 for sum and count, since rows were there', () => {
    expect(aggregate({ ...sum, where: services }, goods).value).toBe('0');
    expect(aggregate({ ...count, where: services }, goods).value).toBe('0');
  });

  it('has no value for avg, last and ratio', () => {
    expect(aggregate({ ...avg, where: services }, goods)).toMatchObject({ reason: 'no_rows', rowsFiltered: 1 });
    expect(aggregate({ ...last, where: services }, goods)).toMatchObject({ reason: 'no_rows', rowsFiltered: 1 });
    expect(aggregate({ ...ratio, where: services }, goods)).toMatchObject({
      reason: 'zero_denominator',
      rowsFiltered: 1,
    });
  });
});

describe('blank cells', () => {
  it.each([sum, avg, last])('are no value when there is nothing else, never 0 ($kind)', (aggregation) => {
    const blank = aggregate(aggregation, [row(null), row(null)], { emptyMeansZero: true });
    expect(blank).toEqual({ reason: 'all_blank', rowsUsed: 0, rowsFiltered: 0, rowsBlank: 2, newest: '2026-03-01' });
  });

  it('do not lower an average', () => {
    expect(aggregate(avg, [row('4'), row(null), row('5')])).toMatchObject({
      value: '4.5',
      numerator: '9',
      denominator: '2',
    });
  });

  it('make no zero of one side of a ratio', () => {
    expect(aggregate(ratio, [row(null, '8'), row(null, '2')])).toMatchObject({ reason: 'all_blank', rowsUsed: 2 });
    expect(aggregate(ratio, [row('8', null)]).reason).toBe('all_blank');
    expect(aggregate(ratio, [row(null, null)])).toMatchObject({ reason: 'all_blank', rowsBlank: 1 });
  });

  it('do not stand for the last value', () => {
    const rows: Row[] = [
      { cells: ['7', null, null], time: '2026-03-01' },
      { cells: [null, null, null], time: '2026-03-05' },
    ];
    expect(aggregate(last, rows)).toMatchObject({ value: '7', newest: '2026-03-05', rowsBlank: 1 });
  });
});

describe('last', () => {
  it('takes the newest time, fractions of a second included', () => {
    const rows: Row[] = [
      { cells: ['2', null, null], time: '2026-03-01T10:00:00.5Z' },
      { cells: ['1', null, null], time: '2026-03-01T10:00:00Z' },
    ];
    expect(aggregate(last, rows).value).toBe('2');
  });

  it('breaks a tie by the locator, then by the cell', () => {
    const at = (value: string, locator: string): Row => ({ cells: [value, null, null], locator });
    expect(aggregate(last, [at('1', 'b.csv:2'), at('9', 'a.csv:2')]).value).toBe('1');
    expect(aggregate(last, [at('9', 'a.csv:2'), at('1', 'a.csv:2')]).value).toBe('9');
  });
});

describe('ratio', () => {
  it('divides the sums and is no mean of ratios', () => {
    const rows = [row('2', '4'), row('2', '100')];
    expect(aggregate(ratio, rows)).toMatchObject({
      value: '0.03846153846153846154',
      numerator: '4',
      denominator: '104',
    });
    const shares = rows.map((each) => aggregate(ratio, [each]).value);
    expect(shares).toEqual(['0.5', '0.02']);
  });

  it('counts rows on either side by their own filters', () => {
    const renewed: Aggregation = {
      kind: 'ratio',
      numerator: { kind: 'count', where: services },
      denominator: { kind: 'count', where: [] },
      where: filter('amount > 0'),
    };
    const rows = [row('1', null, 'service'), row('1', null, 'goods'), row('1', null, null), row('0', null, 'service')];
    expect(aggregate(renewed, rows, { scale: '100' })).toMatchObject({
      value: '33.333333333333333333',
      rowsUsed: 3,
      rowsFiltered: 1,
    });
  });

  it('is 0 when rows are there and none belongs to the numerator', () => {
    const share: Aggregation = { ...ratio, numerator: { kind: 'sum', column: 'amount', where: services } };
    expect(aggregate(share, [row('5', '10', 'goods')])).toMatchObject({
      value: '0',
      numerator: '0',
      denominator: '10',
    });
  });

  it('has no value when the denominator is 0, also by cancelling out', () => {
    expect(aggregate(ratio, [row('1', '2'), row('1', '-2')])).toMatchObject({
      reason: 'zero_denominator',
      numerator: '2',
      denominator: '0',
    });
  });
});

describe('a sum of very many or very great cells', () => {
  it('stays exact where doubles would not', () => {
    const edge = row('999999999999999');
    const rows = Array.from({ length: 2_000 }, () => edge);
    expect(aggregate(sum, rows).value).toBe('1999999999999998000');
    expect(aggregate(sum, [...rows, row('0.1'), row('-0.0000000000000000000001')]).value).toBe(
      '1999999999999998000.0999999999999999999999',
    );
  });

  it('comes back from beyond', () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      row(index % 2 === 0 ? '9007199254740993' : '-9007199254740992'),
    );
    expect(aggregate(sum, rows).value).toBe('10');
  });
});

describe('parts that were aggregated elsewhere', () => {
  const tally = { used: 2, filtered: 1, blank: 1 };
  const merged = (aggregation: Aggregation, part: AggregatePart) => {
    const aggregator = createAggregator(aggregation, '1', false, COLUMNS);
    aggregator.takePart(part);
    return aggregator.result();
  };

  it('bring their sum, their rows and their newest day', () => {
    expect(merged(avg, { tally, sum: '5', newest: '2026-03-04' })).toEqual({
      value: '2.5',
      numerator: '5',
      denominator: '2',
      rowsUsed: 2,
      rowsFiltered: 1,
      rowsBlank: 1,
      newest: '2026-03-04',
    });
  });

  it('need no sum where no row was used', () => {
    const blank = { used: 0, filtered: 0, blank: 3 };
    expect(merged(sum, { tally: blank, newest: '2026-03-04' })).toMatchObject({ reason: 'all_blank', rowsBlank: 3 });
  });

  it.each([
    ['last', last, { tally, sum: '5' }],
    ['a sum without its sum', sum, { tally }],
    ['a ratio without its sides', ratio, { tally, sum: '5' }],
    [
      'a ratio with a side that lacks its sum',
      ratio,
      { tally, numerator: { tally }, denominator: { tally, sum: '1' } },
    ],
  ] as const)('are refused for %s', (_, aggregation, part) => {
    expect(() => merged(aggregation, part)).toThrow(
      expect.objectContaining({ code: 'BUG_UNFIT_PART', kind: 'defect' }),
    );
  });
});

describe('columnsOf', () => {
  it('names every column once, those of filters too', () => {
    expect(columnsOf({ ...sum, where: filter("kind = 'a' and amount > 0") })).toEqual(['amount', 'kind']);
    expect(columnsOf(count)).toEqual([]);
    expect(
      columnsOf({
        kind: 'ratio',
        numerator: { kind: 'sum', column: 'amount', where: services },
        denominator: { kind: 'count', where: filter('hours > 0') },
        where: filter('renewed = true'),
      }),
    ).toEqual(['amount', 'kind', 'hours', 'renewed']);
  });
});
