/** States in which somebody has been told of an alert, and it is not over. */
const STANDING = ['open', 'acknowledged', 'snoozed'] as const;

/**
 * The life of an alert: the one table that its states and transitions derive from.
 *
 * `none` is the state before the first event and is never stored; `same` leaves the state as it was. `told` says whether
 * the transition is worth a message: there is one a transition, and none for those that only keep the record. Nothing
 * leads from a state in which people know to `open`, but the end of a snooze: what still holds is told once.
 */
export const ALERT_TRANSITIONS = {
  /** It holds, and is held back until it has held for long enough. */
  held_back: { from: ['none', 'resolved', 'dropped'], to: 'pending', told: false },
  /** It ended while it was held back: nobody was told, and nobody will be. */
  dropped: { from: ['pending'], to: 'dropped', told: false },
  opened: { from: ['none', 'pending', 'dropped'], to: 'open', told: true },
  /** Somebody has taken it over. */
  acknowledged: { from: ['open', 'snoozed'], to: 'acknowledged', told: true },
  /** Somebody wants silence until a time. */
  snoozed: { from: STANDING, to: 'snoozed', told: true },
  /** The time of a snooze has come and it still holds. */
  woken: { from: ['snoozed'], to: 'open', told: true },
  /** Nobody has taken it over, and its policy says it once more. */
  reminded: { from: ['open'], to: 'same', told: true },
  /** Nobody has taken it over, and its policy tells others. */
  escalated: { from: ['open'], to: 'same', told: true },
  /** It holds no more; it is over when that stays so for long enough. */
  eased: { from: STANDING, to: 'same', told: false },
  /** It holds again, before it was over. */
  relapsed: { from: STANDING, to: 'same', told: false },
  /** By itself, or by a person. */
  resolved: { from: STANDING, to: 'resolved', told: true },
  /** What a person resolved while it still held, holds no more: from now on it could come again. */
  settled: { from: ['resolved'], to: 'same', told: false },
  reopened: { from: ['resolved', 'pending', 'dropped'], to: 'open', told: true },
} as const satisfies Record<string, { from: readonly string[]; to: string; told: boolean }>;

/** One of the transitions of {@link ALERT_TRANSITIONS}. */
export type AlertTransition = keyof typeof ALERT_TRANSITIONS;

/** A state an alert can be stored in. */
export type AlertState = Exclude<(typeof ALERT_TRANSITIONS)[AlertTransition]['to'], 'same'>;

/** The transitions that a person makes. `resolved` also happens by itself. */
export type PersonsTransition = Extract<AlertTransition, 'acknowledged' | 'snoozed' | 'resolved'>;

/** Whether an alert in this state can go that way. */
export function canFollow(transition: AlertTransition, state: AlertState | 'none'): boolean {
  const from: readonly string[] = ALERT_TRANSITIONS[transition].from;
  return from.includes(state);
}

/** Whether people know of an alert in this state and it is not over. */
export function isStanding(state: AlertState): boolean {
  return STANDING.some((each) => each === state);
}

/** The transitions that are worth a message. */
export type ToldTransition = {
  [T in AlertTransition]: (typeof ALERT_TRANSITIONS)[T]['told'] extends true ? T : never;
}[AlertTransition];

/** Whether there is a message about a transition. */
export function isTold(transition: AlertTransition): transition is ToldTransition {
  return ALERT_TRANSITIONS[transition].told;
}
