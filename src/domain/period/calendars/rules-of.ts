import type { Frequency, Grain, PeriodCalendar } from '../types.js';
import type { CalendarRules } from './calendar-rules.js';
import { fiscalRules } from './fiscal-calendar.js';
import { listRules } from './list-calendar.js';
import { retailRules } from './retail-calendar.js';
import { weeksRules } from './weeks-calendar.js';

/** By calendar: it lives as long as the configuration it belongs to. */
const known = new WeakMap<PeriodCalendar, CalendarRules>();

/** What a calendar answers, made once. */
export function rulesOf(calendar: PeriodCalendar): CalendarRules {
  const rules = known.get(calendar) ?? rulesFor(calendar);
  known.set(calendar, rules);
  return rules;
}

/** The rules by which a grain's periods are made; `undefined` where they are the standard calendar's. */
export function ownRules({ frequency, calendar }: Grain): CalendarRules | undefined {
  if (calendar === undefined) return undefined;
  const rules = rulesOf(calendar);
  // A list is asked for the frequencies it does not offer too, so that it can object.
  return calendar.kind === 'list' || rules.own.includes(frequency) ? rules : undefined;
}

/** Every period function takes a bare frequency for one of the standard calendar. */
export function grainOf(grain: Frequency | Grain): Grain {
  return typeof grain === 'string' ? { frequency: grain } : grain;
}

function rulesFor(calendar: PeriodCalendar): CalendarRules {
  switch (calendar.kind) {
    case 'fiscal':
      return fiscalRules(calendar);
    case 'weeks':
      return weeksRules(calendar);
    case 'retail':
      return retailRules(calendar);
    case 'list':
      return listRules(calendar);
  }
}
