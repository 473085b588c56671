import { z } from 'zod';
import { Decimal, PositiveDecimal, Share, Text, wholeNumber } from './scalars.js';

/** Scores run from 0 to 1, so a step of 1 or more would leave nothing between. */
const Step = PositiveDecimal.refine((step) => step.startsWith('0.'), {
  error: ({ input }) => `${String(input)} is not below 1`,
}).meta({
  json: { type: ['number', 'string'], exclusiveMinimum: 0, exclusiveMaximum: 1 },
  remedy: 'scores run from 0 to 1: 0.01 is a point of a hundred',
});

const RoundingSpec = z.strictObject({
  mode: z
    .enum(['half-even', 'half-up', 'half-down', 'up', 'down', 'ceiling', 'floor'])
    .describe('Which way between two steps; half-up and up go away from 0, floor down.'),
  step: Step.describe('Distance of the steps on the scale of 0 to 1: 0.01 is a point of a hundred.'),
});

const RollUpBandSpec = z.strictObject({
  from: Decimal.optional().describe('Score, or points, from which the band holds; left out in the last one.'),
  status: z.enum(['on_track', 'at_risk', 'off_track']).describe('Status it stands for.'),
  label: Text.max(100).optional().describe("What people call it: '5 stars'."),
});

/** How scores of children become the score and status of a node; what is left out comes from the node above. */
export const RollUpSpec = z.strictObject({
  method: z
    .enum(['weighted_mean', 'worst', 'best', 'most_frequent', 'sum_of_points', 'best_of'])
    .optional()
    .describe('How scores of children become one (default weighted_mean).'),
  ties: z
    .enum(['worst', 'best'])
    .optional()
    .describe('With most_frequent: which of statuses that are equally frequent (default worst).'),
  best: wholeNumber(1, 1000).optional().describe('With best_of: how many of the best children count.'),
  possible: PositiveDecimal.optional().describe(
    'With sum_of_points: points that all children can have; their weights added up when left out. Of this node only.',
  ),
  on_track_from: Share.optional().describe('A rolled-up score from here on is on track (default 0.8).'),
  at_risk_from: Share.optional().describe(
    'A rolled-up score from here on is at risk, below it off track (default 0.5).',
  ),
  bands: z
    .array(RollUpBandSpec)
    .min(2, { error: 'bands need two steps or more' })
    .max(100)
    .optional()
    .describe('Instead of the two limits: any number of steps with labels, best first.'),
  bands_on: z
    .enum(['score', 'points'])
    .optional()
    .describe('What bands are compared with (default score). Bands on points are of this node only.'),
  minimum_coverage: Share.optional().describe(
    'Least share of weight with a score; below it: insufficient data (default 0.5).',
  ),
  minimum_children: wholeNumber(1, 1000).optional().describe('Least number of children with a score (default 1).'),
  round: RoundingSpec.optional().describe('Rounds the score before it meets limits or bands.'),
  round_children: RoundingSpec.optional().describe('Rounds the score of each child before it enters.'),
  unclamped: z
    .boolean()
    .optional()
    .describe(
      'Children enter with what their score maps give beyond 0 and 1: more than reached counts (default false).',
    ),
  max_age_days: wholeNumber(0, 10_000)
    .optional()
    .describe('A child whose last value is of a period that ended longer ago counts as without score.'),
  max_age_periods: wholeNumber(0, 1000)
    .optional()
    .describe('The same in whole periods of the child that have ended since.'),
});
export type RollUpSpec = z.infer<typeof RollUpSpec>;

/** The same for all nodes of a site; none of what speaks of one node's points. */
export const SiteRollUpSpec = RollUpSpec.omit({ possible: true, bands_on: true });
