import type { AlertEvent, AlertRecord } from '../alert/types.js';
import { dateInZone } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import type { AlertPolicy, Parties, Recipient, Staff } from './types.js';

/**
 * Ids of the people that recipients stand for at a time, each once, in the order of the list.
 *
 * Who is absent then is stood in for, through as many as are absent. Who is not known any more, has no manager, or is stood in
 * for by nobody is left out.
 */
export function peopleFor(
  recipients: readonly Recipient[],
  parties: Parties,
  { people, operator }: Staff,
  at: Instant,
): readonly string[] {
  const found = recipients.flatMap((recipient) => {
    const id = personOf(recipient, parties, { people, operator });
    return id === undefined ? [] : (standIn(id, people, at) ?? []);
  });
  return [...new Set(found)];
}

/**
 * Who is told of an alert: never nobody. Where the list leads to nobody it is who can act, and where he is gone, or nobody
 * stands in for him, the operator.
 */
export function peopleTold(
  recipients: readonly Recipient[],
  parties: Parties,
  staff: Staff,
  at: Instant,
): readonly string[] {
  for (const list of [recipients, ['who_can_act'], [staff.operator]]) {
    const people = peopleFor(list, parties, staff, at);
    if (people.length > 0) return people;
  }
  return [staff.operator];
}

/** Who is told instead of a person at a time: himself, where he is there; `undefined` where that leads to nobody. */
export function standIn(person: string, people: Staff['people'], at: Instant): string | undefined {
  const passed = new Set<string>();
  for (let id = person; !passed.has(id); ) {
    passed.add(id);
    const colleague = people.get(id);
    if (colleague === undefined) return undefined;
    const today = dateInZone(at, colleague.timeZone);
    const absence = colleague.absences.find(({ from, to }) => from <= today && today <= to);
    if (absence === undefined) return id;
    id = absence.standIn;
  }
  return undefined;
}

/** Of an owner who is gone the operator takes the place. */
function personOf(
  recipient: Recipient,
  { owner, actor = owner, objectiveOwner }: Parties,
  { people, operator }: Staff,
): string | undefined {
  switch (recipient) {
    case 'who_can_act':
      return people.has(actor) ? actor : operator;
    case 'owner':
      return people.has(owner) ? owner : operator;
    case 'objective_owner':
      return objectiveOwner;
    case 'manager':
      return people.get(owner)?.manager;
    default:
      return recipient;
  }
}

/**
 * Who is told of an event: of a beginning those that the policy names; of all that follows those who know, so that whoever
 * heard that it began hears that it is over. Nobody is told what he has done himself.
 *
 * @param known the alert before the event
 */
export function toldOf(
  event: AlertEvent,
  known: AlertRecord | undefined,
  { policy, parties, staff }: { readonly policy: AlertPolicy; readonly parties: Parties; readonly staff: Staff },
): readonly string[] {
  if (event.told !== undefined) return event.told;
  const begins = event.transition === 'opened' || event.transition === 'reopened';
  const who = begins ? [] : (known?.told ?? []).filter((id) => staff.people.has(id));
  const told = who.length > 0 ? who : peopleTold(policy.tell, parties, staff, event.at);
  return told.filter((id) => id !== event.author);
}
