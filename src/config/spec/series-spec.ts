import { z } from 'zod';
import { exactlyOne } from './exactly-one.js';
import { FromSpec } from './from-spec.js';
import { Decimal, Frequency, Id, Text, wholeNumber } from './scalars.js';

const DayOrMore = z
  .string()
  .regex(/^(?=.*\d)[A-Za-z0-9/._-]{1,40}$/, { error: 'not a year, month, day or other period' })
  .meta({
    json: { type: ['string', 'integer'] },
    remedy: "write YYYY, YYYY-MM or YYYY-MM-DD, or a period of the measure's calendar such as FY2027-P07",
  });

/** A number, or a word of a measure whose values are words in an order, which only the measure can tell. */
const ValueOrWord = Text.meta({
  json: { type: ['number', 'string'] },
  remedy: 'write a number: 85; or a word of an ordinal column',
});

/** A target in force from a day on. */
export const TargetSpec = z
  .strictObject({
    from: DayOrMore.describe(
      'First day it holds for: YYYY, YYYY-MM, YYYY-MM-DD, or a period of the calendar, whose first day it is; until the next version.',
    ),
    until: DayOrMore.optional().describe(
      'Last day, month, year or other period it holds for; after it there is no target.',
    ),
    value: ValueOrWord.optional().describe(
      'The target: a number, or a word where values are words in an order; not for in-band.',
    ),
    low: ValueOrWord.optional().describe('Lowest good value, for in-band.'),
    high: ValueOrWord.optional().describe('Highest good value, for in-band.'),
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

/** A period's id; which there are is checked with the measure's calendar. */
const PeriodId = z
  .string()
  .regex(/^[A-Za-z0-9/._-]{1,40}$/, { error: ({ input }) => `"${String(input)}" is no id of a period` })
  .meta({ remedy: 'write a period such as 2026-01, 2026-W12, 2026-Q1 or 2026' });

/** A number or word, or the range that is good. */
const PeriodValueSpec = z.union([
  ValueOrWord,
  z.strictObject({
    low: ValueOrWord.describe('Lowest good value, for in-band.'),
    high: ValueOrWord.describe('Highest good value, for in-band.'),
  }),
]);
export type PeriodValueSpec = z.infer<typeof PeriodValueSpec>;

const Weight = Decimal.refine((weight) => !weight.startsWith('-'), {
  error: ({ input }) => `${String(input)} is below 0`,
}).meta({ json: { type: ['number', 'string'], minimum: 0 }, remedy: 'write a weight of 0 or more' });

/** A total and how it is spread over the finer periods inside its own. */
const SplitSpec = z
  .strictObject({
    total: Decimal.describe('What the parts add up to.'),
    even: z.literal(true).optional().describe('Equal parts; the default.'),
    weights: z.array(Weight).optional().describe('One weight for each finer period, in their order.'),
    like: z.enum(['last_year']).optional().describe('The proportions of the values a year before.'),
  })
  .refine((split) => [split.even, split.weights, split.like].filter((shape) => shape !== undefined).length <= 1, {
    error: 'a total has one shape',
    params: { remedy: 'keep one of: even, weights, like' },
  });
export type SplitSpec = z.infer<typeof SplitSpec>;

const FORMS = ['periods', 'linear', 'split', 'per', 'better_than', 'attribute', 'own', 'from'] as const;

/** What may, or (marked) must stand beside each form. */
const BESIDE: Readonly<Record<(typeof FORMS)[number], readonly string[]>> = {
  periods: [],
  linear: ['places'],
  split: ['fixed', 'places', 'additive'],
  per: ['value!', 'places', 'additive'],
  better_than: ['by_percent!', 'places'],
  attribute: [],
  own: [],
  from: ['carry', 'frequency'],
};

const oneForm = exactlyOne(FORMS);

/** A rule that gives a series its values. */
export const SeriesFormSpec = z
  .strictObject({
    periods: z.record(PeriodId, PeriodValueSpec).optional().describe('Values by period: { 2026-01: 10, 2026-02: 12 }.'),
    linear: z
      .record(PeriodId, Decimal)
      .refine((knots) => Object.keys(knots).length >= 2, { error: 'a line needs two periods or more' })
      .optional()
      .describe('Straight lines from period to period: { 2026-01: 100, 2026-12: 200 }.'),
    split: z
      .record(PeriodId, SplitSpec)
      .optional()
      .describe('Totals of coarser periods, spread over those of the measure: { 2026: { total: 12000 } }.'),
    fixed: z
      .record(PeriodId, Decimal)
      .optional()
      .describe('Beside split: periods whose part is given; the rest is spread over the others.'),
    per: z
      .enum(['day', 'working_day', 'week', 'month', 'year'])
      .optional()
      .describe('Unit of time that value is for; the target of a period is value times the units in it.'),
    value: Decimal.optional().describe('Beside per: the value for one unit of time.'),
    better_than: Id.optional().describe('Another series of the measure that this one is relative to.'),
    by_percent: Decimal.optional().describe('Beside better_than: by how many per cent; a negative number is worse.'),
    attribute: Text.optional().describe('Name of the attribute of a unit that holds the number.'),
    own: z
      .union([z.enum(['last_year', 'last_year_restated']), PeriodId])
      .optional()
      .describe(
        "The measure's own value: last_year, for the same period a year before; last_year_restated, of weeks 52 weeks before where that year has 53; or a period: 2024-12.",
      ),
    from: FromSpec.optional().describe('Values read from an extract, as those of a measure are.'),
    carry: z.literal(true).optional().describe('Beside from: the last value holds until there is another.'),
    frequency: Frequency.optional().describe(
      "Beside from: what its rows are placed by; the measure's own when left out.",
    ),
    places: wholeNumber(0, 12)
      .optional()
      .describe('Decimal places of what is computed, half up; of a split those the measure shows when left out.'),
    additive: z
      .literal(true)
      .optional()
      .describe('Beside split and per: the values add up over time, though the aggregation does not say so.'),
  })
  .refine(oneForm.check, oneForm.message)
  .superRefine((spec, context) => {
    const form = FORMS.find((each) => spec[each] !== undefined);
    if (form === undefined) return;
    const known = BESIDE[form].map((key) => key.replace('!', ''));
    for (const key of Object.keys(spec).filter((each) => each !== form && !known.includes(each))) {
      if ((FORMS as readonly string[]).includes(key)) continue;
      const remedy = known.length === 0 ? `${form} stands alone` : `beside ${form} there may be ${known.join(', ')}`;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `${key} means nothing beside ${form}`,
        params: { remedy },
      });
    }
    for (const key of BESIDE[form].filter((each) => each.endsWith('!')).map((each) => each.slice(0, -1))) {
      if (!(key in spec)) context.addIssue({ code: 'custom', path: [key], message: `${form} needs ${key}` });
    }
  });
export type SeriesFormSpec = z.infer<typeof SeriesFormSpec>;

/** The values of a series: versions from days on, or a rule. */
export const SeriesSpec = z.union([z.array(TargetSpec), SeriesFormSpec]);
export type SeriesSpec = z.infer<typeof SeriesSpec>;

/** Series of a measure by name; the one it is scored against stands as `targets`. */
export const NamedSeriesSpec = z.record(Id, SeriesSpec).superRefine((series, context) => {
  if (!Object.hasOwn(series, 'target')) return;
  const remedy = 'move it to targets: of the measure';
  context.addIssue({
    code: 'custom',
    path: ['target'],
    message: 'the series target is written elsewhere',
    params: { remedy },
  });
});
