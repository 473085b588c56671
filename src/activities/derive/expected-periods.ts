import type { ResolvedConfig } from '#src/config/types.js';
import { isValueExpected } from '#src/domain/derivation/expected-periods.js';
import type { DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import { scorecardTree } from '../score/scorecard-tree.js';
import { workingCalendarOf } from '../score/working-calendar-of.js';
import { derivedGraph } from './derived-graph.js';

/** Whether a value is to come in a period of a measure's own grain, by `expects` and the working days. */
export function expectedPeriods(config: ResolvedConfig): (measure: Measure, period: Period) => boolean {
  const { measureAt } = scorecardTree(config);
  const known = {
    measureOf: measureAt,
    childrenOf: (measure: DerivedMeasure, id: string) =>
      derivedGraph(config)
        .childrenOf(measure, id)
        .flatMap((address) => measureAt(address) ?? []),
    calendarOf: (measure: Measure) => workingCalendarOf(measure, config.site),
  };
  return (measure, period) => isValueExpected(measure, period, known);
}
