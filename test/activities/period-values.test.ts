import { describe, expect, it } from 'vitest';
import { type PlannedMeasure, periodValues } from '#src/activities/pull/period-values.js';
import type { Extract } from '#src/config/types.js';
import type { Observation } from '#src/domain/actual/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { RejectRecord } from '#src/store/types.js';

const column = (name: string, type: ColumnSpec['type']): ColumnSpec => ({
  name,
  sourceName: name,
  type,
  timeZone: 'UTC',
  required: false,
});

const extract: Extract = {
  id: 'sales',
  connection: 'shop',
  source: {},
  cadence: { every: 'day', hour: 6, minute: 0, timeZone: 'UTC' },
  columns: [column('day', 'date'), column('amount', 'decimal')],
  timeColumn: 'day',
  duplicates: { keep: 'all' },
  limits: { maxRows: 10, maxBytes: 1_000, timeoutMs: 1_000 },
};

function planned(id: string, own: Partial<Measure> = {}, start = '2026-01-01', end = '2026-04-01'): PlannedMeasure {
  const measure: Measure = {
    address: `company/${id}`,
    id,
    name: id,
    scorecard: 'company',
    objective: 'company/sell',
    owner: 'amara',
    unit: 'EUR',
    direction: 'unscored',
    frequency: 'monthly',
    timeZone: 'UTC',
    extract: 'sales',
    aggregation: { kind: 'sum', column: 'amount', where: [] },
    scale: '1',
    emptyMeansZero: false,
    targets: [],
    bands: [],
    weight: '1',
    due: { businessDays: 5, graceDays: 3 },
    restatementPeriods: 3,
    offTrackAfter: 3,
    decimals: 1,
    valueDigest: 'v',
    scoreDigest: 's',
    ...own,
  };
  return { measure, window: { start, end } };
}

const rows: readonly Observation[] = ['2026-02-10', '2026-01-05', '2026-01-31', '2026-03-01'].map((date, index) => ({
  cells: [date, String(10 ** index)],
  date,
  time: date,
  locator: `sales.csv:${index + 2}`,
}));

async function values(measures: readonly PlannedMeasure[], rejects: readonly RejectRecord[] = []) {
  const found = await periodValues(extract, measures, rows, rejects, new AbortController().signal);
  const lines = found.map(({ measure, period, aggregate }) => `${measure.id} ${period.id} ${aggregate.value}`);
  return { found, lines: lines.sort() };
}

describe('periodValues()', () => {
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

  it('gives 0 for a period without rows where empty means zero, and nothing elsewhere', async () => {
    const spring = ['2026-03-01', '2026-06-01'] as const;
    const { lines } = await values([
      planned('zero', { emptyMeansZero: true }, ...spring),
      planned('not', {}, ...spring),
    ]);
    expect(lines).toEqual(['not 2026-03 1000', 'zero 2026-03 1000', 'zero 2026-04 0', 'zero 2026-05 0']);
  });

  it('counts a rejected row once in its period, however many cells were bad', async () => {
    const reject: RejectRecord = {
      ordinal: 0,
      locator: 'sales.csv:9',
      raw: 'x',
      rule: 'duplicate_key',
      message: 'm',
      remedy: 'r',
    };
    const { found } = await values(
      [planned('sales')],
      [
        { ...reject, date: '2026-02-28' },
        { ...reject, ordinal: 1, date: '2026-02-28' },
        { ...reject, ordinal: 2, locator: 'sales.csv:10' },
      ],
    );
    expect(found.map(({ period, rejects }) => `${period.id} ${rejects}`).sort()).toEqual([
      '2026-01 0',
      '2026-02 1',
      '2026-03 0',
    ]);
  });
});
