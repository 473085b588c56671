import { describe, expect, it } from 'vitest';
import type { RejectsOver } from '#src/domain/alert/settings.js';
import { captureMissedCondition, type RejectedRows, rejectsCondition } from '#src/domain/alert/source-conditions.js';
import type { Period } from '#src/domain/period/types.js';

const rows = (rejected: number, seen = 200): RejectedRows => ({
  extract: 'orders',
  at: '2026-11-20T05:30:00Z',
  seen,
  rejected,
  first: [
    {
      locator: 'orders.csv:12',
      column: 'amount',
      rule: 'ambiguous_number',
      message: 'the separator is ambiguous',
      remedy: 'declare a locale',
    },
  ],
  owner: 'robin',
});

describe('rejectsCondition', () => {
  it.each<[number, number, RejectsOver, boolean]>([
    [0, 200, { rows: 0 }, false],
    [1, 200, { rows: 0 }, true],
    [10, 200, { rows: 10 }, false],
    [11, 200, { rows: 10 }, true],
    [2, 200, { percent: 1 }, false],
    [3, 200, { percent: 1 }, true],
    [1, 1, { percent: 100 }, false],
    [0, 0, { percent: 0 }, false],
    [1, 1000, { percent: 0 }, true],
  ])('%d of %d rows, over %o: %s', (rejected, seen, over, holds) => {
    expect(rejectsCondition(rows(rejected, seen), over).length > 0).toBe(holds);
  });

  it('says where and why, what is right, and quotes no cell', () => {
    expect(rejectsCondition(rows(4), { rows: 0 })).toEqual([
      {
        kind: 'rejects',
        subject: 'extract/orders',
        period: '2026-11-20T05:30:00Z',
        through: '000000000004',
        owner: 'robin',
        summary: 'The extract "orders": 4 of 200 rows were rejected',
        details: [
          'orders.csv:12, column "amount": the separator is ambiguous (ambiguous_number)',
          'What would be right: declare a locale',
          'and 3 more, in the store\'s table "reject"',
          'What to do: correct them in the source; the next read takes them in.',
        ],
      },
    ]);
  });

  it('goes further when there are more of them, whatever the read', () => {
    const [few, many] = [9, 10].map((rejected) => rejectsCondition(rows(rejected), { rows: 0 })[0]?.through ?? '');
    expect((few ?? '') < (many ?? '')).toBe(true);
  });
});

describe('captureMissedCondition', () => {
  const month = (id: string, end: string): Period => ({ id, frequency: 'monthly', start: `${id}-01`, end });
  const [august, september] = [month('2026-08', '2026-09-01'), month('2026-09', '2026-10-01')];

  it('holds for none where nothing was missed', () => {
    expect(captureMissedCondition('stock', 'robin', [])).toEqual([]);
  });

  it('is one for all measures of the extract, from the first missed period on', () => {
    expect(
      captureMissedCondition('stock', 'robin', [
        { name: 'Stock', periods: [september] },
        { name: 'Value', periods: [august, september] },
      ]),
    ).toEqual([
      {
        kind: 'capture_missed',
        subject: 'extract/stock',
        period: '2026-08',
        through: '2026-10-01',
        owner: 'robin',
        overdue: [august, september],
        summary:
          'The extract "stock" was not read in 2026-08, 2026-09: its source keeps no history, so it cannot be read later',
        details: [
          'Stock: no capture in 2026-09',
          'Value: no capture in 2026-08, 2026-09',
          'What to do: see that it is read in each period; what was missed stays without a value.',
        ],
      },
    ]);
  });
});
