// Weeks put together to months, quarters and windows: how many days are too many or too few at their ends.
import { describe, expect, it } from 'vitest';
import { parsePeriodId, periodsIn } from '#src/domain/period/period.js';
import { edgeWords } from '#src/domain/window/edges.js';
import { gather } from '#src/domain/window/gather.js';
import type { Edges, StoredSeries, WindowRule } from '#src/domain/window/types.js';
import { series } from './series.js';

const weeks = series('weekly', '2025-12-01', Array<string>(60).fill('7'));

function edges(values: StoredSeries, id: string, rule?: WindowRule): Edges | undefined {
  const period = parsePeriodId(id);
  const grain = { frequency: period.frequency };
  return gather(values, { period, grain, missing: 'absent', ...(rule === undefined ? {} : { rule }) }).taken.edges;
}

describe('a month of weeks', () => {
  it.each([
    // 29 December to 1 February.
    ['2026-01', { before: 3, after: 1 }],
    // 2 February to 1 March.
    ['2026-02', { before: -1, after: 1 }],
    // 2 to 29 March.
    ['2026-03', { before: -1, after: -2 }],
    // 4 to 31 May.
    ['2026-05', { before: -3, after: 0 }],
  ])('says which days it has too many or too few: %s', (id, expected) => {
    expect(edges(weeks, id)).toEqual(expected);
  });

  it('has as many days as it says, in each month', () => {
    for (const month of periodsIn('2026-01-01', '2027-01-01', 'monthly')) {
      const gathered = gather(weeks, { period: month, grain: { frequency: 'monthly' }, missing: 'absent' });
      const { before, after } = gathered.taken.edges ?? { before: 0, after: 0 };
      const days = (Date.parse(month.end) - Date.parse(month.start)) / 86_400_000;
      expect(gathered).toMatchObject({ part: { value: String(days + before + after) } });
    }
  });
});

it('a month of days has just its days', () => {
  expect(edges(series('daily', '2026-01-01', Array<string>(60).fill('1')), '2026-01')).toBeUndefined();
});

describe('a window of weeks', () => {
  it('to date begins with a week of its month, and ends with the period asked for', () => {
    expect(edges(weeks, '2026-W20', { kind: 'month_to_date' })).toEqual({ before: -3, after: 0 });
    expect(edges(weeks, '2026-W01', { kind: 'year_to_date' })).toEqual({ before: 3, after: 0 });
  });

  it('to date has with its last week the days after it, too', () => {
    expect(edges(weeks, '2026-W05', { kind: 'month_to_date' })).toEqual({ before: 3, after: 1 });
  });

  it('that rolls over weeks has just their days, and over months those at its ends', () => {
    expect(edges(weeks, '2026-W20', { kind: 'rolling', periods: 4 })).toBeUndefined();
    expect(edges(weeks, '2026-03', { kind: 'rolling', periods: 3 })).toEqual({ before: 3, after: -2 });
  });
});

describe('a quarter of months of weeks', () => {
  const months = (combination: StoredSeries['combination'] = 'sum'): StoredSeries => ({
    grain: { frequency: 'monthly' },
    combination,
    values: new Map([
      ['2026-01', { value: '35', edges: { before: 3, after: 1 } }],
      ['2026-02', { value: '28', edges: { before: -1, after: 1 } }],
      ['2026-03', { value: '28', edges: { before: -1, after: -2 } }],
    ]),
  });

  it('has what its first month has at the beginning, and its last at the end', () => {
    expect(edges(months(), '2026-Q1')).toEqual({ before: 3, after: -2 });
  });

  it('has those of the one month that its value is', () => {
    expect(edges(months('last'), '2026-Q1')).toEqual({ before: -1, after: -2 });
    expect(edges(months('first'), '2026-Q1')).toEqual({ before: 3, after: 1 });
  });
});

it('edges are said in days, one end or both', () => {
  expect(edgeWords({ before: 3, after: -2 })).toBe('3 too many at the beginning, 2 too few at the end');
  expect(edgeWords({ before: 0, after: 1 })).toBe('1 too many at the end');
});
