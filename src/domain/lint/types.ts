import type { CalendarDate, Grain } from '../period/types.js';
import type { Series } from '../series/types.js';
import type { DecimalText } from '../value/types.js';

/** Rules of balanced scorecard practice: they apply to scorecards that follow it. */
export const PRACTICE_RULES = [
  'objectives_12_18',
  'perspective_3_5',
  'measures_per_objective_2',
  'measures_under_20',
  'owner_missing',
  'owner_without_address',
  'target_time_bound',
  'objective_disconnected',
  'link_top_down',
  'review_missing',
] as const;

/** Rules that hold for any scorecard. */
export const GENERAL_RULES = [
  'averaged_ratio',
  'weights_sum',
  'review_overdue',
  'orphan_scorecard',
  'target_expires',
  'one_channel',
] as const;

/** Names are stable: settings and reports are by them. */
export type LintRule = (typeof PRACTICE_RULES)[number] | (typeof GENERAL_RULES)[number];

/** One thing that a rule has found. */
export interface LintFinding {
  readonly rule: LintRule;
  /** Address of the node it is about. */
  readonly subject: string;
  /** Key of the subject's definition that says it, and position in a list; absent: the definition as a whole. */
  readonly at?: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

interface LintNode {
  readonly address: string;
  /** Id of the person; absent where nobody answers for it. */
  readonly owner?: string;
  /** Day by which somebody is to look whether it is still right. */
  readonly reviewBy?: CalendarDate;
}

export interface LintPerspective {
  readonly address: string;
  readonly weight: DecimalText;
}

export interface LintObjective extends LintNode {
  readonly perspective: string;
  readonly weight: DecimalText;
  /** Addresses of objectives it is believed to move. */
  readonly drives: readonly string[];
}

export interface LintMeasure extends LintNode {
  readonly objective: string;
  readonly weight: DecimalText;
  /** Followed to run the business and not to steer it: does not count among the strategic measures. */
  readonly operational?: true;
  /** Ascending in `from`; `until` is the first day that one does not hold for. */
  readonly targets: readonly { readonly from: CalendarDate; readonly until?: CalendarDate }[];
  /** What it cannot be scored without: names of its series, all of which stand beside them. */
  readonly scoredBy?: { readonly names: readonly string[]; readonly series: readonly Series[]; readonly grain: Grain };
  /** Set where the value is a mean of ratios: what would be right instead, in words. */
  readonly averagesRatio?: string;
}

/** What the rules look at: one scorecard as plain facts. */
export interface LintSubject extends LintNode {
  /** Top first. */
  readonly perspectives: readonly LintPerspective[];
  readonly objectives: readonly LintObjective[];
  readonly measures: readonly LintMeasure[];
  /** People whom a message can reach. */
  readonly reachable: ReadonlySet<string>;
  /** Absent where nobody knows the day: review dates are then not judged. */
  readonly today?: CalendarDate;
}
