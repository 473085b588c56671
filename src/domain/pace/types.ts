import type { CalendarDate, Period } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import type { DecimalText } from '../value/types.js';

/** In what the part of a period that was read is counted. */
export type PaceDays = 'days' | 'working_days';

/** From when on, and by which days, a period that is not over is judged at its present pace. */
export interface PaceRule {
  /** Part of the days of the period that must have been read, in percent. */
  readonly fromPercent: number;
  readonly countedIn: PaceDays;
}

/**
 * What the value so far says of the one at the end: `grows` with the days, as sums and counts do, or `stands` for it, as a rate
 * does.
 */
export type PaceWay = 'grows' | 'stands';

/** The part of a period that was read whole. */
export interface PartRead {
  /** Days, or working days, a half day as 0.5. */
  readonly read: number;
  /** Of the whole period; above 0. */
  readonly all: number;
  readonly countedIn: PaceDays;
}

/** How a period that is not over stands, and would end if it went on so. */
export interface PeriodAtPace {
  readonly period: Period;
  /** Last day of the period. */
  readonly lastDay: CalendarDate;
  readonly way: PaceWay;
  readonly part: PartRead;
  readonly valueSoFar: DecimalText;
  /** What it would end with; of one that stands the value so far. */
  readonly value: DecimalText;
  /** By the score rule of the measure and the series of the whole period. */
  readonly status: Status | NoScoreState;
  /** As text: `85`, `72..82`. */
  readonly target?: string;
}
