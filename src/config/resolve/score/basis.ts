import { calendarDate } from '#src/domain/period/calendar-date.js';
import { addDays, addMonths } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { leadsAway } from '#src/domain/score/basis/progress.js';
import { fixedDifference, quantityText, seriesQuantity } from '#src/domain/score/quantity.js';
import type { Basis, Quantity, SeriesBasis } from '#src/domain/score/types.js';
import { below, type Place } from '../../problem-list.js';
import type { MapSpec } from '../../spec/score-spec.js';
import type { ScoringContext } from './known.js';
import { resolveQuantity } from './quantity.js';

const KINDS = ['percent_of', 'distance_from', 'distance_percent_of', 'variance_from', 'variance_percent_of'] as const;

/** The basis of a score map; `undefined` when something is wrong with it. */
export function resolveBasis(spec: MapSpec, place: Place, context: ScoringContext): Basis | undefined {
  const { basis } = spec;
  reportIdleKeys(spec, place, context);
  if (basis === 'progress' || basis === 'expected_progress') return progressBasis(spec, place, context);
  if (basis === 'value' || basis === 'status' || basis === 'distance_from_target') return basis;
  if (
    context.direction === 'in-band' &&
    /^(?:percent_of|distance_percent_of|variance_percent_of)_target$/.test(basis)
  ) {
    const message = `${basis} has no meaning for a range`;
    const remedy = 'use distance_from_target or value';
    context.problems.error('CONFIG_BAD_SCORE', below(place, 'basis'), message, remedy);
  }
  return basis === 'percent_of_target' ? basis : seriesBasis(basis);
}

function seriesBasis(text: string): SeriesBasis | undefined {
  const kind = KINDS.find((each) => text.startsWith(`${each}_`));
  return kind === undefined ? undefined : { kind, series: text.slice(kind.length + 1) };
}

/** Keys that mean nothing beside the basis. */
function reportIdleKeys(spec: MapSpec, place: Place, { problems }: ScoringContext): void {
  const used: readonly string[] =
    spec.basis === 'expected_progress'
      ? ['from', 'to', 'start', 'end', 'growth']
      : spec.basis === 'progress'
        ? ['from', 'to']
        : [];
  for (const key of ['from', 'to', 'start', 'end', 'growth'] as const) {
    if (spec[key] === undefined || used.includes(key)) continue;
    const message = `${key} means nothing beside the basis ${spec.basis}`;
    const remedy = `remove ${key}, or use the basis ${key === 'from' || key === 'to' ? 'progress' : 'expected_progress'}`;
    problems.error('CONFIG_BAD_SCORE', { ...below(place, key), at: 'key' }, message, remedy);
  }
}

function progressBasis(spec: MapSpec, place: Place, context: ScoringContext): Basis | undefined {
  const from = endOfWay(spec.from, 'baseline', below(place, 'from'), context);
  const to = endOfWay(spec.to, 'target', below(place, 'to'), context);
  if (from === undefined || to === undefined) return undefined;
  const step = fixedDifference(to, from);
  if (step !== undefined && leadsAway(step, context.direction)) {
    const [start, goal] = [from, to].map((each) => quantityText(each));
    const message = `progress from ${start} to ${goal} leads away from what is better, as the measure is ${context.direction}`;
    const remedy = 'let from be the worse of the two, or change direction';
    context.problems.error('CONFIG_BAD_SCORE', place, message, remedy);
    return undefined;
  }
  if (spec.basis === 'progress') return { kind: 'progress', from, to };
  const start = day(spec.start, 'start', place, context);
  const end = day(spec.end, 'end', place, context);
  if (start === undefined || end === undefined) return undefined;
  if (start < end) return { kind: 'expected_progress', from, to, start, end, growth: spec.growth ?? 'linear' };
  const message = `end ${spec.end} lies before start ${spec.start}`;
  context.problems.error('CONFIG_BAD_SCORE', below(place, 'end'), message, 'let start be the earlier of the two');
  return undefined;
}

function endOfWay(
  text: string | undefined,
  standard: string,
  place: Place,
  context: ScoringContext,
): Quantity | undefined {
  return text === undefined ? seriesQuantity(standard) : resolveQuantity(text, place, context);
}

/** `start` as its first day; `end` as the first day after it. */
function day(
  text: string | undefined,
  key: 'start' | 'end',
  place: Place,
  { problems }: ScoringContext,
): CalendarDate | undefined {
  if (text === undefined) {
    const message = `${key} is missing: expected_progress needs the time over which progress is expected`;
    problems.error('CONFIG_MISSING_KEY', below(place, key), message, 'add start: 2026-01 and end: 2028-12');
    return undefined;
  }
  const [year = '', month, dayOfMonth] = text.split('-');
  const first = calendarDate(year, month ?? '01', dayOfMonth ?? '01');
  if (first === undefined) {
    const remedy = 'write YYYY, YYYY-MM or YYYY-MM-DD of a day that exists';
    problems.error('CONFIG_INVALID_DATE', below(place, key), `the calendar has no "${text}"`, remedy);
    return undefined;
  }
  if (key === 'start') return first;
  if (dayOfMonth !== undefined) return addDays(first, 1);
  return addMonths(first, month === undefined ? 12 : 1);
}
