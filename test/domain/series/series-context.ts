import { parsePeriodId } from '#src/domain/period/period.js';
import type { Frequency, Period } from '#src/domain/period/types.js';
import type { SeriesContext, SeriesReading } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import type { Series, SeriesSource } from '#src/domain/series/types.js';

export const WEEK = { weekend: [6, 7], holidays: ['2026-01-01'] } as const;

/** A context in which nothing is known; each test says what is. */
export function contextOf(frequency: Frequency, known: Partial<SeriesContext> = {}): SeriesContext {
  return {
    grain: { frequency },
    direction: 'higher-is-better',
    workingCalendar: WEEK,
    own: () => undefined,
    collected: () => undefined,
    collectedBefore: () => undefined,
    attribute: () => undefined,
    ...known,
  };
}

/** Values of a measure by period id. */
export function valuesOf(values: Readonly<Record<string, string>>): (period: Period) => string | undefined {
  return ({ id }) => values[id];
}

/** Reads the target that a source gives in a period. */
export function targetAt(source: SeriesSource, id: string, context: SeriesContext, more: readonly Series[] = []) {
  return seriesAt([{ name: 'target', source }, ...more], 'target', parsePeriodId(id), context);
}

/** The value read, or the reason why there is none. */
export function textOf(reading: SeriesReading): string {
  if (!reading.ok) return reading.reason;
  return reading.target.kind === 'value' ? reading.target.value : `${reading.target.low}..${reading.target.high}`;
}
