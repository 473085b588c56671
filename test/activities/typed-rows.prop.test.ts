// The fold against an oracle that keeps every row as an object, for rows as text and as slices, in any batches.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch, RawCell, RawReject } from '#connectors/sdk/types.js';
import { createExtractFold, type PlannedMeasure } from '#src/activities/pull/fold/extract-fold.js';
import type { DuplicatePolicy, Extract } from '#src/config/types.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import {
  aggregation,
  COLUMNS,
  dayText,
  decimalText,
  instantText,
  regionText,
  wholeText,
} from '../domain/measure/any-rows.js';
import { plannedMeasure, salesExtract } from './any-extract.js';
import { naiveFold } from './naive-fold.js';
import { slicedRows, textBatch } from './sliced.js';

const window = { start: '2026-01-31', end: '2026-03-01' };

const odd = fc.constantFrom(
  '',
  ' ',
  '  7 ',
  '+5',
  '007',
  '1e3',
  '-',
  '.5',
  '5.',
  '1,234',
  '1,5',
  '#N/A',
  'ten',
  '-0.00',
  '٣',
);
const number = fc.oneof({ arbitrary: decimalText, weight: 20 }, { arbitrary: odd, weight: 1 });
const whole = fc.oneof(
  { arbitrary: wholeText, weight: 20 },
  { arbitrary: fc.constantFrom('12.0', '1.5', '-0', ''), weight: 1 },
);
const day = fc.oneof(
  { arbitrary: dayText, weight: 25 },
  {
    arbitrary: fc.constantFrom('2026-02-30', ' 2026-02-01', '2026-02-01T00:00', '', 'soon', '2026-2-1', '0000-00-00'),
    weight: 1,
  },
);
const moment = fc.oneof(
  { arbitrary: instantText, weight: 6 },
  {
    arbitrary: fc
      .nat(59)
      .map((minute) => `2026-02-11T${String(minute % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom('2026-02-01 10:00', '2026-02-01T00:30:00.250+01:00', '2026-03-29 02:30:00', 'now'),
    weight: 2,
  },
);
const word = fc.oneof(
  { arbitrary: fc.constantFrom('true', 'false', 'Yes', '0', 't', ' y ', ''), weight: 20 },
  { arbitrary: fc.constantFrom('maybe', '#REF!', '\0t', '\0\0true'), weight: 1 },
);
const text = fc.oneof(
  { arbitrary: regionText, weight: 25 },
  { arbitrary: fc.constantFrom('#N/A', ' #REF! ', 'Loading...'), weight: 1 },
);
const nullable = (cell: fc.Arbitrary<string>): fc.Arbitrary<RawCell> => fc.option(cell, { freq: 8 });
const row: fc.Arbitrary<RawCell[]> = fc.tuple<RawCell[]>(
  nullable(day),
  nullable(number),
  nullable(number),
  nullable(whole),
  nullable(text),
  nullable(word),
  nullable(moment),
  nullable(day),
);
const policy: fc.Arbitrary<DuplicatePolicy> = fc.oneof(
  fc.constant<DuplicatePolicy>({ keep: 'all' }),
  fc.record({
    keep: fc.constantFrom('first' as const, 'last' as const, 'reject' as const),
    key: fc.constantFrom(['region'], ['day', 'region'], ['pieces'], ['renewed', 'amount'], ['at']),
  }),
);
const measures: fc.Arbitrary<readonly PlannedMeasure[]> = fc
  .array(
    fc.record({
      aggregation,
      frequency: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
      emptyMeansZero: fc.boolean(),
      own: fc.constantFrom(window, { start: '2026-02-01', end: '2026-03-01' }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((each) => each.map(({ own, ...measure }, index) => plannedMeasure(`m${index}`, measure, own.start, own.end)));
const columns: fc.Arbitrary<readonly ColumnSpec[]> = fc.boolean().map((required) =>
  // The time column is required, as in every configuration.
  COLUMNS.map((column) => ({ ...column, required: column.name === 'day' || (column.name === 'amount' && required) })),
);
const extracts: fc.Arbitrary<Extract> = fc
  .record({ columns, duplicates: policy, timeColumn: fc.constantFrom('day', 'at') })
  .map((each) => ({ ...salesExtract, ...each }));

/** A row that the connector itself could not use: nobody knows of which day it is. */
const BROKEN: RawReject = {
  locator: 'sales.csv:1',
  rule: 'broken_quote',
  raw: '"2026-02-01',
  message: 'm',
  remedy: 'r',
};
const withReject = (batch: Batch, reject: RawReject | null): Batch =>
  reject === null ? batch : { ...batch, rejects: [reject], seen: batch.seen + 1 };

async function folded(
  extract: Extract,
  planned: readonly PlannedMeasure[],
  timeZone: string,
  batches: readonly Batch[],
) {
  const fold = createExtractFold(extract, planned, window, timeZone);
  for (const batch of batches) fold.add(batch);
  const { values, rejects, balance } = await fold.finish(new AbortController().signal);
  return { values: inOrder(values), rejects, balance };
}

function inOrder<T extends { readonly measure: { readonly id: string }; readonly period: { readonly id: string } }>(
  values: readonly T[],
): readonly T[] {
  const key = ({ measure, period }: T): string => `${measure.id} ${period.id}`;
  return [...values].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

describe('a fold of any rows', () => {
  it('gives the values, rejects and balance of the oracle, from text and from slices, in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        extracts,
        measures,
        fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata'),
        fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 4 }),
        // Places whose numbers do not sort as texts do.
        fc.constantFrom(2, 8, 95),
        fc.option(fc.constant(BROKEN), { freq: 3 }),
        async (extract, planned, timeZone, split, firstLine, broken) => {
          const whole = split.flat();
          const wholeBatch = withReject(textBatch(whole, firstLine), broken);
          const oracle = naiveFold(extract, planned, window, timeZone, [wholeBatch]);
          const expected = { ...oracle, values: inOrder(oracle.values) };
          let line = firstLine;
          const texts: Batch[] = split.map((rows, index) => {
            const batch = withReject(textBatch(rows, line), index === 0 ? broken : null);
            line += rows.length;
            return batch;
          });
          const slices = texts.map((batch, index): Batch => ({ ...batch, rows: slicedRows(split[index] ?? [], 8) }));
          expect(await folded(extract, planned, timeZone, [wholeBatch])).toEqual(expected);
          if (split.length === 0) return;
          expect(await folded(extract, planned, timeZone, texts)).toEqual(expected);
          expect(await folded(extract, planned, timeZone, slices)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});
