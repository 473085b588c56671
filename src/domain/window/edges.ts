import { daysBetween } from '../period/period-instants.js';
import type { CalendarDate, Period } from '../period/types.js';
import { after, type Grain, home } from './grain-periods.js';
import type { Combination, Edges, StoredPart, WindowRule } from './types.js';
import { isFinerThan, SPAN } from './window-of.js';

/** What is asked, and the periods that are taken for it: none overlap, and none is left out between them. */
export interface TakenPeriods {
  /** Of `grain`; the first and the last are the window's ends. */
  readonly window: readonly Period[];
  readonly grain: Grain;
  readonly rule: WindowRule | undefined;
  /** First and last of the finer periods, or of the same. */
  readonly first: Period;
  readonly last: Period;
}

/**
 * How many days the periods taken have too many or too few at the ends of what is asked; `undefined` where they have
 * just its days.
 *
 * A to-date window is to begin with its month, quarter, half or year, and to end with it at its last period. What the
 * parts themselves have too many or too few at these ends counts, too; of a last value only the last part's does.
 */
export function edgesOf(
  taken: TakenPeriods,
  combination: Combination,
  partOf: (period: Period) => StoredPart | undefined,
): Edges | undefined {
  const { first, last } = taken;
  const { start, end } = daysAsked(taken);
  const [before, afterwards] = [daysFrom(first.start, start), daysFrom(end, last.end)];
  const [atFirst, atLast] = [partOf(first)?.edges, partOf(last)?.edges];
  const edges = {
    before: combination === 'last' ? (atLast?.before ?? 0) : before + (atFirst?.before ?? 0),
    after: combination === 'first' ? (atFirst?.after ?? 0) : afterwards + (atLast?.after ?? 0),
  };
  return edges.before === 0 && edges.after === 0 ? undefined : edges;
}

/** Most periods begin and end where they are asked to: that is not worth counting. */
const daysFrom = (one: CalendarDate, other: CalendarDate): number => (one === other ? 0 : daysBetween(one, other));

function daysAsked({ window, grain, rule, first, last }: TakenPeriods): Pick<Period, 'start' | 'end'> {
  const [earliest = first, latest = last] = [window.at(0), window.at(-1)];
  const { start } = earliest;
  const { end } = latest;
  if (rule === undefined || rule.kind === 'rolling' || !isFinerThan(grain.frequency, rule.kind)) return { start, end };
  const span = { ...grain, frequency: SPAN[rule.kind] };
  const whole = home(latest, span);
  const next = after(latest, grain);
  const isLast = next === undefined || home(next, span).id !== whole.id;
  return { start: whole.start, end: isLast ? whole.end : end };
}

/** `3 too many at the beginning, 1 too few at the end` */
export function edgeWords({ before, after: atEnd }: Edges): string {
  const words = (days: number, where: string): string[] =>
    days === 0 ? [] : [`${Math.abs(days)} too ${days > 0 ? 'many' : 'few'} at the ${where}`];
  return [...words(before, 'beginning'), ...words(atEnd, 'end')].join(', ');
}
