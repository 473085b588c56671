import { z } from 'zod';
import { exactlyOne } from './exactly-one.js';
import { Decimal, Id, Text } from './scalars.js';

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

const oneAggregation = exactlyOne(['sum', 'avg', 'last', 'count', 'ratio']);

/** How the rows of a period become one value. */
export const FromSpec = z
  .strictObject({
    extract: Id.describe('Extract whose rows are used.'),
    sum: Text.optional().describe('Column to add up.'),
    avg: Text.optional().describe('Column to average over its rows that are not blank.'),
    last: Text.optional().describe('Column whose newest value in the period counts: balances, stocks.'),
    count: Text.optional().describe('Rows to count: all, or a row filter such as renewed = true.'),
    ratio: RatioSpec.optional().describe('One sum or count divided by another, over the whole period.'),
    where: Text.optional().describe("Row filter of the whole measure: kind = 'service' and amount > 0."),
    unit: z
      .strictObject({ column: Text.describe('Column whose cells are the keys of units.') })
      .optional()
      .describe('Which rows are of which unit, where the scorecard is one for each of many.'),
    scale: Decimal.optional().describe('Multiplies the value; default 100 for a ratio with unit percent, else 1.'),
  })
  .refine(oneAggregation.check, oneAggregation.message);
export type FromSpec = z.infer<typeof FromSpec>;
