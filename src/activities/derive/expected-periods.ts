import type { ResolvedConfig } from '#src/config/types.js';
import { isValueExpected } from '#src/domain/derivation/expected-periods.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import { workingCalendarOf } from '../score/working-calendar-of.js';
import { measuresAround } from './measures-around.js';

/** Whether a value is to come in a period of a measure's own grain, by `expects` and the working days. */
export function expectedPeriods(config: ResolvedConfig): (measure: Measure, period: Period) => boolean {
  const calendarOf = (measure: Measure) => workingCalendarOf(measure, config.site);
  const known = { ...measuresAround(config), calendarOf };
  return (measure, period) => isValueExpected(measure, period, known);
}
