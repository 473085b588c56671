import { z } from 'zod';
import { MeasureAlertsSpec } from './alert-settings-spec.js';
import { CalendarName } from './calendars-spec.js';
import { ChildrenFromSpec, FormulaFromSpec, WindowFromSpec } from './derivation-spec.js';
import { DueSpec } from './due-spec.js';
import { ExpectsSpec, FromSpec } from './from-spec.js';
import { MeasureRole, ReviewBy } from './lint-spec.js';
import { Frequency, Id, PositiveDecimal, Text, wholeNumber } from './scalars.js';
import { BandsSpec, ScoreSpec } from './score-spec.js';
import { NamedSeriesSpec, SeriesSpec } from './series-spec.js';
import { OffTrackAfterSpec } from './site-spec.js';

/** One measure. What its parts mean to each other is checked when it is resolved. */
export const MeasureSpec = z.strictObject({
  id: Id.describe('Unique within the scorecard.'),
  name: Text.describe('Name shown to people.'),
  description: Text.optional().describe('One sentence on what it says.'),
  objective: Id.describe('Objective it measures.'),
  role: MeasureRole,
  review_by: ReviewBy,
  owner: Id.describe('Person who answers for the value and hears when it is late, missing or off track.'),
  unit: Text.describe('Free word shown behind values; percent turns ratios into hundredths.'),
  direction: z
    .enum(['higher-is-better', 'lower-is-better', 'in-band', 'exact', 'unscored'])
    .describe('What is good. unscored has neither targets nor bands.'),
  frequency: Frequency.describe('How often there is a value.'),
  calendar: CalendarName.describe('Calendar of its periods; the scorecard’s when left out, then the site’s.'),
  from: z
    .union([FromSpec, FormulaFromSpec, WindowFromSpec, ChildrenFromSpec])
    .describe('Where the value comes from: rows of an extract, a formula, other periods, or the same measure below.'),
  expects: ExpectsSpec.optional().describe(
    'How many observations a period should have; with too few of them it has a value and no score. Where working_days are expected, a period without one is never late or missing.',
  ),
  targets: SeriesSpec.default([]).describe('The target: versions ascending in from, or a rule that gives it.'),
  series: NamedSeriesSpec.optional().describe('Other series by name: baseline, benchmark, threshold, forecast, ….'),
  bands: BandsSpec.optional().describe(
    'Limits of the statuses; default for higher-is-better 100 and 90 % of target, for lower-is-better 100 and 110 %.',
  ),
  score: ScoreSpec.optional().describe('How the value becomes a score; made from the bands when left out.'),
  weight: PositiveDecimal.default('1').describe('Weight within its objective.'),
  due: DueSpec.optional().describe(
    'When a value is expected; what is left out is said by its scorecard, its connection or the site.',
  ),
  restatement_periods: wholeNumber(0, 1000)
    .default(3)
    .describe('Closed periods whose source may still change; they are read again in each run.'),
  off_track_after: OffTrackAfterSpec.optional().describe(
    'Off-track periods in a row that raise an alert, 0 for none; or so many of the newest: { periods: 3, of: 5 }. The site’s when left out.',
  ),
  alerts: MeasureAlertsSpec.optional().describe('Which alerts it raises; what is left out is said by the site.'),
  empty_means_zero: z
    .boolean()
    .default(false)
    .describe('A period without rows is 0 and not missing: counts of rare events.'),
  decimals: wholeNumber(0, 12).default(1).describe('Decimal places shown; what is stored is never rounded.'),
});
export type MeasureSpec = z.infer<typeof MeasureSpec>;
