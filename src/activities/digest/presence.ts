import type { Person, ResolvedConfig } from '#src/config/types.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import { standIn } from '#src/domain/policy/told.js';
import type { Absence } from '#src/domain/policy/types.js';
import { staffOf } from '../alert/alert-rules.js';
import { hoursOf } from '../deliver/hours-of.js';

/** Whether a person reads on a day: not absent, and, where there are working hours, on a day on which these are. */
export function isThere(person: Person, { site }: Pick<ResolvedConfig, 'site'>): (date: CalendarDate) => boolean {
  const { working } = hoursOf(person, site);
  return (date) => absenceOn(person, date) === undefined && (working?.isWorked(date) ?? true);
}

/** The absence that a day is in, by the zone of the person. */
export function absenceOn({ absences = [] }: Pick<Person, 'absences'>, date: CalendarDate): Absence | undefined {
  return absences.find(({ from, to }) => from <= date && date <= to);
}

/** Ids of the absent people in whose place somebody is told at a time. */
export function standsInFor(config: Pick<ResolvedConfig, 'people' | 'site'>, person: string, at: Instant): string[] {
  const { people } = staffOf(config);
  return [...people.keys()].filter((id) => id !== person && standIn(id, people, at) === person);
}
