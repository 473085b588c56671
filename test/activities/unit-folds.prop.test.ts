// One pass for all units against a pass of its own for each, whose filter names the unit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExtractFold, type PeriodValue, type PlannedMeasure } from '#src/activities/pull/fold/extract-fold.js';
import type { Extract } from '#src/config/types.js';
import type { Aggregate } from '#src/domain/actual/types.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { aggregation, COLUMNS, observation } from '../domain/measure/any-rows.js';
import { plannedMeasure, salesExtract } from './any-extract.js';
import { textBatch } from './sliced.js';

const extract: Extract = { ...salesExtract, columns: COLUMNS };
const window = { start: '2026-01-01', end: '2026-04-01' };
const UNITS = ['north', 'süd', 'R1', 'empty'];

const rows = fc.array(
  observation.map(({ cells }) => cells.map((cell) => (cell === null ? null : String(cell)))),
  { maxLength: 30 },
);
const batches = fc.tuple(rows, rows);

async function fold(planned: readonly PlannedMeasure[], read: readonly (readonly (string | null)[])[][]) {
  const made = createExtractFold(extract, planned, window, 'Europe/Berlin');
  for (const batch of read) made.add(textBatch(batch));
  return made.finish(new AbortController().signal);
}

const member = (measure: CollectedMeasure, name: string): CollectedMeasure => ({
  ...measure,
  address: `shops/${name}/sales`,
  template: 'shops/sales',
  forUnit: { id: name, name },
  unitColumn: 'region',
});

function family(
  id: string,
  own: Partial<CollectedMeasure>,
  expectedDay: PlannedMeasure['expectedDay'],
): PlannedMeasure {
  const { measure, window: days } = plannedMeasure(id, own);
  const [first = measure, ...others] = UNITS.map((name) => member(measure, name));
  return {
    measure: first,
    members: [first, ...others],
    window: days,
    ...(expectedDay === undefined ? {} : { expectedDay }),
  };
}

const rowsOf = ({ rowsUsed, rowsFiltered, rowsBlank }: Aggregate): number => rowsUsed + rowsFiltered + rowsBlank;

/** Without what tells of rows that only the filter sees. */
function outcome({ period, aggregate }: PeriodValue) {
  const { rowsFiltered: _filtered, newest: _newest, ...rest } = aggregate;
  return { period: period.id, ...rest };
}

const described = fc.record({
  aggregation,
  emptyMeansZero: fc.boolean(),
  frequency: fc.constantFrom('monthly' as const, 'weekly' as const),
  counted: fc.boolean(),
});

describe('a fold by unit', () => {
  it('gives each unit what a filter on it alone gives', async () => {
    await fc.assert(
      fc.asyncProperty(described, batches, async ({ counted, ...own }, read) => {
        const expectedDay = counted ? (day: string) => day !== '2026-01-31' : undefined;
        const together = await fold([family('sales', own, expectedDay)], read);
        for (const name of UNITS) {
          const where = [
            { column: 'region', operator: '=', value: name, literal: 'text' } as const,
            ...own.aggregation.where,
          ];
          const planned = plannedMeasure(name, { ...own, aggregation: { ...own.aggregation, where } });
          const alone = await fold([{ ...planned, ...(expectedDay === undefined ? {} : { expectedDay }) }], read);
          const ofUnit = together.values.filter(({ measure }) => measure.forUnit?.id === name);
          // A period of other units' rows alone has filtered rows there, and none at all here.
          const seen = new Set(ofUnit.filter(({ aggregate }) => rowsOf(aggregate) > 0).map(({ period }) => period.id));
          const [inSeen, others] = [
            alone.values.filter(({ period }) => seen.has(period.id)),
            alone.values.filter(({ period }) => !seen.has(period.id)),
          ];
          expect(ofUnit.filter(({ period }) => seen.has(period.id)).map(outcome)).toEqual(inSeen.map(outcome));
          expect(others.map(({ aggregate }) => aggregate.rowsUsed)).toEqual(others.map(() => 0));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('accounts for every row, those of no unit by a rule of their own', async () => {
    await fc.assert(
      fc.asyncProperty(described, batches, fc.boolean(), async ({ counted: _, ...own }, read, withPlain) => {
        const planned = [family('sales', own, undefined), ...(withPlain ? [plannedMeasure('all', own)] : [])];
        const { balance, unknownUnits = [] } = await fold(planned, read);
        const { seen, used, rejected, skipped } = balance;
        const skips = Object.values(skipped).reduce((total, count) => total + count, 0);
        expect(used + rejected + skips).toBe(seen);
        // Where another measure takes the rows of all, none is skipped for being of no unit.
        if (withPlain) expect(skipped).not.toHaveProperty('unknofUnitunit');
        for (const text of unknownUnits) expect(UNITS).not.toContain(text);
      }),
      { numRuns: 100 },
    );
  });
});
