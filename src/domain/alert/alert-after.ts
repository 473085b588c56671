import { ALERT_TRANSITIONS } from './transitions.js';
import type { AlertEvent, AlertRecord } from './types.js';

/**
 * An alert after its next event. The event must be one that may follow.
 *
 * @param known the alert before it; absent before the first event
 */
export function alertAfter(event: AlertEvent, known: AlertRecord | undefined): AlertRecord {
  const { transition, condition, at, sequence } = event;
  const { kind, subject, period, owner, summary, details } = condition;
  const { to } = ALERT_TRANSITIONS[transition];
  const state = to === 'same' ? (known?.state ?? 'open') : to;
  const begins = transition === 'held_back' || transition === 'opened' || transition === 'reopened';
  return {
    ...{ kind, subject, period, owner, summary, details, state },
    openedAt: begins ? at : (known?.openedAt ?? at),
    events: sequence + 1,
    ...present('resolvedAt', transition === 'resolved' ? at : state === 'open' ? undefined : known?.resolvedAt),
    ...present('snoozedUntil', state === 'snoozed' ? (event.until ?? known?.snoozedUntil) : undefined),
    ...present('easedAt', easedAt(event, known)),
    ...present('dismissedThrough', transition === 'resolved' ? event.dismissedThrough : undefined),
    ...present('handledBy', event.author ?? (to === 'same' ? known?.handledBy : undefined)),
    ...present('told', toldSoFar(event, known)),
    ...followedUp(event, known),
  };
}

function toldSoFar({ transition, told = [] }: AlertEvent, known: AlertRecord | undefined): AlertRecord['told'] {
  const isNew = transition === 'held_back' || transition === 'opened' || transition === 'reopened';
  const all = new Set([...(isNew ? [] : (known?.told ?? [])), ...told]);
  return all.size === 0 ? undefined : [...all];
}

/** Reminders and escalations count from the last time that it came into nobody's hands. */
function followedUp({ transition, at, step }: AlertEvent, known: AlertRecord | undefined): Partial<AlertRecord> {
  if (transition === 'held_back' || transition === 'opened' || transition === 'reopened') return {};
  if (transition === 'woken') return { unhandledSince: at };
  const isReminder = transition === 'reminded';
  return {
    ...present('unhandledSince', known?.unhandledSince),
    ...present('reminders', isReminder ? (known?.reminders ?? 0) + 1 : known?.reminders),
    ...present('remindedAt', isReminder ? at : known?.remindedAt),
    ...present('escalations', step ?? known?.escalations),
  };
}

function easedAt({ transition, at, author }: AlertEvent, known: AlertRecord | undefined): AlertRecord['easedAt'] {
  if (transition === 'eased') return at;
  const goesOn = author !== undefined && transition !== 'resolved';
  return goesOn ? known?.easedAt : undefined;
}

function present<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: V });
}
