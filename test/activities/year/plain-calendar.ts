// Deadlines by nothing but Date and Intl, and the rules as they are written in the guide: what the walk through a year is
// checked against shares no line with the code that it walks through.

export interface PlainRule {
  readonly businessDays?: number;
  readonly hours?: number;
  readonly dayOfMonth?: number;
  readonly graceDays: number;
}

export interface PlainPeriod {
  readonly id: string;
  /** Days as counts since 1970-01-01; the end is the first day after. */
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400_000;

export const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY;
const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** When a day begins on the wall of a zone, in milliseconds: the first instant that has its date there. */
export function midnight(day: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  // No zone is further than 14 hours from UTC. Every change of the clocks is by whole quarters of an hour.
  for (let at = day * DAY - 14 * 3_600_000; ; at += 900_000) {
    if (format.format(at).slice(0, 10) === isoDay(day)) return at;
  }
}

function isWorked(day: number, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(day * DAY).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(isoDay(day));
}

/** Last instant on time, and last instant on which it is late and not yet missing, in milliseconds. */
export function plainDeadlines(
  { end }: PlainPeriod,
  rule: PlainRule,
  holidays: ReadonlySet<string>,
  timeZone: string,
): readonly [due: number, graceEnd: number] {
  if (rule.hours !== undefined) {
    const due = midnight(end, timeZone) + rule.hours * 3_600_000;
    return [due, due + rule.graceDays * DAY];
  }
  let after = end;
  if (rule.dayOfMonth !== undefined) {
    while (new Date(after * DAY).getUTCDate() !== rule.dayOfMonth) after += 1;
    after += 1;
  } else {
    for (let left = rule.businessDays ?? 0; left > 0; after += 1) if (isWorked(after, holidays)) left -= 1;
  }
  return [midnight(after, timeZone), midnight(after + rule.graceDays, timeZone)];
}

const two = (number: number): string => String(number).padStart(2, '0');

export function days(from: number, to: number): readonly PlainPeriod[] {
  return Array.from({ length: to - from }, (_, index) => ({
    id: isoDay(from + index),
    start: from + index,
    end: from + index + 1,
  }));
}

/** ISO weeks of 2026: the first begins on 29 December 2025, and there are 53. */
export const weeks: readonly PlainPeriod[] = Array.from({ length: 53 }, (_, index) => {
  const start = dayOf(2025, 12, 29) + 7 * index;
  return { id: `2026-W${two(index + 1)}`, start, end: start + 7 };
});

export const months: readonly PlainPeriod[] = Array.from({ length: 12 }, (_, index) => ({
  id: `2026-${two(index + 1)}`,
  start: dayOf(2026, index + 1, 1),
  end: dayOf(2026, index + 2, 1),
}));

export const quarters: readonly PlainPeriod[] = Array.from({ length: 4 }, (_, index) => ({
  id: `2026-Q${index + 1}`,
  start: dayOf(2026, 3 * index + 1, 1),
  end: dayOf(2026, 3 * index + 4, 1),
}));
