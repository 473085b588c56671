// Brent, one price series that is published daily, weekly, monthly and yearly: the average of the daily prices agrees with
// the published ones in as many periods as is known, within half a cent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExtractFold } from '#src/activities/pull/fold/extract-fold.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { periodContaining } from '#src/domain/period/period.js';
import { Decimal } from '#src/domain/value/decimal.js';
import { columnOf, plannedMeasure, salesExtract } from '../activities/any-extract.js';
import { textBatch } from '../activities/sliced.js';

const data = process.env['PLUMBLINE_TEST_DATA'];

/** Published rows carry a day of their period: Friday of the week, the 15th of the month, 30 June of the year. */
const PUBLISHED = [
  ['weekly', 'brent-weekly.csv', 2044, 2048],
  ['monthly', 'brent-monthly.csv', 465, 471],
  ['yearly', 'brent-year.csv', 37, 39],
] as const;

const rowsOf = (file: string): string[][] =>
  readFileSync(join(data ?? '', 'brent', file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

async function valuesOf(own: Partial<CollectedMeasure>): Promise<ReadonlyMap<string, string | undefined>> {
  const days = { start: '1987-01-01', end: '2027-01-01' };
  const extract = {
    ...salesExtract,
    columns: [columnOf('day', 'date', true), columnOf('amount', 'decimal')],
    limits: { ...salesExtract.limits, maxRows: 100_000 },
  };
  const fold = createExtractFold(extract, [plannedMeasure('brent', own, days.start, days.end)], days, 'UTC');
  fold.add(textBatch(rowsOf('brent-daily.csv')));
  const { values, balance } = await fold.finish(new AbortController().signal);
  expect(balance).toMatchObject({ seen: 9958, used: 9958, rejected: 0 });
  return new Map(values.map(({ period, aggregate }) => [period.id, aggregate.value]));
}

describe.skipIf(data === undefined)('Brent', () => {
  it.each(PUBLISHED)('averaged by day agrees with the published %s prices', async (frequency, file, agreeing, all) => {
    const averages = await valuesOf({ frequency, aggregation: { kind: 'avg', column: 'amount', where: [] } });
    const compared = rowsOf(file).flatMap(([day = '', price = '']) => {
      const average = averages.get(periodContaining(day, frequency).id);
      return average === undefined ? [] : [new Decimal(average).minus(price).abs().lessThanOrEqualTo('0.005')];
    });
    expect(compared).toHaveLength(all);
    expect(compared.filter((agrees) => agrees)).toHaveLength(agreeing);
  });

  it('has in each year its least, middle and greatest day in order, and its last day last', async () => {
    const yearly = (aggregation: CollectedMeasure['aggregation']) => valuesOf({ frequency: 'yearly', aggregation });
    const [min, median, max] = await Promise.all(
      (['min', 'median', 'max'] as const).map((kind) => yearly({ kind, column: 'amount', where: [] })),
    );
    expect(min?.size).toBe(40);
    for (const [year, least] of min ?? []) {
      const [low, middle, high] = [least, median?.get(year), max?.get(year)].map(
        (value) => new Decimal(value ?? 'NaN'),
      );
      expect(low?.lessThanOrEqualTo(middle ?? 0)).toBe(true);
      expect(middle?.lessThanOrEqualTo(high ?? 0)).toBe(true);
    }
  });
});
