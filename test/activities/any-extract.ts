import type { PlannedMeasure } from '#src/activities/pull/fold/extract-fold.js';
import type { Extract } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { ColumnSpec, ColumnType } from '#src/domain/value/types.js';

export const columnOf = (name: string, type: ColumnType, required = false): ColumnSpec => ({
  name,
  sourceName: name.toUpperCase(),
  type,
  timeZone: 'UTC',
  required,
});

export const salesExtract: Extract = {
  id: 'sales',
  connection: 'shop',
  source: {},
  cadence: { every: 'day', hour: 6, minute: 0, timeZone: 'UTC' },
  columns: [columnOf('day', 'date', true), columnOf('shop', 'text'), columnOf('amount', 'decimal')],
  timeColumn: 'day',
  duplicates: { keep: 'all' },
  limits: { maxRows: 10, maxBytes: 1_000, timeoutMs: 1_000 },
};

export function plannedMeasure(
  id: string,
  own: Partial<Measure> = {},
  start = '2026-01-01',
  end = '2026-04-01',
): PlannedMeasure {
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
