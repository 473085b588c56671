import type { Instant } from '../period/types.js';
import type { AlertState, AlertTransition } from './transitions.js';

export type { AlertState, AlertTransition };

/** What can be wrong: with a value (`late`, `missing`, `off_track`) or with where values come from (`source_failed`). */
export type AlertKind = 'late' | 'missing' | 'off_track' | 'source_failed';

/** Who and what an alert is about: `measure/<address>`, `connection/<id>` or `extract/<id>`. */
export type AlertSubject = string;

/** A condition found true by an evaluation. */
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
}

/** An alert as stored. Key: kind + subject + period. */
export interface AlertRecord extends AlertCondition {
  readonly state: AlertState;
  readonly openedAt: Instant;
  readonly resolvedAt?: Instant;
  /** Number of events so far; the next event has this sequence number. */
  readonly events: number;
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
}
