/**
 * The life of an alert: the one table that its states and transitions derive from.
 *
 * `none` is the state before the first event and is never stored. Nothing leads out of `open` but `resolved`, so an alert
 * that still holds is told once.
 */
export const ALERT_TRANSITIONS = {
  opened: { from: 'none', to: 'open' },
  resolved: { from: 'open', to: 'resolved' },
  reopened: { from: 'resolved', to: 'open' },
} as const satisfies Record<string, { from: string; to: string }>;

/** One of the transitions of {@link ALERT_TRANSITIONS}. */
export type AlertTransition = keyof typeof ALERT_TRANSITIONS;

/** A state an alert can be stored in. */
export type AlertState = (typeof ALERT_TRANSITIONS)[AlertTransition]['to'];
