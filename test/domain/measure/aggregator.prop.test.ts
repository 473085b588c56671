import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '#src/domain/actual/types.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import type { Aggregation, RowFilter } from '#src/domain/measure/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'amount', sourceName: 'amount', type: 'decimal', timeZone: 'UTC', required: false },
  { name: 'hours', sourceName: 'hours', type: 'decimal', timeZone: 'UTC', required: false },
];

const cell = fc.option(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
    .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`))),
  { freq: 4 },
);
// Few times and locators, so that ties are common.
const observation: fc.Arbitrary<Observation> = fc
  .record({
    cells: fc.tuple(cell, cell),
    day: fc.integer({ min: 1, max: 3 }),
    locator: fc.constantFrom('a:1', 'a:2'),
  })
  .map(({ cells, day, locator }) => ({ cells, date: `2026-03-0${day}`, time: `2026-03-0${day}`, locator }));
const shuffled = fc
  .array(observation, { maxLength: 30 })
  .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));

const positive: RowFilter = [{ column: 'amount', operator: '>', value: '0', literal: 'number' }];
const aggregation: fc.Arbitrary<Aggregation> = fc.constantFrom<RowFilter>([], positive).chain((where) =>
  fc.constantFrom<Aggregation>(
    { kind: 'sum', column: 'amount', where },
    { kind: 'avg', column: 'amount', where },
    { kind: 'last', column: 'amount', where },
    { kind: 'count', where },
    {
      kind: 'ratio',
      numerator: { kind: 'sum', column: 'amount', where: positive },
      denominator: { kind: 'sum', column: 'hours', where: [] },
      where,
    },
    { kind: 'ratio', numerator: { kind: 'count', where: positive }, denominator: { kind: 'count', where: [] }, where },
  ),
);

function result(kind: Aggregation, rows: readonly Observation[]) {
  const aggregator = createAggregator(kind, '100', false, COLUMNS);
  for (const each of rows) aggregator.add(each);
  return aggregator.result();
}

describe('every aggregation', () => {
  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(aggregation, shuffled, (kind, [rows, others]) => {
        expect(result(kind, others)).toEqual(result(kind, rows));
      }),
    );
  });

  it('counts every row once and has a value or a reason, never both', () => {
    fc.assert(
      fc.property(aggregation, fc.array(observation, { maxLength: 20 }), (kind, rows) => {
        const { rowsUsed, rowsFiltered, rowsBlank, value, reason } = result(kind, rows);
        expect(rowsUsed + rowsFiltered + rowsBlank).toBe(rows.length);
        expect(value === undefined).toBe(reason !== undefined);
      }),
    );
  });

  it('sums as decimal arithmetic does', () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 20 }), (rows) => {
        const amounts = rows.flatMap(({ cells }) => (typeof cells[0] === 'string' ? [cells[0]] : []));
        fc.pre(amounts.length > 0);
        const expected = amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).times(100);
        expect(result({ kind: 'sum', column: 'amount', where: [] }, rows).value).toBe(canonical(expected));
      }),
    );
  });
});
