import { z } from 'zod';
import { Decimal, Frequency, Id, PositiveDecimal, Text, wholeNumber } from './scalars.js';
import { BandsSpec, ScoreSpec } from './score-spec.js';
import { DueSpec } from './site-spec.js';

/** Exactly one of some keys must be there. */
function exactlyOne(keys: readonly string[]) {
  return {
    check: (value: object): boolean => Object.keys(value).filter((key) => keys.includes(key)).length === 1,
    message: {
      error: `exactly one of ${keys.join(', ')} is needed`,
      params: { remedy: `keep one of: ${keys.join(', ')}` },
    },
  };
}

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
    scale: Decimal.optional().describe('Multiplies the value; default 100 for a ratio with unit percent, else 1.'),
  })
  .refine(oneAggregation.check, oneAggregation.message);
export type FromSpec = z.infer<typeof FromSpec>;

/** A target in force from a day on. */
export const TargetSpec = z
  .strictObject({
    from: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { error: 'not a year, month or day' })
      .meta({ json: { type: ['string', 'integer'] }, remedy: 'write YYYY, YYYY-MM or YYYY-MM-DD' })
      .describe('First day it holds for: YYYY, YYYY-MM or YYYY-MM-DD; until the next version.'),
    value: Decimal.optional().describe('The target; not for in-band.'),
    low: Decimal.optional().describe('Lowest good value, for in-band.'),
    high: Decimal.optional().describe('Highest good value, for in-band.'),
  })
  .refine(
    ({ value, low, high }) =>
      value === undefined ? low !== undefined && high !== undefined : low === undefined && high === undefined,
    {
      error: 'a target is one value, or low and high',
      params: { remedy: 'write value: 85, or for in-band low: 72, high: 82' },
    },
  );
export type TargetSpec = z.infer<typeof TargetSpec>;

/** One measure. What its parts mean to each other is checked when it is resolved. */
export const MeasureSpec = z.strictObject({
  id: Id.describe('Unique within the scorecard.'),
  name: Text.describe('Name shown to people.'),
  description: Text.optional().describe('One sentence on what it says.'),
  objective: Id.describe('Objective it measures.'),
  owner: Id.describe('Person who answers for the value and hears when it is late, missing or off track.'),
  unit: Text.describe('Free word shown behind values; percent turns ratios into hundredths.'),
  direction: z
    .enum(['higher-is-better', 'lower-is-better', 'in-band', 'exact', 'unscored'])
    .describe('What is good. unscored has neither targets nor bands.'),
  frequency: Frequency.describe('How often there is a value.'),
  from: FromSpec.describe('Where the value comes from.'),
  targets: z.array(TargetSpec).default([]).describe('Versions of the target, ascending in from.'),
  bands: BandsSpec.optional().describe(
    'Limits of the statuses; default for higher-is-better 100 and 90 % of target, for lower-is-better 100 and 110 %.',
  ),
  score: ScoreSpec.optional().describe('How the value becomes a score; made from the bands when left out.'),
  weight: PositiveDecimal.default('1').describe('Weight within its objective.'),
  due: DueSpec.optional().describe('When a value is expected; the site’s rule when left out.'),
  restatement_periods: wholeNumber(0, 1000)
    .default(3)
    .describe('Closed periods whose source may still change; they are read again in each run.'),
  off_track_after: wholeNumber(0, 1000)
    .optional()
    .describe('Off-track periods in a row that raise an alert, 0 for none; the site’s number when left out.'),
  empty_means_zero: z
    .boolean()
    .default(false)
    .describe('A period without rows is 0 and not missing: counts of rare events.'),
  decimals: wholeNumber(0, 12).default(1).describe('Decimal places shown; what is stored is never rounded.'),
});
export type MeasureSpec = z.infer<typeof MeasureSpec>;
