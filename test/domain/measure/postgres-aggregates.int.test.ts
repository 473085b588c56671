// The same aggregations by PostgreSQL's own functions over generated rows: equal to the last digit, quotients to the
// places that the server gives.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '#src/domain/actual/types.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, RowFilter } from '#src/domain/measure/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { seeded } from '../../connectors/database/pushed-and-local.js';

const address = process.env['PLUMBLINE_TEST_POSTGRES_URL'];

const column = (name: string, type: ColumnSpec['type']): ColumnSpec => ({
  name,
  sourceName: name,
  type,
  timeZone: 'UTC',
  required: false,
});
const COLUMNS = [column('amount', 'decimal'), column('weight', 'decimal'), column('kind', 'text')];

function filter(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.filter;
}

function rows(): readonly Observation[] {
  const random = seeded(42);
  return Array.from({ length: 500 }, (_, index) => {
    const amount = `${random.pick('', '-')}${random.digits(random.pick(2, 6, 18))}.${random.digits(random.pick(1, 4))}`;
    const cells = [
      random.below(8) === 0 ? null : canonical(new Decimal(amount)),
      random.below(8) === 0 ? null : canonical(new Decimal(random.below(1000)).div(10)),
      random.below(8) === 0 ? null : random.pick('service', 'Service', 'repair', ''),
    ];
    const date = `2026-0${random.pick('1', '2', '3')}-15`;
    return { cells, date, time: date, locator: `rows:${index}` };
  });
}

const of = (kind: 'sum' | 'avg' | 'min' | 'max' | 'median', where: RowFilter = []): Aggregation => ({
  kind,
  column: 'amount',
  where,
});
const percentile = (p: string, method: 'nearest_rank' | 'linear'): Aggregation => ({
  kind: 'percentile',
  column: 'amount',
  p,
  method,
  where: [],
});
// percentile_cont is of doubles: what lies between two values is written out here, of the server's own sorted array.
const SORTED = '(array_agg(amount order by amount) filter (where amount is not null))';
const between = (share: string): string => {
  const place = `(${share} * (count(amount) - 1))`;
  const at = (which: string): string => `${SORTED}[${which}(${place})::int + 1]`;
  return `${at('floor')} + (${place} - floor(${place})) * (${at('ceil')} - ${at('floor')})`;
};

const CASES: readonly (readonly [string, Aggregation, string])[] = [
  ['sum', of('sum'), 'sum(amount)'],
  ['avg', of('avg'), 'sum(amount)::numeric(60,30) / count(amount)'],
  ['min', of('min'), 'min(amount)'],
  ['max', of('max'), 'max(amount)'],
  ['median', of('median'), between('0.5')],
  ['a linear percentile', percentile('97.5', 'linear'), between('0.975')],
  ['a nearest rank', percentile('90', 'nearest_rank'), 'percentile_disc(0.9) within group (order by amount)'],
  ['the lowest rank', percentile('0', 'nearest_rank'), 'percentile_disc(0) within group (order by amount)'],
  [
    'a weighted average',
    { kind: 'weighted_avg', column: 'amount', weight: 'weight', where: [] },
    'sum(amount * weight)::numeric(70,30) / sum(weight) filter (where amount is not null)',
  ],
  ['different words', { kind: 'count_distinct', column: 'kind', where: [] }, 'count(distinct kind collate "C")'],
  [
    'rows of a set',
    { kind: 'count', where: filter("kind in ('service', '') and amount is not null") },
    "count(*) filter (where kind in ('service', '') and amount is not null)",
  ],
  [
    'rows of a set turned round, where an unknown is false',
    { kind: 'count', where: filter("not (kind in ('service') or amount > 5)") },
    "count(*) filter (where (kind in ('service') or amount > 5) is not true)",
  ],
];

describe.skipIf(address === undefined)('what PostgreSQL makes of the same rows', () => {
  let client: pg.Client;
  const all = rows();
  beforeAll(async () => {
    const server = new URL(address ?? '');
    // A temporary table needs no database of its own.
    server.pathname = '/postgres';
    client = new pg.Client({ connectionString: server.href });
    await client.connect();
    await client.query('create temporary table t (day date, amount numeric, weight numeric, kind text)');
    for (const { cells, date } of all) await client.query('insert into t values ($1, $2, $3, $4)', [date, ...cells]);
  });
  afterAll(async () => {
    await client.end();
  });

  it.each(CASES)('%s', async (_name, aggregation, sql) => {
    const answer = await client.query<{ day: string; value: string }>(
      `select day::text as day, (${sql})::text as value from t group by day order by day`,
    );
    expect(answer.rows).toHaveLength(3);
    for (const { day, value } of answer.rows) {
      const aggregator = createAggregator(aggregation, '1', false, COLUMNS);
      for (const row of all) if (row.date === day) aggregator.add(row);
      const found = new Decimal(aggregator.result().value ?? 'NaN');
      // Quotients of the server have fewer places than ours, or more.
      expect(found.toDecimalPlaces(9).toFixed()).toBe(new Decimal(value).toDecimalPlaces(9).toFixed());
    }
  });
});
