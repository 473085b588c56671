import { z } from 'zod';
import { CalendarName } from './calendars-spec.js';
import { DueSpec } from './due-spec.js';
import { ExampleSpec } from './examples-spec.js';
import { Practice, ReviewBy } from './lint-spec.js';
import { MeasureSpec } from './measure-spec.js';
import { RollUpSpec } from './roll-up-spec.js';
import { Frequency, Id, PositiveDecimal, Text } from './scalars.js';

/** What a scorecard file says of the scorecard as a whole. */
export const ScorecardHeadSpec = z.strictObject({
  id: Id.describe('Unique over all files.'),
  name: Text.describe('Name shown to people.'),
  owner: Id.describe('Person who answers for the scorecard.'),
  frequency: Frequency.default('monthly').describe('Grain of the rolled-up history.'),
  for_each: Id.optional().describe(
    'Set of units of units.yaml: each of them has a scorecard by this definition, at <scorecard>/<unit>.',
  ),
  parents_by: z
    .enum(['score', 'value'])
    .default('score')
    .describe(
      'With for_each: a unit with units below it has their scores, weighted; or measures of its own whose values are made of theirs.',
    ),
  parent: Id.optional().describe('Scorecard that this one counts for.'),
  weight: PositiveDecimal.default('1').describe('Weight within its parent.'),
  roll_up: RollUpSpec.optional().describe('How its score is made, and those below it that do not say it themselves.'),
  due: DueSpec.optional().describe('When values of its measures are due, unless a measure says otherwise.'),
  practice: Practice,
  review_by: ReviewBy,
  calendar: CalendarName.describe('Calendar of its periods and of its measures; the site’s when left out.'),
});
export type ScorecardHeadSpec = z.infer<typeof ScorecardHeadSpec>;

/** One perspective. */
export const PerspectiveSpec = z.strictObject({
  id: Id.describe('Unique within the scorecard.'),
  name: Text.describe('Name shown to people.'),
  weight: PositiveDecimal.default('1').describe('Weight within the scorecard.'),
  roll_up: RollUpSpec.optional().describe('How its score is made, and those of its objectives.'),
});
export type PerspectiveSpec = z.infer<typeof PerspectiveSpec>;

/** One objective; `drives` are ids, which must not lead in a circle. */
export const ObjectiveSpec = z.strictObject({
  id: Id.describe('Unique within the scorecard.'),
  name: Text.describe('Name shown to people.'),
  perspective: Id.describe('Perspective it belongs to.'),
  owner: Id.describe('Person who answers for it.'),
  weight: PositiveDecimal.default('1').describe('Weight within its perspective.'),
  roll_up: RollUpSpec.optional().describe('How its score is made of its measures.'),
  drives: z.array(Id).default([]).describe('Objectives of this scorecard that it is believed to move.'),
  review_by: ReviewBy,
});
export type ObjectiveSpec = z.infer<typeof ObjectiveSpec>;

/** `scorecards/*.yaml` as a person writes it: one scorecard a file. */
export const ScorecardSpec = z
  .strictObject({
    scorecard: ScorecardHeadSpec.describe('The scorecard itself.'),
    perspectives: z.array(PerspectiveSpec).min(1).describe('Top first, as shown.'),
    objectives: z.array(ObjectiveSpec).min(1).describe('What is to be reached.'),
    measures: z.array(MeasureSpec).default([]).describe('How it is told whether it is reached.'),
    examples: z
      .array(ExampleSpec)
      .default([])
      .describe(
        'What comes of given rows or values, by measure; plumbline test tries them. They decide nothing that runs.',
      ),
  })
  .describe('One scorecard: perspectives, objectives and measures.');
export type ScorecardSpec = z.infer<typeof ScorecardSpec>;
