import { workingCalendarOf } from '#src/activities/score/working-calendar-of.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { LAST_DATE } from '#src/domain/period/calendar-date.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import type { SeriesReading } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { periodAfter, periodAt } from '#src/domain/series/series-calendar.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import type { Series, SeriesSource } from '#src/domain/series/types.js';
import { targetLabels } from '#src/domain/target/shown-target.js';
import { targetText, withUnit } from '#src/domain/target/target-in-force.js';
import { exactFigure, heldFigure, readableFigure } from '../figures.js';

/** The value of a series in a period, or why there is none. */
export interface DefinedValue {
  readonly period: string;
  readonly value: string | null;
  /** Where it comes from, or why there is none. */
  readonly from: string | null;
}

/** A series of a measure: where its values come from, and the next of them as far as the configuration tells. */
export interface DefinedSeries {
  readonly name: string;
  readonly source: string;
  /** Empty where only an extract, a unit or the measure's own past will tell. */
  readonly next: readonly DefinedValue[];
}

/** Periods that are shown: the one of today and those after it. */
const SHOWN_PERIODS = 4;

/** All series of a measure, as its definition has them. */
export function definedSeries(
  measure: Measure,
  { site }: Pick<ResolvedConfig, 'site'>,
  today: CalendarDate,
): readonly DefinedSeries[] {
  const series = targetSeries(measure);
  const context = {
    grain: measure,
    direction: measure.direction,
    workingCalendar: workingCalendarOf(measure, site),
    own: () => undefined,
    collected: () => undefined,
    collectedBefore: () => undefined,
    attribute: (name: string) => measure.forUnit?.attributes?.[name],
  };
  const periods = nextPeriods(measure, today);
  return series.map(({ name, source }) => ({
    name,
    source: sourceWords(source, measure, name),
    next: isWritten(source, series, measure)
      ? periods.map((period) => definedValue(period, seriesAt(series, name, period, context)))
      : [],
  }));
}

function nextPeriods(measure: Measure, today: CalendarDate): readonly Period[] {
  const periods: Period[] = [];
  for (let period = periodAt(today, measure); periods.length < SHOWN_PERIODS; period = periodAfter(period, measure)) {
    periods.push(period);
    if (period.end === LAST_DATE) break;
  }
  return periods;
}

function definedValue({ id }: Period, reading: SeriesReading): DefinedValue {
  return reading.ok
    ? { period: id, value: targetText(reading.target), from: reading.from ?? null }
    : { period: id, value: null, from: reading.reason };
}

/** Whether the configuration alone gives the values. */
function isWritten(source: SeriesSource, series: readonly Series[], measure: Measure): boolean {
  switch (source.kind) {
    case 'collected':
    case 'own':
      return false;
    case 'attribute':
      return measure.forUnit !== undefined;
    case 'split':
      return Object.values(source.totals).every(({ shape }) => shape.kind !== 'last_year');
    case 'relative': {
      const base = series.find(({ name }) => name === source.than);
      return base !== undefined && isWritten(base.source, series, measure);
    }
    default:
      return true;
  }
}

function sourceWords(source: SeriesSource, { collects = [], direction }: Measure, name: string): string {
  switch (source.kind) {
    case 'versions':
      return 'written in versions, each from a day on';
    case 'periods':
      return 'written for each period';
    case 'collected': {
      const extract = collects.find((each) => each.name === name)?.extract;
      return `read from the extract "${extract ?? ''}"${source.carry ? '; the last value holds until there is another' : ''}`;
    }
    case 'attribute':
      return `the number "${source.name}" of each unit`;
    case 'own':
      if (source.of === 'last_year') return "the measure's own value of the same period a year before";
      if (source.of === 'last_year_restated')
        return "the measure's own value of the same week of the season a year before";
      return `the measure's own value of ${source.of.period}`;
    case 'linear':
      return `a straight line from ${source.knots.map(({ period, value }) => `${exactFigure(value)} in ${period}`).join(' to ')}`;
    case 'split':
      return `the parts of ${Object.entries(source.totals)
        .map(([period, { total }]) => `${exactFigure(total)} in ${period}`)
        .join(', ')}`;
    case 'relative':
      return `${source.betterByPercent} % better (${direction === 'lower-is-better' ? 'lower' : 'higher'}) than ${source.than}`;
    case 'per':
      return `${exactFigure(source.value)} for each ${source.unit.replace('_', ' ')}`;
  }
}

/** The next values as lines, equal ones together: `2026-11 to 2027-02: 85 %, in force since 2026-01-01`. */
export function seriesLines({ next }: DefinedSeries, measure: Pick<Measure, 'unit' | 'labels'>): readonly string[] {
  const runs: { first: DefinedValue; last: DefinedValue }[] = [];
  for (const each of next) {
    const run = runs.at(-1);
    if (run !== undefined && run.first.value === each.value && run.first.from === each.from) run.last = each;
    else runs.push({ first: each, last: each });
  }
  return runs.map(({ first, last }) => {
    const periods = first === last ? first.period : `${first.period} to ${last.period}`;
    if (first.value === null) return `${periods}: none, since ${first.from}`;
    return `${periods}: ${nextFigure(first.value, measure)}${first.from === null ? '' : `, ${first.from}`}`;
  });
}

function nextFigure(value: string, measure: Pick<Measure, 'unit' | 'labels'>): string {
  const isWord = targetLabels(value, measure.labels) !== undefined;
  return isWord || value.includes('..') ? heldFigure(value, measure) : withUnit(readableFigure(value), measure.unit);
}
