import { z } from 'zod';
import { exactlyOne } from './exactly-one.js';
import { Decimal, Frequency, Id, Share, Text, wholeNumber } from './scalars.js';

const oneTerm = exactlyOne(['sum', 'count']);

/** One side of a ratio. */
export const TermSpec = z
  .strictObject({
    sum: Text.optional().describe('Column to add up.'),
    count: Text.optional().describe('Rows to count: all, or a row filter such as renewed = true.'),
    where: Text.optional().describe('Row filter, only beside sum.'),
  })
  .refine(oneTerm.check, oneTerm.message)
  .refine((term) => term.where === undefined || term.count === undefined, {
    error: 'where stands beside count',
    path: ['where'],
    params: { remedy: 'write the filter as the value of count' },
  });
export type TermSpec = z.infer<typeof TermSpec>;

const RatioSpec = z.strictObject({
  numerator: TermSpec.describe('What is divided.'),
  denominator: TermSpec.describe('What it is divided by.'),
});

const PercentileSpec = z.strictObject({
  of: Text.describe('Column whose percentile is taken, over its rows that are not blank.'),
  p: Decimal.refine((p) => !p.startsWith('-') && (p === '100' || /^\d{1,2}(\.|$)/.test(p)), {
    error: ({ input }) => `${String(input)} is not between 0 and 100`,
  })
    .meta({
      json: { type: ['number', 'string'], minimum: 0, maximum: 100 },
      remedy: 'write a number from 0 to 100: 95',
    })
    .describe('Which one, from 0 to 100.'),
  method: z
    .enum(['nearest_rank', 'linear', 'exclusive'])
    .describe(
      'nearest_rank: the least value that p % do not exceed (PERCENTILE_DISC); linear: between values, as PERCENTILE_CONT, numpy and PERCENTILE.INC; exclusive: as PERCENTILE.EXC, without a value near the ends.',
    ),
});

const WeightedAvgSpec = z.strictObject({
  value: Text.describe('Column to average.'),
  weight: Text.describe('Column that says how much each row counts; a row with either cell blank is left out.'),
});

const CumulativeSpec = z.strictObject({
  column: Text.describe('Column of running totals: year-to-date figures, meter readings.'),
  resets: z
    .enum([...Frequency.options, 'never'])
    .describe('When the running total starts anew: yearly for year-to-date figures, never for a meter.'),
});

const oneAggregation = exactlyOne([
  'sum',
  'avg',
  'weighted_avg',
  'first',
  'last',
  'min',
  'max',
  'median',
  'percentile',
  'count',
  'count_distinct',
  'ratio',
  'cumulative',
]);

/** How the rows of a period become one value. */
export const FromSpec = z
  .strictObject({
    extract: Id.describe('Extract whose rows are used.'),
    sum: Text.optional().describe('Column to add up.'),
    avg: Text.optional().describe('Column to average over its rows that are not blank.'),
    weighted_avg: WeightedAvgSpec.optional().describe('Average in which rows count by a weight.'),
    first: Text.optional().describe(
      'Column whose oldest value in the period counts: opening balances. Of a boolean column yes is 1 and no is 0.',
    ),
    last: Text.optional().describe(
      'Column whose newest value in the period counts: balances, stocks. Of a boolean column yes is 1 and no is 0.',
    ),
    min: Text.optional().describe(
      'Column whose least value in the period counts. Of a boolean column 1 where every row says yes, else 0.',
    ),
    max: Text.optional().describe(
      'Column whose greatest value in the period counts. Of a boolean column 1 where some row says yes, else 0.',
    ),
    median: Text.optional().describe(
      'Column whose middle value counts, the mean of two middle ones; of an ordinal column the lower of the two.',
    ),
    percentile: PercentileSpec.optional().describe('Value below which a share of the rows lies.'),
    count: Text.optional().describe('Rows to count: all, or a row filter such as renewed = true.'),
    count_distinct: Text.optional().describe('Column of any type whose different values are counted, blanks aside.'),
    ratio: RatioSpec.optional().describe('One sum or count divided by another, over the whole period.'),
    cumulative: CumulativeSpec.optional().describe(
      'Value of a period out of running totals: the last one less that of the period before.',
    ),
    where: Text.optional().describe(
      "Row filter of the whole measure: kind in ('service', 'repair') and not (amount < 0 or voided = true).",
    ),
    unit: z
      .strictObject({
        column: Text.describe('Column whose cells are the keys of units.'),
        combine: z
          .enum(['sum', 'mean', 'min', 'max'])
          .optional()
          .describe(
            'With parents_by: value: how the values of units become that of the unit above; by the aggregation when left out, and needed for first, last, median, percentile and count_distinct.',
          ),
      })
      .optional()
      .describe('Which rows are of which unit, where the scorecard is one for each of many.'),
    scale: Decimal.optional().describe('Multiplies the value; default 100 for a ratio with unit percent, else 1.'),
    averaged_ratio: Text.optional().describe(
      'Only with avg, or combine: mean of units: why averaging ratios is right here, such as that each row weighs the same.',
    ),
  })
  .refine(oneAggregation.check, oneAggregation.message);
export type FromSpec = z.infer<typeof FromSpec>;

/** How many observations a period should have. */
export const ExpectsSpec = z.strictObject({
  observations: z
    .union([z.enum(['days', 'working_days']), wholeNumber(1, 1_000_000)])
    .describe(
      'One for each day, one for each working day (of the calendar that the due rule names, else of the site), or a number for a whole period.',
    ),
  of: z
    .enum(['days', 'rows'])
    .default('days')
    .describe('What is one: a day with a row that entered the value, or each such row.'),
  minimum: Share.describe('Share of them below which a period is not judged: 0.8.'),
});
export type ExpectsSpec = z.infer<typeof ExpectsSpec>;
