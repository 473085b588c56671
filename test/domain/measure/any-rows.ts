import fc from 'fast-check';
import type { Observation } from '#src/domain/actual/types.js';
import type { Aggregation, Condition, FilterNode, RowFilter, SetCondition } from '#src/domain/measure/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import type { ColumnSpec, ColumnType, DecimalText, TypedCell } from '#src/domain/value/types.js';

const column = (name: string, type: ColumnType): ColumnSpec => ({
  name,
  sourceName: name,
  type,
  timeZone: 'Europe/Berlin',
  required: false,
});

export const COLUMNS: readonly ColumnSpec[] = [
  column('day', 'date'),
  column('amount', 'decimal'),
  column('hours', 'decimal'),
  column('pieces', 'integer'),
  column('region', 'text'),
  column('renewed', 'boolean'),
  column('at', 'datetime'),
  column('signed', 'date'),
];

/** Around every edge there is: what a double holds, what units hold, what 64 bits hold, 38 digits, many places. */
const EDGES: readonly DecimalText[] = [
  ...[2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 10n ** 15n - 1n, 10n ** 15n, 10n ** 38n - 1n].flatMap(
    (edge) => [String(edge), String(-edge)],
  ),
  ...['0', '0.1', '-0.1', '999999999999.999', '0.000000000000001', '0.0000000000000000001', '12345678901234567890.01'],
];

export const decimalText: fc.Arbitrary<DecimalText> = fc.oneof(
  { arbitrary: fc.constantFrom(...EDGES), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 10 }))
      .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`))),
    weight: 3,
  },
  {
    arbitrary: fc
      .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 38 }))
      .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`))),
    weight: 1,
  },
);

export const wholeText = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map((value) => String(value)),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
);
export const dayText = fc.constantFrom(
  '1969-12-31',
  '1899-12-30',
  '2026-01-31',
  '2026-02-01',
  '2026-02-28',
  '2026-03-01',
);
export const instantText = fc.constantFrom(
  '1969-12-31T23:59:59Z',
  '2026-01-31T22:30:00Z',
  '2026-01-31T23:30:00Z',
  '2026-01-31T23:30:00.5Z',
  '2026-03-29T01:00:00Z',
);
export const regionText = fc.constantFrom('', 'north', 'nord', 'süd', 'R1', ' ', '東');

const cells: fc.Arbitrary<readonly TypedCell[]> = fc.tuple<TypedCell[]>(
  dayText,
  fc.option(decimalText, { freq: 5 }),
  fc.option(decimalText, { freq: 2 }),
  fc.option(wholeText, { freq: 4 }),
  fc.option(regionText, { freq: 4 }),
  fc.option(fc.boolean(), { freq: 3 }),
  fc.option(instantText, { freq: 4 }),
  fc.option(dayText, { freq: 4 }),
);

/** Few days and places, so that ties are common. */
export const observation: fc.Arbitrary<Observation> = fc
  .tuple(cells, dayText, fc.constantFrom('a:1', 'a:2', 'a:10'))
  .map(([each, date, locator]) => ({ cells: [date, ...each.slice(1)], date, time: date, locator }));

const literals: Readonly<Record<string, fc.Arbitrary<Pick<Condition, 'value' | 'literal'>>>> = {
  amount: decimalText.map((value) => ({ value, literal: 'number' })),
  hours: decimalText.map((value) => ({ value, literal: 'number' })),
  pieces: wholeText.map((value) => ({ value, literal: 'number' })),
  region: regionText.map((value) => ({ value, literal: 'text' })),
  at: instantText.map((value) => ({ value, literal: 'text' })),
  signed: dayText.map((value) => ({ value, literal: 'text' })),
};

const blank: fc.Arbitrary<Pick<Condition, 'value' | 'literal'>> = fc.constant({ value: null });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom(...Object.keys(literals))
    .chain((name) =>
      fc
        .record({ operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='), literal: literals[name] ?? blank })
        .map(({ operator, literal }): Condition => ({ column: name, operator, ...literal })),
    ),
  fc.record({
    column: fc.constantFrom('amount', 'region', 'renewed', 'at', 'signed', 'pieces'),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constant(null),
  }),
  fc.record({
    column: fc.constant('renewed'),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.boolean(),
  }),
);

const set: fc.Arbitrary<SetCondition> = fc.constantFrom(...Object.keys(literals)).chain((name) =>
  fc.record({
    column: fc.constant(name),
    operator: fc.constantFrom('in' as const, 'not in' as const),
    values: fc.array(literals[name] ?? blank, { minLength: 1, maxLength: 4 }),
  }),
);

const { nodes } = fc.letrec<{ nodes: RowFilter; node: FilterNode }>((tie) => ({
  nodes: fc.array(tie('node'), { minLength: 1, maxLength: 2 }),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.oneof(condition, set), weight: 4 },
    { arbitrary: fc.record({ anyOf: fc.array(tie('nodes'), { minLength: 2, maxLength: 3 }) }), weight: 1 },
    { arbitrary: fc.record({ not: tie('nodes') }), weight: 1 },
  ),
}));

const filter: fc.Arbitrary<RowFilter> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 2 },
  { arbitrary: nodes, weight: 3 },
);

const valueColumn = fc.constantFrom('amount', 'hours', 'pieces');
/** What has an order: true and false do. */
const orderedColumn = fc.oneof(valueColumn, fc.constant('renewed'));
const term = fc.oneof(
  fc.record({ kind: fc.constant('sum' as const), column: valueColumn, where: filter }),
  fc.record({ kind: fc.constant('count' as const), where: filter }),
);

/** Every kind that parts add up to. */
export const mergeable: fc.Arbitrary<Aggregation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('sum' as const, 'avg' as const), column: valueColumn, where: filter }),
  fc.record({ kind: fc.constantFrom('min' as const, 'max' as const), column: orderedColumn, where: filter }),
  fc.record({ kind: fc.constant('weighted_avg' as const), column: valueColumn, weight: valueColumn, where: filter }),
  fc.record({ kind: fc.constant('count' as const), where: filter }),
  fc.record({ kind: fc.constant('ratio' as const), numerator: term, denominator: term, where: filter }),
);

export const aggregation: fc.Arbitrary<Aggregation> = fc.oneof(
  { arbitrary: mergeable, weight: 4 },
  {
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constantFrom('first' as const, 'last' as const), column: orderedColumn, where: filter }),
      fc.record({ kind: fc.constant('median' as const), column: valueColumn, where: filter }),
      fc.record({
        kind: fc.constant('count_distinct' as const),
        column: fc.oneof(valueColumn, fc.constantFrom('region', 'renewed', 'at', 'signed')),
        where: filter,
      }),
      fc.record({
        kind: fc.constant('percentile' as const),
        column: valueColumn,
        p: fc.constantFrom('0', '10', '25', '33.3', '50', '75', '90', '99.9', '100'),
        method: fc.constantFrom('nearest_rank' as const, 'linear' as const, 'exclusive' as const),
        where: filter,
      }),
      fc.record({
        kind: fc.constant('cumulative' as const),
        column: valueColumn,
        resets: fc.constant('yearly' as const),
        where: filter,
      }),
    ),
    weight: 5,
  },
);
