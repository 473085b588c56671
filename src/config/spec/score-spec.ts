import { z } from 'zod';
import { Decimal, PositiveDecimal, Text } from './scalars.js';

/** A number or a sum of series, read by the domain's `readQuantity`. */
const QuantitySpec = Text.meta({
  json: { type: ['string', 'number'] },
  remedy: 'write a number, a series, or a sum of them: 85, threshold, threshold + 5, 1.1 * target',
});

const StatusSpec = z.enum(['on_track', 'at_risk', 'off_track']).describe('Status of the values in the band.');
const LabelSpec = Text.optional().describe('Name of its own, such as super green.');

const ShortBandsSpec = z.strictObject({
  on_track: Text.describe("When the status is on track: '>= 100% of target', '<= 4', 'within 0 of target'."),
  at_risk: Text.describe("When it is at risk: '>= 92% of target'. Everything else is off track."),
});

const BandListSpec = z
  .array(
    z.strictObject({
      when: Text.describe(
        "When the band holds: '>= 110% of target', 'between 20 and 70', 'score >= 70'; else in the last.",
      ),
      status: StatusSpec,
      label: LabelSpec,
    }),
  )
  .min(2, { error: 'a list of bands needs two or more' });

const RangedBandsSpec = z.strictObject({
  on: Text.default('value').describe('What the ranges are of: value, score, progress, percent of target, …'),
  inclusive: z.enum(['lower', 'upper', 'both']).default('lower').describe('Which of its ends a range includes.'),
  ranges: z
    .array(
      z.strictObject({
        from: Decimal.optional().describe('Lower end; open when left out.'),
        to: Decimal.optional().describe('Upper end; open when left out.'),
        status: StatusSpec,
        label: LabelSpec,
      }),
    )
    .min(2, { error: 'bands by ranges need two or more' })
    .describe('Ranges without gap or overlap, each with its status.'),
});

/** When a value has which status: two limits, a list of any number, or ranges. */
export const BandsSpec = z.union([ShortBandsSpec, BandListSpec, RangedBandsSpec]);
export type BandsSpec = z.infer<typeof BandsSpec>;
export type ShortBandsSpec = z.infer<typeof ShortBandsSpec>;
export type BandListSpec = z.infer<typeof BandListSpec>;
export type RangedBandsSpec = z.infer<typeof RangedBandsSpec>;

const BASIS =
  /^(?:value|status|progress|expected_progress|(?:percent_of|distance_from|distance_percent_of|variance_from|variance_percent_of)_[a-z][a-z0-9_-]*)$/;

const DayFrom = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { error: 'not a year, month or day' })
  .meta({ json: { type: ['string', 'integer'] }, remedy: 'write YYYY, YYYY-MM or YYYY-MM-DD' });

const RoundSpec = z.strictObject({
  mode: z
    .enum(['half-even', 'half-up', 'half-down', 'up', 'down', 'ceiling', 'floor'])
    .describe('Where a score between two steps goes; half-up and up are away from zero.'),
  step: PositiveDecimal.default('1').describe('What scores are multiples of, in points.'),
  min: Decimal.optional().describe('Least rounded score.'),
  max: Decimal.optional().describe('Greatest rounded score.'),
});

const Points = PositiveDecimal.optional().describe(
  'Full score: the scale in which scores are written and shown. Written from 0 to 1 and shown from 0 to 100 when left out.',
);

const mapFields = {
  basis: z
    .string()
    .regex(BASIS, { error: ({ input }) => `${JSON.stringify(input)} is no basis` })
    .meta({
      remedy:
        'use value, percent_of_target, distance_from_target, distance_percent_of_target, variance_from_target, ' +
        'variance_percent_of_target (or another series in the place of target), progress, expected_progress or status',
    })
    .describe(
      'What the score is measured on: value, status, progress, expected_progress, or percent_of_, distance_from_, distance_percent_of_, variance_from_, variance_percent_of_ and a series, such as percent_of_target.',
    ),
  from: QuantitySpec.optional().describe('Where progress begins; the series baseline when left out.'),
  to: QuantitySpec.optional().describe('Where progress ends; the series target when left out.'),
  start: DayFrom.optional().describe('First day over which progress is expected: YYYY, YYYY-MM or YYYY-MM-DD.'),
  end: DayFrom.optional().describe('Last day over which it is expected; a year or month to its end.'),
  growth: z
    .enum(['linear', 'compound'])
    .optional()
    .describe(
      'Whether progress is expected in equal steps a day or by the same growth rate a year; linear when left out.',
    ),
  knots: z
    .array(z.tuple([QuantitySpec, Decimal]))
    .min(2, { error: 'a score map needs two knots or more' })
    .describe('Pairs [basis, score], the basis ascending or descending; straight lines between them.'),
  below: Decimal.optional().describe('Score before the first knot; that of the knot when left out.'),
  beyond: Decimal.optional().describe('Score from the last knot on; that of the knot when left out.'),
  round: RoundSpec.optional().describe('How scores are rounded, but for those of below and beyond.'),
  limit: z
    .enum(['knots', 'scale', 'none'])
    .optional()
    .describe('How far the outer lines go on: not beyond the knots, to 0 and full score, or without limit.'),
};

