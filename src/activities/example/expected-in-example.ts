import { isValueExpected } from '#src/domain/derivation/expected-periods.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import { workingCalendarOf } from '../score/working-calendar-of.js';
import type { ExampleTrial } from './example-types.js';

/** Whether a value is to come in a period, as a run sees it; what stands below is only what the example gives. */
export function isExpectedInExample(
  measure: Measure,
  period: Period,
  { config }: Pick<ExampleTrial, 'config'>,
  measureOf: (address: string) => Measure | undefined,
): boolean {
  const calendarOf = (each: Measure) => workingCalendarOf(each, config.site);
  return isValueExpected(measure, period, { measureOf, childrenOf: () => [], calendarOf });
}
