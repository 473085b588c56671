import { z } from 'zod';
import { Id, Text, wholeNumber } from './scalars.js';

/** How a formula calls an input. */
const InputName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'not a name of a formula' })
  .max(100)
  .meta({ remedy: 'use letters a to z, digits and _, beginning with no digit: last_year' });

/** A measure of the same scorecard by its id, or any by its address. */
const MeasureRef = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*){0,2}$/, { error: 'not a measure' })
  .meta({ remedy: 'write the id of a measure of this scorecard, or an address such as sales/new-customers' });

const SeriesRef = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, { error: 'not a name of a series' })
  .meta({ remedy: 'write the name of a series: target, baseline' });

/** What stands for a value that is not there. */
export const MissingSpec = z.union([
  z.enum(['absent', 'zero']),
  z.strictObject({
    carry_forward: wholeNumber(1, 1000).describe('The latest value of at most this many periods before stands in.'),
  }),
]);
export type MissingSpec = z.infer<typeof MissingSpec>;

/** Which periods a window takes together. */
export const OverSpec = z.union([
  z.enum(['month_to_date', 'quarter_to_date', 'half_to_date', 'year_to_date']),
  z.strictObject({
    rolling: wholeNumber(2, 1000).describe('This many periods of the measure, with the one at hand as the last.'),
  }),
]);
export type OverSpec = z.infer<typeof OverSpec>;

const MISSING =
  'What stands in for a period without a value: absent (nothing, the default), zero, or { carry_forward: 2 }. What was filled in is shown.';
const OVER =
  'Window that ends with the period: year_to_date, half_to_date, quarter_to_date, month_to_date or { rolling: 12 }.';
const PARTIAL =
  'Whether a value is shown (marked as partial, and not judged) when some of its periods have none; default show.';
const COMBINE =
  'How several periods become one; default by the aggregation: sums add up, ratios and averages divide their sums, last takes the last.';

const AVERAGED = Text.optional().describe(
  'Of a mean of ratios: why it is right here, such as that a published index is defined so.',
);

const Combine = z.enum(['sum', 'mean', 'min', 'max', 'first', 'last']);

const READ = {
  series: SeriesRef.optional().describe('Named series of that measure, such as target; its value when left out.'),
  over: OverSpec.optional().describe(OVER),
  combine: Combine.optional().describe(COMBINE),
  missing: MissingSpec.optional().describe(MISSING),
};

/** One input of a formula. */
export const InputSpec = z
  .strictObject({
    measure: MeasureRef.optional().describe(
      'Measure it is the value of; the measure itself when left out, with series.',
    ),
    ...READ,
    at: z
      .enum(['previous', 'last_year', 'last_year_restated'])
      .optional()
      .describe(
        'Another period: the one before, the same one a year earlier, or of weeks the one 52 weeks before where that year has 53.',
      ),
  })
  .refine(({ measure, series }) => measure !== undefined || series !== undefined, {
    error: 'an input is a measure, or a series of the measure itself',
    params: { remedy: 'write measure: revenue, or series: target' },
  });
export type InputSpec = z.infer<typeof InputSpec>;

/** A value computed from other measures. */
export const FormulaFromSpec = z.strictObject({
  formula: Text.describe(
    'What is computed: 100 * profit / revenue. A name is an input, or the measure of this scorecard whose id it is, with _ for each dash.',
  ),
  inputs: z
    .record(InputName, InputSpec)
    .optional()
    .describe('Names of the formula that are more than the value of a measure of this scorecard in the same period.'),
  missing: MissingSpec.optional().describe(`For all inputs that do not say it themselves. ${MISSING}`),
  partial: z.enum(['show', 'hide']).optional().describe(PARTIAL),
  averaged_ratio: AVERAGED,
});
export type FormulaFromSpec = z.infer<typeof FormulaFromSpec>;

/** A value made of those of the same measure in the scorecards or units below. */
export const ChildrenFromSpec = z.strictObject({
  children: Id.describe('Id of the measure in each scorecard that has this one as its parent.'),
  combine: z
    .enum(['sum', 'ratio', 'mean', 'min', 'max'])
    .describe('How their values become one: sums add up; ratio divides the sum of numerators by that of denominators.'),
  averaged_ratio: AVERAGED,
});
export type ChildrenFromSpec = z.infer<typeof ChildrenFromSpec>;

/** A value that takes together several periods of another measure. */
export const WindowFromSpec = z.strictObject({
  measure: MeasureRef.describe('Measure whose periods are taken together.'),
  ...READ,
  over: OverSpec.optional().describe(`${OVER} Left out: only the periods that lie in one of this measure.`),
  partial: z.enum(['show', 'hide']).optional().describe(PARTIAL),
  averaged_ratio: AVERAGED,
});
export type WindowFromSpec = z.infer<typeof WindowFromSpec>;