const MapSpec = z.strictObject(mapFields);
export type MapSpec = z.infer<typeof MapSpec>;

const OneMapSpec = z.strictObject({ points: Points, ...mapFields });

const BestOfSpec = z.strictObject({
  points: Points,
  best_of: z
    .array(MapSpec)
    .min(2, { error: 'best_of needs two maps or more' })
    .describe('Score maps of which the one that gives most counts.'),
});

const quantity = (what: string) => QuantitySpec.describe(what);

const PresetSpec = z.discriminatedUnion('preset', [
  z.strictObject({
    preset: z.literal('goal_red_flag').describe('A third of the score at the red flag, two thirds at the goal.'),
    points: Points,
    goal: quantity('Value from which on the status is on track.'),
    red: quantity('Value beyond which it is off track, itself at risk.'),
  }),
  z.strictObject({
    preset: z.literal('two_colour').describe('Half of the score between on and off track.'),
    points: Points,
    worst: quantity('Value of the score 0.'),
    mid: quantity('Value from which on the status is on track.'),
    best: quantity('Value of the full score.'),
  }),
  z.strictObject({
    preset: z.literal('three_colour').describe('A third and two thirds of the score at the limits of the statuses.'),
    points: Points,
    worst: quantity('Value of the score 0.'),
    red: quantity('Value beyond which the status is off track, itself at risk.'),
    goal: quantity('Value from which on it is on track.'),
    best: quantity('Value of the full score.'),
  }),
  z.strictObject({
    preset: z.literal('in_band').describe('Full score in the range or on the target, half at the tolerance.'),
    points: Points,
    tolerance: PositiveDecimal.describe('Distance up to which the status is at risk.'),
  }),
  z.strictObject({
    preset: z.literal('exact').describe('Full score on the target or in its range, else none.'),
    points: Points,
  }),
  z.strictObject({
    preset: z.literal('baseline_progress').describe('The score is the part of the way from baseline to target.'),
    points: Points,
    from: QuantitySpec.optional().describe('Where progress begins; the series baseline when left out.'),
    to: QuantitySpec.optional().describe('Where progress ends; the series target when left out.'),
    on_track: Decimal.default('100').describe('Percent of the way from which on the status is on track.'),
    at_risk: Decimal.default('50').describe('Percent of the way from which on it is at risk.'),
  }),
  z.strictObject({
    preset: z.literal('points').describe('Points by steps of the value.'),
    points: Points,
    steps: z
      .array(z.tuple([QuantitySpec, Decimal]))
      .min(1, { error: 'points need one step or more' })
      .describe('Pairs [value, points], from the worse to the better value: as good as the value gives the points.'),
    otherwise: Decimal.default('0').describe('Points of values worse than all steps.'),
  }),
  z.strictObject({
    preset: z
      .literal('yes_no')
      .describe(
        'Full score for 1 and none for 0, or for the second and the first of two words in an order; the other way round where lower is better.',
      ),
    points: Points,
  }),
  z.strictObject({
    preset: z.literal('ordinal').describe('Equal steps over the labels, none for the worst, full score for the best.'),
    points: Points,
    goal: quantity('Label from which on the status is on track.'),
    red: quantity('Label below which it is off track.'),
  }),
]);
export type PresetSpec = z.infer<typeof PresetSpec>;

/** How a value becomes a score: one map, the best of several, or a preset that stands for bands and map. */
export const ScoreSpec = z.union([OneMapSpec, BestOfSpec, PresetSpec]);
export type ScoreSpec = z.infer<typeof ScoreSpec>;

/** A score in the spelled form. */
export type SpelledScoreSpec = z.infer<typeof OneMapSpec> | z.infer<typeof BestOfSpec>;
