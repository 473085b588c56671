// What `from` and `expects` of a measure, and ordinal columns, are resolved to; and what is refused, with its remedy.
import { expect, it } from 'vitest';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { collected } from '../support/collected-measure.js';
import { changed, type Files, read, SOUND } from './support/config-folder.js';

const EXTRACTS = 'extracts/contracts.yaml';
const CARD = 'scorecards/company.yaml';
const RATIO = 'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }';

const WITH_COLUMNS: Files = changed(
  EXTRACTS,
  '      renewed: boolean\n',
  `      renewed: boolean
      customer: text
      hours: integer
      rate: { type: decimal, percent: points }
      rating: { type: ordinal, order: [B, BB, A-, AA] }
`,
);

const measuring = (from: string, more = '', files = WITH_COLUMNS): Files => {
  const unit = changed(CARD, 'unit: percent', 'unit: pieces', files);
  return changed(CARD, `      ${RATIO}\n`, `      ${from}\n${more}`, unit);
};

async function resolved(from: string, more = ''): Promise<CollectedMeasure> {
  const { config, problems } = await read(measuring(from, more));
  expect(problems).toEqual([]);
  return collected(config?.measures[0]);
}

async function refused(files: Files): Promise<readonly string[]> {
  const { problems } = await read(files);
  return problems.map(({ severity, code, path, message, remedy }) =>
    [severity, code.replace('CONFIG_', ''), path, message, remedy].join(' | '),
  );
}

it.each([
  ['first: amount', { kind: 'first', column: 'amount' }],
  ['min: hours', { kind: 'min', column: 'hours' }],
  ['max: amount', { kind: 'max', column: 'amount' }],
  ['median: amount', { kind: 'median', column: 'amount' }],
  ['last: renewed', { kind: 'last', column: 'renewed' }],
  ['count_distinct: customer', { kind: 'count_distinct', column: 'customer' }],
  ['weighted_avg: { value: rate, weight: amount }', { kind: 'weighted_avg', column: 'rate', weight: 'amount' }],
  [
    'percentile: { of: amount, p: 99.50, method: linear }',
    { kind: 'percentile', column: 'amount', p: '99.5', method: 'linear' },
  ],
  ['cumulative: { column: amount, resets: yearly }', { kind: 'cumulative', column: 'amount', resets: 'yearly' }],
])('takes %s', async (from, aggregation) => {
  const { scale, labels, ...measure } = await resolved(from);
  expect(measure.aggregation).toEqual({ ...aggregation, where: [] });
  expect(scale).toBe('1');
  expect(labels).toBeUndefined();
});

it('keeps the words of an ordinal column beside values that are places in their order', async () => {
  for (const kind of ['first', 'last', 'min', 'max']) {
    expect((await resolved(`${kind}: rating`)).labels).toEqual(['B', 'BB', 'A-', 'AA']);
  }
  const counted = await resolved("count: rating in ('A-', 'AA')");
  expect(counted.labels).toBeUndefined();
  expect((await resolved('count_distinct: rating')).labels).toBeUndefined();
});

it('takes of two middle words the lower one, since between them there is none', async () => {
  expect(await resolved('median: rating')).toMatchObject({
    aggregation: { kind: 'percentile', column: 'rating', p: '50', method: 'nearest_rank' },
    labels: ['B', 'BB', 'A-', 'AA'],
  });
});

it('reads what a period should have, and reads the history anew when that changes', async () => {
  const from = 'avg: amount';
  const plain = await resolved(from);
  const some = await resolved(from, '    expects: { observations: working_days, minimum: 0.80 }\n');
  const rows = await resolved(from, '    expects: { observations: 24, of: rows, minimum: 1 }\n');
  expect(plain).not.toHaveProperty('expects');
  expect(some.expects).toEqual({ observations: 'working_days', of: 'days', minimum: '0.8' });
  expect(rows.expects).toEqual({ observations: 24, of: 'rows', minimum: '1' });
  expect(new Set([plain, some, rows].map(({ valueDigest }) => valueDigest)).size).toBe(3);
  expect(new Set([plain, some, rows].map(({ scoreDigest }) => scoreDigest)).size).toBe(3);
});

it('keeps the digest of a filter of plain comparisons, whatever parentheses stand around it', async () => {
  const plain = await resolved('sum: amount\n      where: "customer = \'a\' and hours > 2"');
  const grouped = await resolved('sum: amount\n      where: "((customer = \'a\')) and (hours > 2)"');
  expect(plain.aggregation.where).toEqual([
    { column: 'customer', operator: '=', value: 'a', literal: 'text' },
    { column: 'hours', operator: '>', value: '2', literal: 'number' },
  ]);
  expect(grouped.valueDigest).toBe(plain.valueDigest);
});

