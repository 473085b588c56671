import { describe, expect, it } from 'vitest';
import { createExtractFold, type PlannedMeasure } from '#src/activities/pull/fold/extract-fold.js';
import { expectedDayOf } from '#src/activities/pull/plan-extract.js';
import { reportedWithoutValue } from '#src/activities/pull/revise.js';
import type { AggregatePart } from '#src/domain/measure/aggregate-part.js';
import { plannedMeasure as planned, salesExtract } from './any-extract.js';
import { textBatch } from './sliced.js';

const window = { start: '2026-01-01', end: '2026-07-01' };
const rows = ['2026-02-10', '2026-01-05', '2026-01-31', '2026-03-01'].map((date, index) => [
  date,
  'north',
  `1${'0'.repeat(index)}`,
]);

async function values(measures: readonly PlannedMeasure[], more: readonly string[][] = []) {
  const fold = createExtractFold(salesExtract, measures, window, 'UTC');
  fold.add(textBatch([...rows, ...more]));
  const found = (await fold.finish(new AbortController().signal)).values;
  const lines = found.map(({ measure, period, aggregate }) => `${measure.id} ${period.id} ${aggregate.value}`);
  return { found, lines: lines.sort() };
}

describe('values of periods', () => {
  it('puts each row into its period, whatever the order of rows', async () => {
    const { lines } = await values([planned('sales')]);
    expect(lines).toEqual(['sales 2026-01 110', 'sales 2026-02 1', 'sales 2026-03 1000']);
  });

  it('serves measures of several frequencies from one reading', async () => {
    const { lines } = await values([planned('months'), planned('quarters', { frequency: 'quarterly' })]);
    expect(lines).toContain('quarters 2026-Q1 1111');
    expect(lines).toHaveLength(4);
  });

  it('makes only the periods of each own window', async () => {
    const { lines } = await values([planned('all'), planned('newest', {}, '2026-02-01', '2026-03-01')]);
    expect(lines.filter((line) => line.startsWith('newest'))).toEqual(['newest 2026-02 1']);
  });

  it('makes of running totals what they grew by, with one more period read and none written for it', async () => {
    const cumulative = { aggregation: { kind: 'cumulative', column: 'amount', resets: 'yearly', where: [] } } as const;
    const { found } = await values(
      [planned('ytd', cumulative, '2026-02-01', '2026-07-01')],
      [['2026-05-31', 'x', '9']],
    );
    // Rows: January ends with 100, February with 1, March with 1000, April has none, May ends with 9.
    expect(found.map(({ period, aggregate }) => [period.id, aggregate.value ?? aggregate.reason])).toEqual([
      ['2026-02', 'cumulative_drop'],
      ['2026-03', '999'],
      ['2026-05', 'cumulative_gap'],
    ]);
    expect(found[0]?.aggregate).toMatchObject({ cumulative: '1', previousCumulative: '100' });
    expect(reportedWithoutValue(found, 0, 'run', 'now').map(({ reason }) => reason)).toEqual([
      'cumulative_drop',
      'cumulative_gap',
    ]);
  });

  it('counts the days a measure expects where a row entered the value, and no others', async () => {
    const expected = { ...planned('sales'), expectedDay: (day: string) => day !== '2026-01-05' };
    const { found } = await values(
      [expected, planned('other')],
      [
        ['2026-01-31', 'south', '3'],
        ['2026-01-30', 'south', ''],
        ['2026-01-29', 'south', '4'],
      ],
    );
    const days = found.map(({ measure, period, aggregate }) => `${measure.id} ${period.id} ${aggregate.days}`).sort();
    expect(days).toEqual([
      'other 2026-01 undefined',
      'other 2026-02 undefined',
      'other 2026-03 undefined',
      'sales 2026-01 2',
      'sales 2026-02 1',
      'sales 2026-03 1',
    ]);
  });

  it('expects the working days that the due rule of the measure names, as scoring does', () => {
    const due = { ...planned('sales').measure.due, calendar: 'riyadh' };
    const expects = { observations: 'working_days', of: 'days', minimum: '1' } as const;
    const { measure } = planned('sales', { expects, due });
    const site = {
      calendar: { weekend: [6, 7], holidays: [] },
      workingCalendars: { riyadh: { weekend: [5, 6], holidays: [] } },
    };
    const { expectedDay } = expectedDayOf(measure, site);
    // Friday and Sunday.
    expect(['2026-01-02', '2026-01-04'].map((day) => expectedDay?.(day))).toEqual([false, true]);
  });

  it('gives 0 for a period without rows where empty means zero, and nothing elsewhere', async () => {
    const spring = ['2026-03-01', '2026-06-01'] as const;
    const { lines } = await values([
      planned('zero', { emptyMeansZero: true }, ...spring),
      planned('not', {}, ...spring),
    ]);
    expect(lines).toEqual(['not 2026-03 1000', 'zero 2026-03 1000', 'zero 2026-04 0', 'zero 2026-05 0']);
  });

  it('counts a rejected row once in its period, however many cells were bad', async () => {
    const { found } = await values(
      [planned('sales')],
      [
        ['2026-02-28', '#N/A', 'ten'],
        ['soon', 'north', '1'],
      ],
    );
    expect(found.map(({ period, rejects }) => `${period.id} ${rejects}`).sort()).toEqual([
      '2026-01 0',
      '2026-02 1',
      '2026-03 0',
    ]);
  });

  it('makes no 0 of a period all of whose rows were rejected', async () => {
    const { found } = await values(
      [planned('sales', { emptyMeansZero: true }, '2026-04-01', '2026-06-01')],
      [['2026-05-02', 'north', 'ten']],
    );
    expect(found.map(({ period, aggregate }) => [period.id, aggregate.value ?? aggregate.reason])).toEqual([
      ['2026-04', '0'],
      ['2026-05', 'no_rows'],
    ]);
  });

  it.each([
    ['whose time cannot be read', ['03/02/2026', 'north', '10']],
    ['whose time is blank', ['', 'north', '10']],
  ])('makes no 0 of any period where a row %s was rejected: it may have been of that one', async (_what, bad) => {
    const spring = planned('sales', { emptyMeansZero: true }, '2026-03-01', '2026-05-01');
    const { found } = await values([spring], [bad]);
    expect(found.map(({ period, aggregate }) => [period.id, aggregate.value ?? aggregate.reason])).toEqual([
      ['2026-03', '1000'],
      ['2026-04', 'no_rows'],
    ]);
  });

  it('makes no 0 of any period where the connector rejected a row', async () => {
    const fold = createExtractFold(
      salesExtract,
      [planned('sales', { emptyMeansZero: true }, '2026-04-01', '2026-05-01')],
      window,
      'UTC',
    );
    const reject = { locator: 'sales.csv:9', rule: 'broken_quote', raw: '"x', message: 'm', remedy: 'r' } as const;
    fold.add({ ...textBatch(rows), rejects: [reject], seen: rows.length + 1 });
    const found = (await fold.finish(new AbortController().signal)).values;
    expect(found.map(({ aggregate }) => aggregate.reason)).toEqual(['no_rows']);
  });

  it('leaves a period waiting that may miss rejected rows, though it has nothing to divide by', async () => {
    const [month] = (await values([planned('sales')])).found;
    if (month === undefined) throw new Error('there is a month');
    const empty = { ...month, aggregate: { ...month.aggregate, reason: 'zero_denominator' as const } };
    expect(reportedWithoutValue([empty], 0, 'run', 'now')).toHaveLength(1);
    expect(reportedWithoutValue([empty], 1, 'run', 'now')).toEqual([]);
  });

  it('stops where the step was cancelled', async () => {
    const fold = createExtractFold(salesExtract, [planned('sales')], window, 'UTC');
    const stop = new AbortController();
    stop.abort(new Error('stopped on request'));
    await expect(fold.finish(stop.signal)).rejects.toThrow('stopped on request');
  });
});

