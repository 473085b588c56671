import type { AbsenceReason } from '../freshness/absence.js';
import type { Instant, Period } from '../period/types.js';
import type { AlertKind } from './kinds.js';
import type { AlertState, AlertTransition, ToldTransition } from './transitions.js';

export type { AlertKind, AlertState, AlertTransition };

/** Who and what an alert is about: `measure/<address>`, `connection/<id>`, `extract/<id>`, `channel/<id>` or `pipeline/<part>`. */
export type AlertSubject = string;

/** What an alert tells of. */
export interface AlertCondition {
  readonly kind: AlertKind;
  readonly subject: AlertSubject;
  /** Period id (or run time for `source_failed`) in which the condition began. */
  readonly period: string;
  /** Person id. */
  readonly owner: string;
  /** One sentence a manager understands: what, since when. */
  readonly summary: string;
  /** Further lines: value, target, cause, place. No secret. */
  readonly details: readonly string[];
  /** Of `off_track`: with a period that is not over, as it would end. Known where the condition was found; not stored. */
  readonly atPace?: true;
}

/** Why the newest period of a late or missing value is without one. */
export interface NamedAbsence {
  readonly reason: AbsenceReason;
  readonly words: string;
  /** Id of the person who can act. */
  readonly person: string;
  /** Period id. */
  readonly period: string;
}

/** A condition found true by an evaluation. */
export interface FoundCondition extends AlertCondition {
  /**
   * How far it goes: the end of the newest period in which it holds, or the time of the newest failure. What goes further
   * than before is news.
   */
  readonly through: string;
  /** Of what is late, missing or was not captured: the periods, in any order. By them it is found what waits for what. */
  readonly overdue?: readonly Period[];
  /** Of `late` and `missing`. */
  readonly absence?: NamedAbsence;
}

/** An alert as stored. Key: kind + subject + period. */
export interface AlertRecord extends AlertCondition {
  readonly state: AlertState;
  /** Last opening; while nobody was told yet, when it was first found. */
  readonly openedAt: Instant;
  /** Last end of an alert that people knew of; absent while they know, and where they never did. */
  readonly resolvedAt?: Instant;
  /** Number of events so far; the next event has this sequence number. */
  readonly events: number;
  /** Of a snoozed one: the time it is silent until. */
  readonly snoozedUntil?: Instant;
  /** Since when the condition of one that is not over yet holds no more. */
  readonly easedAt?: Instant;
  /** Of one that a person resolved while its condition held: how far that went. Nothing before it is told again. */
  readonly dismissedThrough?: string;
  /** Id of the person who brought it into its state; absent where nobody did. */
  readonly handledBy?: string;
  /** Ids of those told since it was last opened, in the order in which they were; absent where it is not known. */
  readonly told?: readonly string[];
  /** Since when it is in nobody's hands, where that is not since its last opening: the end of the last snooze. */
  readonly unhandledSince?: Instant;
  /** Reminders since then, and when the last of them was; absent before the first. */
  readonly reminders?: number;
  readonly remindedAt?: Instant;
  /** Steps of the escalation reached since then; absent before the first. */
  readonly escalations?: number;
}

/** What a policy wants of an alert that nobody has taken over. */
export interface FollowUp {
  readonly transition: 'reminded' | 'escalated';
  readonly reason: string;
  /** Person ids. */
  readonly told: readonly string[];
  /** Of `escalated`: how many steps have been reached. */
  readonly step?: number;
}

/** One step of an alert's life, to be stored and told. */
export interface AlertEvent {
  readonly transition: AlertTransition;
  readonly condition: AlertCondition;
  /** Position in the alert's history, from 0. */
  readonly sequence: number;
  readonly at: Instant;
  /** Why, in words. */
  readonly reason: string;
  /** Person id; absent where an evaluation made it. */
  readonly author?: string;
  /** Of `snoozed`. */
  readonly until?: Instant;
  /** Of `resolved` by a person: how far the condition goes that still holds. */
  readonly dismissedThrough?: string;
  /** Ids of those who are told of it; absent of what is told to nobody, and of events from before this was kept. */
  readonly told?: readonly string[];
  /** Of `escalated`: how many steps have been reached. */
  readonly step?: number;
}

/** An event that there is a message about. */
export type ToldEvent = AlertEvent & { readonly transition: ToldTransition };
