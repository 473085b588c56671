import { canFollow, isStanding, type PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { LinkClaims, LinkPurpose } from './claims.js';

/** The transition that a link is for. */
export const MAKES = {
  acknowledge: 'acknowledged',
  snooze: 'snoozed',
} as const satisfies Record<LinkPurpose, PersonsTransition>;

/**
 * What a link can still do: `ready` to act; `done` is what it is for, by whomever; `over` that opening of the alert, which may
 * be open again by another; `unknown` an alert that there is not, or not with such an event.
 */
export type LinkStanding =
  | { readonly state: 'ready' | 'done'; readonly entry: AlertHistoryEntry }
  | { readonly state: 'over'; readonly entry: AlertHistoryEntry; readonly isOpenAgain: boolean }
  | { readonly state: 'unknown' };

/** How a link stands, by the history of its alert. */
export function linkStanding(
  { purpose, sequence }: Pick<LinkClaims, 'purpose' | 'sequence'>,
  entry: AlertHistoryEntry | undefined,
): LinkStanding {
  if (entry === undefined || sequence >= entry.events) return { state: 'unknown' };
  const ended = entry.history.some((event) => event.sequence > sequence && event.transition === 'resolved');
  if (ended || !isStanding(entry.state)) return { state: 'over', entry, isOpenAgain: isStanding(entry.state) };
  // A second press of a snooze would only put off its end.
  const isDone = entry.state === MAKES[purpose] || !canFollow(MAKES[purpose], entry.state);
  return { state: isDone ? 'done' : 'ready', entry };
}
