// Extracts whose rows stand for whole periods, labelled by one of their days.
import { describe, expect, it } from 'vitest';
import type { RawCell } from '#connectors/sdk/types.js';
import { createExtractFold } from '#src/activities/pull/fold/extract-fold.js';
import { reasonToRead } from '#src/activities/pull/push-down.js';
import type { Extract, ExtractGrain } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { FiscalCalendar, ListCalendar } from '#src/domain/period/types.js';
import { columnOf, plannedMeasure, salesExtract } from './any-extract.js';
import { textBatch } from './sliced.js';

const window = { start: '2026-03-01', end: '2026-05-01' };

async function foldOf(
  grain: ExtractGrain | undefined,
  own: Partial<Measure>,
  rows: readonly (readonly RawCell[])[],
  columns = salesExtract.columns,
) {
  const extract: Extract = { ...salesExtract, columns, ...(grain === undefined ? {} : { grain }) };
  const fold = createExtractFold(extract, [plannedMeasure('m', own, window.start, window.end)], window, 'UTC');
  fold.add(textBatch(rows));
  const result = await fold.finish(new AbortController().signal);
  return { ...result, periods: result.values.map(({ period, aggregate }) => [period.id, aggregate.value]) };
}

const weekly = (label: ExtractGrain['label']): ExtractGrain => ({ frequency: 'weekly', label });

describe('weekly rows', () => {
  it('that are labelled by the first day after them are of the month that has most of their days', async () => {
    const { periods, balance } = await foldOf(weekly('after'), {}, [
      ['2026-03-30', 'n', '1'],
      ['2026-04-06', 'n', '10'],
      ['2026-05-04', 'n', '100'],
      ['2026-05-11', 'n', '1000'],
    ]);
    expect(periods).toEqual([
      ['2026-03', '1'],
      ['2026-04', '110'],
    ]);
    expect(balance).toEqual({ seen: 4, used: 3, rejected: 0, skipped: { outside_window: 1 } });
  });

  it('give a weekly measure the week that their label stands for', async () => {
    const { periods } = await foldOf(weekly('end'), { frequency: 'weekly' }, [['2026-03-08', 'n', '1']]);
    expect(periods).toEqual([['2026-W10', '1']]);
  });

  it('whose date is no such label are rejected, with the day that would be one', async () => {
    const { rejects, balance, undatedRejects } = await foldOf(weekly('end'), {}, [
      ['2026-03-08', 'n', '1'],
      ['2026-03-09', 'n', '1'],
    ]);
    expect(balance).toEqual({ seen: 2, used: 1, rejected: 1, skipped: {} });
    expect(undatedRejects).toBe(1);
    expect(rejects).toMatchObject([{ rule: 'not_a_label', raw: '2026-03-09', column: 'DAY', locator: 'sales.csv:3' }]);
    expect(rejects[0]?.message).toContain('not the last day of its period');
  });

  it('without a date are rejected for that, and not as a label', async () => {
    const columns = [columnOf('day', 'date'), ...salesExtract.columns.slice(1)];
    const { rejects } = await foldOf(weekly('start'), {}, [[null, 'n', '1']], columns);
    expect(rejects.map(({ rule }) => rule)).toEqual(['blank_required']);
  });

  it('are never aggregated by their source', () => {
    expect(reasonToRead({ ...salesExtract, grain: weekly('end') }, true, [])).toContain('labels');
  });
});

describe('measures of several calendars', () => {
  const fiscal: FiscalCalendar = { kind: 'fiscal', prefix: 'FY', month: 4, day: 1, named: 'end' };
  const rows = [
    ['2026-03-31', 'n', '1'],
    ['2026-04-01', 'n', '10'],
  ];

  it('put one row into the period of each', async () => {
    const extract = { ...salesExtract };
    const planned = [
      plannedMeasure('standard', { frequency: 'monthly' }, window.start, window.end),
      plannedMeasure('fiscal', { frequency: 'monthly', calendar: fiscal }, window.start, window.end),
    ];
    const fold = createExtractFold(extract, planned, window, 'UTC');
    fold.add(textBatch(rows));
    const { values } = await fold.finish(new AbortController().signal);
    expect(values.map(({ measure, period, aggregate }) => [measure.id, period.id, aggregate.value])).toEqual([
      ['standard', '2026-03', '1'],
      ['standard', '2026-04', '10'],
      ['fiscal', 'FY2026-P12', '1'],
      ['fiscal', 'FY2027-P01', '10'],
    ]);
  });

  it('have no value outside a list, not even a zero', async () => {
    const periods = [{ id: 'a', start: '2026-03-20' }];
    const calendar: ListCalendar = { kind: 'list', prefix: 'T', frequency: 'monthly', periods, end: '2026-04-01' };
    const own = { calendar, emptyMeansZero: true };
    const outcome = await foldOf(undefined, own, [['2026-03-02', 'n', '5'], ...rows]);
    expect(outcome.periods).toEqual([['Ta', '1']]);
  });
});
