// Generated rows, aggregated here and by pandas (see pandas-aggregates.py): equal to eight decimal places of its doubles.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, PercentileMethod, RowFilter } from '#src/domain/measure/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import type { ColumnSpec } from '#src/domain/value/types.js';

interface Table {
  readonly rows: readonly (readonly [day: string, amount: string | null, weight: number | null, kind: string | null])[];
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const table = JSON.parse(readFileSync(new URL('./pandas-aggregates.json', import.meta.url), 'utf8')) as Table;

const column = (name: string, type: ColumnSpec['type']): ColumnSpec => ({
  name,
  sourceName: name,
  type,
  timeZone: 'UTC',
  required: false,
});
const COLUMNS = [column('amount', 'decimal'), column('weight', 'integer'), column('kind', 'text')];

function filter(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.filter;
}

function aggregationOf(name: string): Aggregation {
  const [kind = '', p = '', method = ''] = name.split(' ');
  switch (kind) {
    case 'weighted_avg':
      return { kind, column: 'amount', weight: 'weight', where: [] };
    case 'count_distinct':
      return { kind, column: 'kind', where: [] };
    case 'percentile':
      return { kind, column: 'amount', p, method: method as PercentileMethod, where: [] };
    case 'ratio': {
      const numerator = { kind: 'sum', column: 'amount', where: filter("kind = 'service'") } as const;
      return { kind, numerator, denominator: { kind: 'sum', column: 'weight', where: [] }, where: [] };
    }
    case 'chosen':
      return { kind: 'count', where: filter("kind in ('service', 'sale') and not (amount > 400)") };
    case 'others':
      return { kind: 'count', where: filter("not (kind in ('service') or amount > 100) or weight is null") };
    default:
      return { kind: kind as 'sum', column: 'amount', where: [] };
  }
}

function value(name: string, month: string): string | undefined {
  const aggregator = createAggregator(aggregationOf(name), '1', false, COLUMNS);
  table.rows.forEach(([day, amount, weight, kind], index) => {
    if (!day.startsWith(month)) return;
    const typed = amount === null ? null : canonical(new Decimal(amount));
    const cells = [typed, weight === null ? null : String(weight), kind];
    aggregator.add({ cells, date: day, time: day, locator: `rows:${index}` });
  });
  return aggregator.result().value;
}

describe('what pandas makes of the same rows', () => {
  it.each(Object.keys(table.answers))('%s', (name) => {
    const answers = Object.entries(table.answers[name] ?? {});
    expect(answers).toHaveLength(4);
    for (const [month, expected] of answers) {
      const found = value(name, month) ?? 'none';
      expect([month, new Decimal(found).minus(expected).abs().lessThan('1e-8'), found, expected]).toEqual([
        month,
        true,
        found,
        expected,
      ]);
    }
  });
});
