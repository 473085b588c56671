import type { Measure } from '#src/domain/measure/types.js';
import { labelAt } from '#src/domain/measure/value-text.js';
import { isCalendarDate, LAST_DATE } from '#src/domain/period/calendar-date.js';
import { periodContaining } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain } from '#src/domain/period/types.js';
import { TARGET } from '#src/domain/series/target-series.js';
import type { Target, TargetVersion } from '#src/domain/target/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { ordinalPlace } from '#src/domain/value/ordinal-grammar.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { nameOf } from '../spec/report-issues.js';
import { Decimal } from '../spec/scalars.js';
import type { SeriesSpec, TargetSpec } from '../spec/series-spec.js';
import { readPeriod } from './series-periods.js';

/** What the values of a series have to be. */
export interface Wanted {
  readonly kind: Target['kind'];
  /** What one value is for, in words: `target for exact`. */
  readonly words: string;
  /** The words of an ordinal measure, worst first, which may stand for their places. */
  readonly labels?: readonly string[];
}

/** What a series of a measure has to be. */
export function wantedOf(name: string, { direction, labels }: Pick<Measure, 'direction' | 'labels'>): Wanted {
  const words = labels === undefined ? {} : { labels };
  if (name !== TARGET) return { kind: 'value', words: `value of ${name}`, ...words };
  return { kind: direction === 'in-band' ? 'range' : 'value', words: `target for ${direction}`, ...words };
}

/** The versions of a target; none where a rule gives it. */
export function resolveTargets(
  spec: SeriesSpec,
  measure: Pick<Measure, 'direction' | 'labels'>,
  place: Place,
  problems: ProblemList,
  grain?: Grain,
): readonly TargetVersion[] {
  return Array.isArray(spec) ? resolveVersions(spec, wantedOf(TARGET, measure), place, problems, grain) : [];
}

/**
 * Versions, ascending; what is wrong with one leaves it out.
 *
 * @param grain of the measure, in whose calendar their periods are read; absent: the standard one
 */
export function resolveVersions(
  specs: readonly TargetSpec[],
  wanted: Wanted,
  place: Place,
  problems: ProblemList,
  grain: Grain = { frequency: 'daily' },
): readonly TargetVersion[] {
  const versions: TargetVersion[] = [];
  let last: CalendarDate | undefined;
  let lastUntil: CalendarDate | undefined;
  for (const [index, spec] of specs.entries()) {
    const at = below(place, index);
    const from = firstDay(spec.from, grain, below(at, 'from'), problems);
    const until = spec.until === undefined ? undefined : dayAfter(spec.until, grain, below(at, 'until'), problems);
    const target = resolveTarget(spec, wanted, at, problems);
    if (from === undefined) continue;
    if (last !== undefined && from <= last) {
      const message =
        from === last ? `two targets hold from ${from}` : `the target from ${from} stands after the one from ${last}`;
      const remedy = from === last ? 'keep one of the two' : 'put targets in the order of their dates';
      problems.error('CONFIG_TARGET_ORDER', below(at, 'from'), message, remedy);
      continue;
    }
    if (lastUntil !== undefined && from < lastUntil) {
      const message = `the target from ${last} is to hold past ${from}, where this one begins`;
      problems.error('CONFIG_TARGET_ORDER', below(at, 'from'), message, 'let until of the one before end earlier');
    }
    if (until !== undefined && until <= from) {
      const message = `the target from ${from} ends before it begins`;
      problems.error('CONFIG_TARGET_ORDER', below(at, 'until'), message, 'let until be from or later');
    }
    [last, lastUntil] = [from, until];
    if (target !== undefined) versions.push({ from, ...(until === undefined ? {} : { until }), target });
  }
  return versions;
}

/** One value, or a range, of the kind that is wanted. */
export function resolveTarget(
  written: Partial<Pick<TargetSpec, 'value' | 'low' | 'high'>>,
  wanted: Wanted,
  place: Place,
  problems: ProblemList,
  valuePlace: Place = below(place, 'value'),
): Target | undefined {
  const value = readValue(written.value, wanted, valuePlace, problems);
  const low = readValue(written.low, wanted, below(place, 'low'), problems);
  const high = readValue(written.high, wanted, below(place, 'high'), problems);
  if (value !== undefined) {
    if (wanted.kind === 'value') return { kind: 'value', value };
    const message = 'an in-band measure has one value as target';
    problems.error('CONFIG_TARGET_KIND', valuePlace, message, 'give the range that is good: low: 72, high: 82');
  } else if (low !== undefined && high !== undefined) {
    if (wanted.kind === 'value') {
      const message = `a range ${low} to ${high} is no ${wanted.words}`;
      problems.error('CONFIG_TARGET_KIND', place, message, 'give one value:, or make the direction in-band');
    } else if (decimal(low).lessThan(high)) {
      return { kind: 'range', low, high };
    } else {
      const message = `low ${low} is not below high ${high}`;
      const remedy = 'let low be the smaller number; for one value use exact';
      problems.error('CONFIG_TARGET_RANGE', below(place, 'low'), message, remedy);
    }
  }
  return undefined;
}

/** A number, or the place of a word; `undefined` where the text is neither, or may be either. */
function readValue(
  text: string | undefined,
  { labels }: Wanted,
  place: Place,
  problems: ProblemList,
): DecimalText | undefined {
  if (text === undefined) return undefined;
  const number = Decimal.safeParse(text).data;
  const isEither = number !== undefined && labels?.includes(text) === true && labelAt(number, labels) !== text;
  if (number !== undefined && !isEither) return number;
  const word = isEither ? undefined : ordinalPlace(text.replace(/^(['"])(.*)\1$/, '$2'), labels ?? []);
  if (word !== undefined) return word;
  const [fault, remedy] = isEither
    ? [`may be the word ${text} or place ${text} in the order of the words`, `write "'${text}'" for the word`]
    : labels === undefined
      ? [
          'is not a plain decimal number',
          'write digits with an optional point: 1250.75, without exponent, thousands separator or unit',
        ]
      : ['is none of the words of the measure', `write one of ${labels.join(', ')}`];
  problems.error('CONFIG_INVALID_VALUE', place, `${nameOf(place)}: "${text}" ${fault}`, remedy);
  return undefined;
}

/** How a year, month or day is written; anything else is the id of a period. */
const DAY_OR_MORE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** `2025` and `2025-01` begin on `2025-01-01`; a period of the calendar on its first day. */
function firstDay(text: string, grain: Grain, place: Place, problems: ProblemList): CalendarDate | undefined {
  if (!DAY_OR_MORE.test(text)) return readPeriod(text, grain, place, problems)?.start;
  const [year = '', month = '01', day = '01'] = text.split('-');
  const date = `${year}-${month}-${day}`;
  if (isCalendarDate(date)) return date;
  const remedy = 'write YYYY, YYYY-MM or YYYY-MM-DD of a day that exists';
  problems.error('CONFIG_INVALID_DATE', place, `the calendar has no "${text}"`, remedy);
  return undefined;
}

/** `2025` and `2025-12` end on `2025-12-31`, so the day after is `2026-01-01`. */
function dayAfter(text: string, grain: Grain, place: Place, problems: ProblemList): CalendarDate | undefined {
  if (!DAY_OR_MORE.test(text)) return readPeriod(text, grain, place, problems)?.end;
  const first = firstDay(text, grain, place, problems);
  if (first === undefined || first === LAST_DATE) return first;
  const parts = text.split('-').length;
  if (parts === 3) return addDays(first, 1);
  return periodContaining(first, parts === 2 ? 'monthly' : 'yearly').end;
}
