import type { Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { SeriesContext, SeriesReading } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import type { Series } from '#src/domain/series/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { type WorkingCalendars, workingCalendarOf } from '../score/working-calendar-of.js';
import type { ExampleTrial } from './example-types.js';

/**
 * The series of an example's measure: what the example gives, else what the measure says. Nothing was ever collected for
 * one, and the measure's own past is what the example gives of it.
 */
export function exampleSeries({
  example,
  measure,
  config,
}: ExampleTrial): (name: string, period: Period) => SeriesReading {
  const given = Object.entries(example.series).map(
    ([name, values]): Series => ({ name, source: { kind: 'periods', values } }),
  );
  const own = targetSeries(measure).filter(({ name }) => !Object.hasOwn(example.series, name));
  const past = example.given[example.measure] ?? {};
  const context = contextOf(measure, config.site, (period) => past[period.id]?.value);
  return (name, period) => seriesAt([...given, ...own], name, period, context);
}

function contextOf(
  measure: Measure,
  calendars: WorkingCalendars,
  own: (period: Period) => DecimalText | undefined,
): SeriesContext {
  return {
    grain: measure,
    direction: measure.direction,
    workingCalendar: workingCalendarOf(measure, calendars),
    own,
    collected: () => undefined,
    collectedBefore: () => undefined,
    attribute: (name) => measure.forUnit?.attributes?.[name],
  };
}
