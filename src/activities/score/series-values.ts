import type { Measure } from '#src/domain/measure/types.js';
import { FIRST_DATE } from '#src/domain/period/calendar-date.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import { type CollectedValue, collectedValues } from '#src/domain/series/collected-values.js';
import type { SeriesReading } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { seriesNeeds } from '#src/domain/series/series-needs.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import { collectedAddress } from '#src/domain/series/types.js';
import type { CurrentValue, StoreReader } from '#src/store/types.js';
import { valuesByMeasure } from './stored-series.js';
import { type WorkingCalendars, workingCalendarOf } from './working-calendar-of.js';

/** What a series of one measure is in a period. */
export type SeriesOf = (name: string, period: Period) => SeriesReading;

/** Days of the longest period there is: a yearly value stands for all that begin in its year. */
const LONGEST_PERIOD_DAYS = 372;

/**
 * The series of measures from a day on, with all that they are made of read from the store at once.
 *
 * @param from first day whose periods are asked for, by measure
 */
export async function seriesOfMeasures(
  reader: StoreReader,
  from: readonly (readonly [Measure, CalendarDate])[],
  calendars: WorkingCalendars,
): Promise<(measure: Measure) => SeriesOf> {
  const stored = await valuesByMeasure(
    reader,
    from.flatMap(([measure, start]) => whatIsRead(measure, start)),
  );
  return (measure) => seriesOf(measure, stored, calendars);
}

/** Addresses whose stored values the series of a measure are made of, each with the day from which they are needed. */
function whatIsRead(measure: Measure, from: CalendarDate): readonly (readonly [string, CalendarDate])[] {
  const series = targetSeries(measure);
  if (series.length === 0) return [];
  const { own, collected } = seriesNeeds(series);
  const carried = new Set(
    series.flatMap(({ name, source }) => (source.kind === 'collected' && source.carry ? name : [])),
  );
  return [
    ...(own ? [[measure.address, FIRST_DATE] as const] : []),
    ...collected.map((name) => {
      const start = carried.has(name) ? FIRST_DATE : addDays(from, -LONGEST_PERIOD_DAYS);
      return [collectedAddress(measure.address, name), start] as const;
    }),
  ];
}

function seriesOf(
  measure: Measure,
  stored: ReadonlyMap<string, readonly CurrentValue[]>,
  calendars: WorkingCalendars,
): SeriesOf {
  const series = targetSeries(measure);
  const valuesAt = (address: string): readonly CollectedValue[] => stored.get(address) ?? [];
  const own = new Map(valuesAt(measure.address).map(({ period, value }) => [period.id, value]));
  const { collected } = seriesNeeds(series);
  const context = {
    grain: measure,
    direction: measure.direction,
    workingCalendar: workingCalendarOf(measure, calendars),
    own: ({ id }: Period) => own.get(id),
    ...collectedValues(new Map(collected.map((name) => [name, valuesAt(collectedAddress(measure.address, name))]))),
    attribute: (name: string) => measure.forUnit?.attributes?.[name],
  };
  return (name, period) => seriesAt(series, name, period, context);
}