describe('days aggregated at their source', () => {
  const part: AggregatePart = { tally: { used: 2, filtered: 1, blank: 0 }, sum: '0.5', newest: '2026-02-03' };
  const signal = new AbortController().signal;

  it('stand beside rows', async () => {
    const fold = createExtractFold(salesExtract, [planned('sales')], window, 'UTC');
    fold.add(textBatch(rows));
    fold.addPart('2026-02-03', 3, new Map([['company/sales', part]]));
    fold.addPart('2026-05-03', 3, new Map([['company/sales', part]]));
    const { balance, values: found } = await fold.finish(signal);
    expect(balance).toEqual({ seen: 10, used: 10, rejected: 0, skipped: {} });
    expect(found.find(({ period }) => period.id === '2026-02')?.aggregate).toEqual({
      value: '1.5',
      rowsUsed: 3,
      rowsFiltered: 1,
      rowsBlank: 0,
      newest: '2026-02-10',
    });
  });

  it('are skipped outside the window', async () => {
    const fold = createExtractFold(salesExtract, [planned('sales')], window, 'UTC');
    fold.addPart('2026-07-01', 3, new Map([['company/sales', part]]));
    const { balance, values: found } = await fold.finish(signal);
    expect(found).toEqual([]);
    expect(balance).toEqual({ seen: 3, used: 0, rejected: 0, skipped: { outside_window: 3 } });
  });

  it.each([
    ['does not account for every row', new Map([['company/sales', { ...part, tally: { ...part.tally, used: 1 } }]])],
    ['is missing', new Map<string, AggregatePart>()],
  ])('fail where a part %s', (_, parts) => {
    const fold = createExtractFold(salesExtract, [planned('sales')], window, 'UTC');
    expect(() => {
      fold.addPart('2026-02-03', 3, parts);
    }).toThrow(expect.objectContaining({ code: 'BUG_UNBALANCED_BATCH', kind: 'defect' }));
  });
});
