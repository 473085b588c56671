import { expect, it } from 'vitest';
import { definitionSentences } from '#src/cli/render/measure-words.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, Measure, RowFilter } from '#src/domain/measure/types.js';
import { plannedMeasure } from '../../activities/any-extract.js';

const NOTHING = { extracts: [], connections: [], people: [], scorecards: [] } as unknown as ResolvedConfig;

function filter(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.filter;
}

const words = (own: Partial<Measure>): string =>
  definitionSentences(plannedMeasure('m', { unit: '', ...own }).measure, NOTHING).join(' ');

it.each<[Aggregation, string]>([
  [{ kind: 'first', column: 'stock', where: [] }, 'the first "stock" of the period'],
  [{ kind: 'min', column: 'stock', where: [] }, 'the least "stock"'],
  [{ kind: 'max', column: 'stock', where: [] }, 'the greatest "stock"'],
  [{ kind: 'median', column: 'days', where: [] }, 'the median of "days"'],
  [
    { kind: 'percentile', column: 'days', p: '95', method: 'nearest_rank', where: [] },
    'the percentile 95 of "days" (by nearest rank)',
  ],
  [{ kind: 'count_distinct', column: 'customer', where: [] }, 'the number of different "customer"'],
  [
    { kind: 'weighted_avg', column: 'rate', weight: 'visitors', where: [] },
    'the average of "rate" weighted by "visitors"',
  ],
  [
    { kind: 'cumulative', column: 'ytd', resets: 'yearly', where: [] },
    'what the running total "ytd" grew by since the period before, where it starts anew each year',
  ],
])('says what a %o is', (aggregation, expected) => {
  expect(words({ aggregation })).toContain(`The value is ${expected}.`);
});

it.each([
  "kind in ('a', 'it''s') and amount not in (1, 2.5)",
  "(kind = 'a' or amount > 1) and not (renewed = true)",
  "kind = 'a' or not (amount != null and (kind = 'b' or amount < 0))",
])('writes the filter %s so that it reads back the same', (text) => {
  const where = filter(text);
  const sentence = words({ aggregation: { kind: 'count', where } });
  const written = /counting only rows where (.*?)\. It is/.exec(sentence)?.[1] ?? '';
  expect(filter(written)).toEqual(where);
});

it('says how many observations a period should have', () => {
  const expects = { observations: 'working_days', of: 'days', minimum: '0.8' } as const;
  expect(words({ expects })).toContain('at least 80 % of the working days it should have');
  expect(words({ expects: { observations: 24, of: 'rows', minimum: '0.5' } })).toContain('50 % of the 24 rows');
});
