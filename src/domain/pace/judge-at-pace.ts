import { addDays } from '../period/period-instants.js';
import { type ScoreQuestion, scorePeriod } from '../score/score-period.js';
import { targetText } from '../target/target-in-force.js';
import { canonical, Decimal, decimal, divide } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { PaceWay, PartRead, PeriodAtPace } from './types.js';

/** A period that is not over, and all that decides its score. */
export interface PaceQuestion extends Omit<ScoreQuestion, 'value' | 'freshness' | 'noValueReason'> {
  readonly valueSoFar: DecimalText;
  readonly way: PaceWay;
  readonly part: PartRead;
}

/**
 * What a period would end with if it went on as it has so far: of what grows value × days ÷ days read, at the places of
 * `divide`; of what stands the value so far. Of a part without a day the value so far, too.
 */
export function valueAtPace(valueSoFar: DecimalText, way: PaceWay, { read, all }: PartRead): DecimalText {
  if (way === 'stands' || read === 0) return valueSoFar;
  return canonical(divide(decimal(valueSoFar).times(all), new Decimal(read)));
}

/** Scores a period that is not over as if it had ended at its present pace: by the same rule and series as any value of it. */
export function judgeAtPace({ valueSoFar, way, part, ...question }: PaceQuestion): PeriodAtPace {
  const { period } = question;
  const value = valueAtPace(valueSoFar, way, part);
  const { status, target } = scorePeriod({ ...question, value, freshness: 'reported' });
  const lastDay = addDays(period.end, -1);
  const text = target === undefined ? {} : { target: targetText(target) };
  return { period, lastDay, way, part, valueSoFar, value, status, ...text };
}
