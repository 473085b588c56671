import type { Instant } from '../period/types.js';

/** How grave a thing is; the words of PagerDuty and of syslog. */
export type Severity = 'critical' | 'error' | 'warning' | 'info';

/**
 * What a message says, as plain JSON beside its words, so that no receiver has to read it out of a text.
 *
 * Kept with the message and perhaps sent by another version of the program: kinds and transitions may be any text.
 */
export interface MessageFacts {
  /** Of an alert its kind; `test` for a message that was only asked for to see it arrive. */
  readonly kind: string;
  /** What has happened: `opened`, `reopened`, `resolved`, … */
  readonly transition: string;
  readonly subject: {
    /** `measure/<address>`, `connection/<id>`, `extract/<id>`. */
    readonly id: string;
    readonly name: string;
  };
  /** Period id, or the time of the run, in which it began. */
  readonly period: string;
  /** One sentence: what, since when. */
  readonly summary: string;
  /** Further lines: value, target, cause, place. */
  readonly details: readonly string[];
  /** Why it is told now, in words. */
  readonly reason: string;
  /** What happens next if nothing changes, and by when: who is reminded, who is told. */
  readonly next?: string;
  /** Where to look, and what can be done with one press. */
  readonly links?: readonly MessageLink[];
  /** Where the rules say one. */
  readonly severity?: Severity;
  /** Person id of who owns what it is about. */
  readonly owner: string;
  /** Names of all who are told. */
  readonly told: readonly string[];
  /** Position in the history of the alert, from 0. */
  readonly sequence: number;
  /** When it was noted. */
  readonly at: Instant;
  /** Name of the site. */
  readonly site: string;
}

/** A link of a message. */
export interface MessageLink {
  readonly does: 'show' | 'acknowledge' | 'snooze';
  readonly label: string;
  readonly url: string;
}
