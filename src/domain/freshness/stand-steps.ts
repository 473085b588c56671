import { addDays, dateInZone } from '../period/period-instants.js';
import type { CalendarDate, Instant, Period } from '../period/types.js';
import type { SourceStand } from './evidence.js';

/** A day that a source said it stands at, later than any before, and when it first said so. */
export interface StandStep {
  /** The last day whose figures are in. */
  readonly through: CalendarDate;
  /** Nominal time of the run that first found it. */
  readonly saidAt: Instant;
}

/**
 * What a run found of how far its source stands, as a step.
 *
 * A time stands for the last day that was over by then in `timeZone`. A source cannot be ahead of the day on which it is
 * asked: a later day counts as that one, so that a slip of the pen hides no later word.
 */
export function standStep({ at }: SourceStand, logicalTime: Instant, timeZone: string): StandStep {
  const said = at.includes('T') ? addDays(dateInZone(at, timeZone), -1) : at;
  const asked = dateInZone(logicalTime, timeZone);
  return { through: said < asked ? said : asked, saidAt: logicalTime };
}

/** When a source first said that it stands at the last day of a period, or past it; `undefined`: it has not. */
export function saidFor(period: Pick<Period, 'end'>, steps: readonly StandStep[]): Instant | undefined {
  const lastDay = addDays(period.end, -1);
  let found: StandStep | undefined;
  for (const step of steps)
    if (step.through >= lastDay && (found === undefined || step.through < found.through)) found = step;
  return found?.saidAt;
}
