import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import type { NoScoreState, Status } from '../score/types.js';
import { shownTarget } from '../target/shown-target.js';
import { Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import { gapBetween } from './gap.js';
import type { MessageFigures, PeriodFigures } from './types.js';

/** How a measure stood in a closed period. */
export interface JudgedPeriod {
  readonly period: { readonly id: string };
  readonly status: Status | NoScoreState;
  readonly value?: DecimalText;
  /** As stored: `85`, `72..82`. */
  readonly target?: string;
}

type FiguresMeasure = Pick<Measure, 'unit' | 'decimals' | 'labels' | 'direction'>;

const RECENT = 3;
const BAR_LENGTH = 10;
const FULL = '█';
const EMPTY = '░';

/**
 * What a message shows of a measure's numbers: the newest closed periods, and the one it is about.
 *
 * Periods in which nothing is expected, or that are not due yet, are passed over. Bars are on one scale, from 0 to the largest
 * value or target shown; a negative value has none.
 *
 * @param judged newest first
 * @param about period that the message is about; otherwise the newest with a value
 */
export function figuresOf(judged: readonly JudgedPeriod[], measure: FiguresMeasure, about?: string): MessageFigures {
  const told = judged.filter(({ status }) => status !== 'not_due' && status !== 'not_expected');
  const current =
    told.find(({ period, value }) => value !== undefined && period.id === about) ??
    told.find(({ value }) => value !== undefined);
  const recent = told.slice(0, RECENT);
  const scale = scaleOf(current === undefined ? recent : [...recent, current]);
  return {
    ...(current === undefined ? {} : { current: shown(current, measure, scale) }),
    recent: recent.map((each) => shown(each, measure, scale)),
  };
}

/** One period, without a bar. */
export function periodFigures(judged: JudgedPeriod, measure: FiguresMeasure): PeriodFigures {
  return shown(judged, measure, new Decimal(0));
}

function shown(
  { period, status, value, target }: JudgedPeriod,
  measure: FiguresMeasure,
  scale: Decimal,
): PeriodFigures {
  const bar = value === undefined ? undefined : signsOf(decimal(value), scale, BAR_LENGTH);
  const percent = value === undefined ? undefined : signsOf(decimal(value), scale, 100);
  return {
    period: period.id,
    status,
    ...(value === undefined ? {} : { value, valueText: valueText(value, measure) }),
    ...(target === undefined ? {} : { target, targetText: shownTarget(target, measure) }),
    ...(value === undefined || target === undefined ? {} : { gap: gapBetween(value, target, measure) }),
    ...(bar === undefined ? {} : { bar: FULL.repeat(bar) + EMPTY.repeat(BAR_LENGTH - bar) }),
    ...(percent === undefined ? {} : { barPercent: percent }),
  };
}

function scaleOf(periods: readonly JudgedPeriod[]): Decimal {
  const numbers = periods.flatMap(({ value, target }) => [
    ...(value === undefined ? [] : [decimal(value)]),
    ...(target === undefined ? [] : target.split('..').map(decimal)),
  ]);
  return Decimal.max(0, ...numbers);
}

/** What is more than nothing has one sign at least, and what is less than the scale does not fill it. */
function signsOf(value: Decimal, scale: Decimal, length: number): number | undefined {
  if (value.isNegative() || scale.isZero()) return undefined;
  const exact = divide(value.times(length), scale);
  const rounded = exact.toDecimalPlaces(0).toNumber();
  const least = value.isZero() ? 0 : 1;
  const most = value.lessThan(scale) ? length - 1 : length;
  return Math.min(most, Math.max(least, rounded));
}
