import type { Instant } from '../period/types.js';
import type { DecimalText } from '../value/types.js';

/** How grave a thing is; the words of PagerDuty and of syslog. */
export type Severity = 'critical' | 'error' | 'warning' | 'info';

/**
 * What a message says, as plain JSON beside its words, so that no receiver has to read it out of a text.
 *
 * Kept with the message and perhaps sent by another version of the program: kinds and transitions may be any text.
 */
export interface MessageFacts {
  /** Of an alert its kind; `digest`; `test` for a message that was only asked for to see it arrive. */
  readonly kind: string;
  /** What has happened: `opened`, `reopened`, `resolved`, … */
  readonly transition: string;
  readonly subject: {
    /** `measure/<address>`, `connection/<id>`, `extract/<id>`. */
    readonly id: string;
    readonly name: string;
  };
  /** Where it comes from, if others may come from there too: the extract of a value, the connection of an extract. */
  readonly cause?: { readonly id: string; readonly name: string };
  /** Of a joint message: the alerts that it tells of. */
  readonly joint?: JointAlerts;
  /** Period id, or the time of the run, in which it began. */
  readonly period: string;
  /** One sentence: what, since when. */
  readonly summary: string;
  /** Further lines: value, target, cause, place. */
  readonly details: readonly string[];
  /** Why it is told now, in words. */
  readonly reason: string;
  /** Of a measure: its value, target and gap, and the last closed periods. */
  readonly figures?: MessageFigures;
  /** Of a digest: what it says, by heading. */
  readonly sections?: readonly MessageSection[];
  /** Name of the person who did it; absent where nobody did. */
  readonly by?: string;
  /** Of `snoozed`: until when. */
  readonly until?: Instant;
  /** Of `resolved` by a person: that its condition holds all the same. */
  readonly stillHolds?: boolean;
  /** What the command line knows the alert by. */
  readonly alert?: string;
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
  /** Zone in which its reader is told times in words; absent of messages that an earlier version wrote: UTC. */
  readonly timeZone?: string;
  /** Name of the site. */
  readonly site: string;
}

/** The alerts that one message tells of together. */
export interface JointAlerts {
  /** Id of that message. */
  readonly message: string;
  /** How many there are. */
  readonly count: number;
  /** The first of them. */
  readonly alerts: readonly {
    /** What the command line knows it by. */
    readonly alert?: string;
    readonly name: string;
    /** How it stands, in a sentence. */
    readonly line: string;
  }[];
}

/** A heading with lines below it. */
export interface MessageSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A closed period of a measure: as decimals, and in words as people see it everywhere. */
export interface PeriodFigures {
  readonly period: string;
  readonly status: string;
  readonly value?: DecimalText;
  /** `4.0 stars` */
  readonly valueText?: string;
  /** `85`, or of a range `72..82`. */
  readonly target?: string;
  readonly targetText?: string;
  readonly gap?: Gap;
  /** The value as a bar of ten signs, on one scale with the other periods and the target: `████████░░`. */
  readonly bar?: string;
  /** The length of the bar in percent of that scale, whole. */
  readonly barPercent?: number;
}

/** How far a value is from its target. */
export interface Gap {
  /** Value − target; of a range from its nearer end, 0 inside. */
  readonly by: DecimalText;
  /** The same in percent of the target; absent where that says nothing: no target above 0, a range, words for values. */
  readonly percent?: DecimalText;
  /** `0.5 stars (11.1 %) short of the target` */
  readonly words: string;
}

/** What the numbers of a measure say. */
export interface MessageFigures {
  /** The period that the message is about: the newest with a value, unless another was corrected. */
  readonly current?: PeriodFigures;
  /** The last three closed ones, newest first. */
  readonly recent: readonly PeriodFigures[];
}

/** A link of a message. */
export interface MessageLink {
  readonly does: 'show' | 'acknowledge' | 'snooze';
  readonly label: string;
  readonly url: string;
}
