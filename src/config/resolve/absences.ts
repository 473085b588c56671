import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import type { Absence } from '#src/domain/policy/types.js';
import { below, type Place } from '../problem-list.js';
import type { PersonSpec } from '../spec/people-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { checkReference, type ResolveContext } from './context.js';

/** When a person is absent and who is told instead, each absence with its place. */
interface PlacedAbsence {
  readonly absence: Absence;
  readonly place: Place;
}

type Reporting = Pick<ResolveContext, 'specs' | 'problems'>;

type PersonEntry = Entry<PersonSpec> & { readonly id: string };

/**
 * The absences of all people. Days that do not exist, a stand-in who is not there, and stand-ins that lead to nobody because all of
 * them are absent on a day, are problems.
 */
export function resolveAbsences(
  entries: readonly PersonEntry[],
  context: Reporting,
): ReadonlyMap<string, readonly Absence[]> {
  const placed = new Map(entries.map((entry) => [entry.id, absencesOf(entry, context)]));
  reportRoundabouts(placed, context);
  return new Map([...placed].map(([id, absences]) => [id, absences.map(({ absence }) => absence)]));
}

function absencesOf({ id, spec, place }: PersonEntry, { specs, problems }: Reporting): readonly PlacedAbsence[] {
  return spec.absent.flatMap(({ from, to, stand_in }, index) => {
    const at = below(place, 'absent', index);
    const wrong = (['from', 'to'] as const).filter((key) => !isCalendarDate(key === 'from' ? from : to));
    for (const key of wrong) {
      const message = `there is no day "${key === 'from' ? from : to}"`;
      problems.error('CONFIG_INVALID_DATE', below(at, key), message, 'write a day that exists as YYYY-MM-DD');
    }
    if (wrong.length > 0) return [];
    if (to < from) {
      const message = `the absence ends on ${to}, before it begins`;
      problems.error('CONFIG_INVALID_DATE', below(at, 'to'), message, `write a day from ${from} on`);
      return [];
    }
    if (stand_in !== undefined) {
      if (!checkReference('stand-in', stand_in, specs.people.ids, below(at, 'stand_in'), problems)) return [];
    } else if (spec.manager === undefined) {
      const message = `nobody is told in the place of "${id}" from ${from} on`;
      problems.error('CONFIG_NO_STAND_IN', at, message, 'add stand_in: a person; without one it is the manager');
      return [];
    }
    return [{ absence: { from, to, standIn: stand_in ?? spec.manager ?? id }, place: at }];
  });
}

/** Who is absent changes at the beginning of an absence: a circle of absent people shows on one of these days. */
function reportRoundabouts(placed: ReadonlyMap<string, readonly PlacedAbsence[]>, { problems }: Reporting): void {
  const told = new Set<string>();
  for (const [person, absences] of placed) {
    for (const { absence, place } of absences) {
      const circle = circleFrom(person, absence.from, placed);
      const key = circle?.toSorted().join(' ');
      if (circle === undefined || key === undefined || told.has(key)) continue;
      told.add(key);
      const way = [...circle, circle[0]].join(' → ');
      const message = `on ${absence.from} the stand-ins lead to nobody: ${way} are all absent`;
      problems.error('CONFIG_NO_STAND_IN', below(place, 'stand_in'), message, 'name somebody who is there');
    }
  }
}

/** The absent people that a chain of stand-ins goes round in on a day. */
function circleFrom(
  person: string,
  day: string,
  placed: ReadonlyMap<string, readonly PlacedAbsence[]>,
): readonly string[] | undefined {
  const passed: string[] = [];
  for (let id = person; ; ) {
    const absence = placed.get(id)?.find(({ absence: { from, to } }) => from <= day && day <= to);
    if (absence === undefined) return undefined;
    if (passed.includes(id)) return passed.slice(passed.indexOf(id));
    passed.push(id);
    id = absence.absence.standIn;
  }
}
