import type { AlertRecord } from '../alert/types.js';
import type { MessageSection, PeriodFigures } from '../message/types.js';
import type { Instant } from '../period/types.js';

/** When a person is sent a digest: local wall-clock time of the zone, and what happens when there is nothing to say. */
export interface DigestRule {
  readonly every: 'day' | 'week' | 'month';
  /** ISO weekday 1–7, for `week`. */
  readonly weekday?: number;
  /** Day of month 1–28, for `month`. */
  readonly day?: number;
  readonly hour: number;
  readonly minute: number;
  readonly timeZone: string;
  /** Whether one line says that there is nothing to say; otherwise nothing is sent. */
  readonly saysWhenEmpty: boolean;
  /** Days after which what stays open is told again though nothing is new; absent: as usual for its rhythm. */
  readonly repeatDays?: number | 'never';
}

/** An alert that is, or was, a person's concern. */
export interface DigestAlert
  extends Pick<
    AlertRecord,
    'kind' | 'subject' | 'period' | 'state' | 'openedAt' | 'resolvedAt' | 'snoozedUntil' | 'owner' | 'handledBy'
  > {
  /** Name of what it is about. */
  readonly name: string;
}

/** How a measure that is a person's concern stands. */
export interface DigestMeasure {
  /** As alerts have it. */
  readonly subject: string;
  readonly name: string;
  /** Person id. */
  readonly owner: string;
  /** The newest closed period with a status, when that was first known, and the one before it. */
  readonly newest?: PeriodFigures & { readonly knownAt: Instant };
  readonly before?: PeriodFigures;
  /** The next value that somebody has to bring. */
  readonly next?: { readonly period: string; readonly due: Instant };
}

/** All that a digest is made of. */
export interface DigestInput {
  /** Person id of the reader. */
  readonly reader: string;
  /** Time of the last digest that was sent. */
  readonly since: Instant;
  /** Of that one: its {@link Digest.standing}; absent before the first. */
  readonly toldThen?: ReadonlySet<string>;
  /** Ids of the absent people whom the reader stands in for. */
  readonly standsInFor: readonly string[];
  readonly now: Instant;
  /** What is due up to then is named. */
  readonly dueUntil: Instant;
  /** In which days are told. */
  readonly timeZone: string;
  readonly alerts: readonly DigestAlert[];
  readonly measures: readonly DigestMeasure[];
  /** Name of a person by id. */
  readonly nameOf: (person: string) => string;
}

/** What a digest says, in words. */
export interface Digest {
  readonly summary: string;
  /** Those that say something, in their order. */
  readonly sections: readonly MessageSection[];
  /** Nothing is open, has changed, or stands badly: what is merely due is no news. */
  readonly isEmpty: boolean;
  /** Something has opened, ended or turned since the last one, or is the reader's by now. */
  readonly hasNews: boolean;
  /** Something stands that nobody has snoozed: worth telling again after a while. */
  readonly isWorthRepeating: boolean;
  /** What is open or stands badly, one text each that stays the same while it does. */
  readonly standing: readonly string[];
}
