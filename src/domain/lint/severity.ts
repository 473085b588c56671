import { GENERAL_RULES, type LintRule } from './types.js';

export type LintSeverity = 'error' | 'warning' | 'off';

/** What a site says of the rules. */
export interface LintSettings {
  /** Practice rules for all scorecards; absent: only for those that follow the practice. */
  readonly practice?: LintSeverity;
  /** Single rules, where they apply at all. */
  readonly rules: Readonly<Partial<Record<LintRule, LintSeverity>>>;
}

/**
 * How gravely what a rule finds is told.
 *
 * General rules apply everywhere. Practice rules apply where the scorecard says that it follows the practice, and to
 * all others when the site says so, unless a scorecard says that it does not: a team's three objectives are no fault.
 * Where a rule applies, its own setting counts, then `practice`, then `warning`, of a mean of ratios `error`; a missing review date alone has to be
 * asked for.
 *
 * @param followsPractice what the scorecard says of itself; absent when it says nothing
 */
export function severityOf(rule: LintRule, settings: LintSettings, followsPractice: boolean | undefined): LintSeverity {
  const own = settings.rules[rule];
  if (GENERAL_RULES.some((each) => each === rule)) return own ?? (rule === 'averaged_ratio' ? 'error' : 'warning');
  const applies = followsPractice ?? (settings.practice !== undefined && settings.practice !== 'off');
  if (!applies || settings.practice === 'off') return 'off';
  return own ?? (rule === 'review_missing' ? 'off' : (settings.practice ?? 'warning'));
}