it.each([
  ['sum: rating', 'COLUMN_TYPE', 'sum needs numbers, and the column "rating" is ordinal', 'nearest_rank'],
  ['percentile: { of: rating, p: 50, method: linear }', 'COLUMN_TYPE', 'method: linear needs numbers', 'nearest_rank'],
  ['weighted_avg: { value: rating, weight: amount }', 'COLUMN_TYPE', '"rating" is ordinal', 'use first'],
  ['min: customer', 'COLUMN_TYPE', '"customer" is text', 'decimal or integer'],
  ['sum: renewed', 'COLUMN_TYPE', 'sum needs numbers, and the column "renewed" is boolean', 'count: renewed = true'],
  ['median: renewed', 'COLUMN_TYPE', '"renewed" is boolean', 'use first, last, min or max'],
  ['count_distinct: custmer', 'UNKNOWN_COLUMN', '"custmer"', 'did you mean "customer"?'],
  ['max: rating\n      scale: 10', 'COLUMN_TYPE', 'scale 10 beside an ordinal column', 'remove scale'],
  ['percentile: { of: amount, p: 101, method: linear }', 'INVALID_VALUE', '101 is not between 0 and 100', '95'],
  ['percentile: { of: amount, p: -1, method: linear }', 'INVALID_VALUE', '-1 is not between 0 and 100', '95'],
  ['avg: rate', 'AVERAGED_RATIO', 'weighs small and large rows the same', 'weighted_avg: { value: rate, weight: … }'],
  ['sum: amount\n      averaged_ratio: no reason', 'INVALID_VALUE', 'averaged_ratio stands without avg', 'remove it'],
  [
    'cumulative: { column: amount, resets: daily }',
    'CUMULATIVE_RESET',
    'starts anew inside each period: daily',
    'more often',
  ],
  ["count: custmer in ('a') or ammount > 1", 'UNKNOWN_COLUMN', '"custmer"', 'did you mean "customer"?'],
  ['count: "not (amount in (1, \'x\'))"', 'BAD_FILTER', "'x' must be a number", 'compare with'],
  ["count: rating = 'AAA'", 'BAD_FILTER', "'AAA' must be one of 'B', 'BB', 'A-', 'AA'", 'compare with'],
])('refuses %s', async (from, code, says, remedy) => {
  const [problem = '', ...others] = await refused(measuring(from));
  expect(problem).toMatch(/^error/);
  for (const part of [`| ${code} |`, says, remedy]) expect(problem).toContain(part);
  // The second unknown column of a filter is told as well.
  expect(others.length).toBeLessThanOrEqual(1);
});

it('takes the average of percentages with a reason, and refuses it where only the unit is percent', async () => {
  await resolved('avg: rate\n      averaged_ratio: each row is one survey of the same size');
  const { config, problems } = await read(changed(CARD, RATIO, 'avg: amount', WITH_COLUMNS));
  expect(config).toBeUndefined();
  expect(problems).toMatchObject([{ severity: 'error', code: 'CONFIG_LINT', rule: 'averaged_ratio' }]);
});

it('warns of running totals that start anew inside some weeks', async () => {
  const weekly = changed(CARD, 'frequency: monthly', 'frequency: weekly', WITH_COLUMNS);
  const { config, problems } = await read(measuring('cumulative: { column: amount, resets: yearly }', '', weekly));
  expect(config).toBeDefined();
  expect(problems).toMatchObject([{ severity: 'warning', code: 'CONFIG_CUMULATIVE_RESET' }]);
});

it('refuses running totals of a source that does not give the period before', async () => {
  const from = 'cumulative: { column: amount, resets: yearly }';
  const snapshot = changed(EXTRACTS, '    time: ended_on\n', '    snapshot: { takes: last }\n', WITH_COLUMNS);
  expect((await refused(measuring(from, '', snapshot))).join()).toContain('SNAPSHOT_SETTING');
  const since = changed(
    EXTRACTS,
    'query: select 1',
    'query: "select :since", watermark: { returns: whole_periods }',
    WITH_COLUMNS,
  );
  expect((await refused(measuring(from, '', since))).join()).toContain('uses :since, which leaves periods out');
});

it.each([
  ['rating: ordinal', 'the ordinal column "rating" has no order', 'add order'],
  ['rating: { type: ordinal, order: [A, B, A] }', '"A" stands twice in the order', 'one place'],
  ['rating: { type: text, order: [A, B] }', 'order has no meaning for the text column', 'make the column ordinal'],
])('refuses the column %s', async (column, says, remedy) => {
  const [problem = ''] = await refused(changed(EXTRACTS, 'renewed: boolean', `renewed: boolean\n      ${column}`));
  expect(problem).toContain('COLUMN_OPTION');
  expect(problem).toContain(says);
  expect(problem).toContain(remedy);
});

it('refuses an expectation that no number of observations can be held to', async () => {
  for (const expects of [
    '{ observations: 0, minimum: 0.5 }',
    '{ observations: days, minimum: 80 }',
    '{ observations: days }',
    '{ observations: hours, minimum: 0.5 }',
  ]) {
    const [problem = ''] = await refused(measuring('avg: amount', `    expects: ${expects}\n`));
    expect(problem).toMatch(/^error/);
  }
  expect(SOUND[CARD]).not.toContain('expects');
});
