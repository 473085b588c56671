import { z } from 'zod';
import { GENERAL_RULES, type LintRule, PRACTICE_RULES } from '#src/domain/lint/types.js';
import { Day } from './scalars.js';

const Severity = z.enum(['error', 'warning', 'off']);

/** What each rule looks for, for the reference. */
const RULE_TEXTS = {
  objectives_12_18: 'A scorecard has 12 to 18 objectives.',
  perspective_3_5: 'A perspective has 3 to 5 objectives.',
  measures_per_objective_2: 'An objective has at most two strategic measures.',
  measures_under_20: 'A scorecard has fewer than 20 strategic measures.',
  owner_missing: 'Somebody answers for everything.',
  owner_without_address: 'Owners have an address that messages reach.',
  target_time_bound: 'A target ends, or is followed by another one.',
  objective_disconnected: 'An objective drives another one or is driven.',
  link_top_down: 'Links run from a perspective to the same one or one above.',
  review_missing: 'Scorecard, objectives and measures have a review_by; off unless it is set.',
  averaged_ratio: 'No value is a mean of ratios.',
  weights_sum: 'Weights that come near 100 or 1 add up to it.',
  orphan_scorecard: 'Where scorecards count for others, each does or has some that count for it.',
  review_overdue: 'A day of review_by is not past. Asked by plumbline check only.',
  target_expires: 'What a measure is scored by reaches two periods on. Asked by plumbline check only.',
  one_channel: 'Lost messages of a channel can be told over another one. Asked by plumbline check only.',
} as const satisfies Readonly<Record<LintRule, string>>;

const ruleShape = Object.fromEntries(
  [...PRACTICE_RULES, ...GENERAL_RULES].map((rule) => [rule, Severity.optional().describe(RULE_TEXTS[rule])]),
) as Record<LintRule, z.ZodOptional<typeof Severity>>;

/** How gravely what the lints find is told. */
export const LintsSpec = z.strictObject({
  practice: Severity.optional().describe(
    'The rules of balanced scorecard practice, for every scorecard; when left out for those that say practice: balanced-scorecard.',
  ),
  ...ruleShape,
});
export type LintsSpec = z.infer<typeof LintsSpec>;

/** Whether a scorecard follows the practice. */
export const Practice = z
  .enum(['balanced-scorecard', 'none'])
  .optional()
  .describe('Whether the rules of balanced scorecard practice are for this scorecard; see lints in site.yaml.');

/** What a measure is followed for. */
export const MeasureRole = z
  .enum(['strategic', 'operational'])
  .default('strategic')
  .describe('Operational measures are scored as any, but do not count among the strategic ones in lints.');

/** When somebody is to look again. */
export const ReviewBy = Day.optional().describe('Day by which somebody looks whether it is still right.');
