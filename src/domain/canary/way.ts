import { addMilliseconds, compareInstants } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';

/** The legs of the way, in their order. */
export const LEGS = ['pulled', 'stored', 'judged', 'alerted', 'resolved', 'delivered'] as const;
export type Leg = (typeof LEGS)[number];

/** How far the canary has come, by what is stored. */
export interface CanaryWay {
  /** When it should have been pulled last; absent where nobody can expect that yet. */
  readonly expected?: Instant;
  /** The newest pull that failed, where none has gone well since. */
  readonly failed?: { readonly at: Instant; readonly message: string };
  /** The newest pull that went well. */
  readonly pulled?: {
    readonly logicalTime: Instant;
    /** By the clock. */
    readonly startedAt: Instant;
    readonly at: Instant;
    /** Id of the newest closed period that was read. */
    readonly period: string;
    /** What its value must be; absent where the site keeps no history that far back. */
    readonly value?: string;
  };
  /** The value of that period. */
  readonly stored?: { readonly value: string; readonly at: Instant };
  readonly judged?: { readonly status: Status | NoScoreState; readonly at: Instant };
  /** Of its alert: whether it stands, or a person has called it dealt with. */
  readonly alert?: { readonly stands: boolean; readonly isDealtWith: boolean };
  /** Its messages that have not arrived, the oldest first. */
  readonly undelivered: readonly {
    readonly channel: string;
    /** Since when it could be sent. */
    readonly dueAt: Instant;
    /** Given up: nothing more is tried. */
    readonly isLost: boolean;
    readonly detail?: string;
  }[];
}

/** Where the canary got stuck. */
export interface Stuck {
  readonly leg: Leg;
  /** The same at each look while it is stuck there. */
  readonly since: Instant;
  /** `it was not delivered over the channel "mail"` */
  readonly words: string;
}

/** Times to wait. */
export interface Patience {
  /** For each leg, in milliseconds. */
  readonly limitMs: number;
  /** More of it, for an alert to begin and to end: what the site says that conditions must hold, or be gone. */
  readonly pendingMs: number;
  readonly holdMs: number;
  /** Since when somebody goes on with the work: before that nothing could come round. */
  readonly awakeSince?: Instant;
}

/** All the places where it is stuck, in the order of the way; none where it came round, or may still. */
export function stuckLegs(way: CanaryWay, now: Instant, patience: Patience): readonly Stuck[] {
  const { limitMs, pendingMs, holdMs, awakeSince } = patience;
  const isOver = (since: Instant, more = 0): boolean => {
    const from = awakeSince !== undefined && compareInstants(awakeSince, since) > 0 ? awakeSince : since;
    return compareInstants(addMilliseconds(from, limitMs + more), now) <= 0;
  };
  return [
    ...pullStuck(way, isOver),
    ...valueStuck(way, isOver),
    ...alertStuck(
      way,
      (since) => isOver(since, pendingMs),
      (since) => isOver(since, holdMs),
    ),
    ...deliveryStuck(way, isOver),
  ];
}

type IsOver = (since: Instant) => boolean;

function pullStuck({ expected, failed, pulled }: CanaryWay, isOver: IsOver): Stuck[] {
  if (failed !== undefined) {
    return [{ leg: 'pulled', since: failed.at, words: `its source could not be read: ${failed.message}` }];
  }
  const isPulled =
    pulled !== undefined && (expected === undefined || compareInstants(pulled.logicalTime, expected) >= 0);
  if (expected === undefined || isPulled || !isOver(expected)) return [];
  return [{ leg: 'pulled', since: pulled?.logicalTime ?? expected, words: 'it was not pulled' }];
}

function valueStuck({ pulled, stored, judged }: CanaryWay, isOver: IsOver): Stuck[] {
  if (pulled?.value === undefined) return [];
  const { period, value } = pulled;
  if (stored?.value !== value) {
    if (!isOver(pulled.at)) return [];
    const what = stored === undefined ? '' : `: there is ${stored.value} instead of ${value}`;
    return [{ leg: 'stored', since: pulled.at, words: `its value of ${period} was pulled and not stored${what}` }];
  }
  const isJudged = judged?.status === 'on_track' || judged?.status === 'off_track';
  if (isJudged || !isOver(stored.at)) return [];
  return [{ leg: 'judged', since: stored.at, words: `its value of ${period} was stored and not judged` }];
}

function alertStuck({ pulled, judged, alert }: CanaryWay, isPending: IsOver, isHeld: IsOver): Stuck[] {
  if (pulled === undefined || judged === undefined) return [];
  const stands = alert?.stands === true;
  const { status, at: since } = judged;
  if (status === 'off_track' && !stands && alert?.isDealtWith !== true && isPending(since)) {
    return [{ leg: 'alerted', since, words: `${pulled.period} is off track and raised no alert` }];
  }
  if (status !== 'on_track' || !stands || !isHeld(since)) return [];
  return [{ leg: 'resolved', since, words: `${pulled.period} is on track and its alert was not resolved` }];
}

/** Of each channel the oldest message. */
function deliveryStuck({ undelivered }: CanaryWay, isOver: IsOver): Stuck[] {
  const stuck = undelivered.filter(({ dueAt, isLost }) => isLost || isOver(dueAt));
  return stuck
    .filter(({ channel }, index) => stuck.findIndex((each) => each.channel === channel) === index)
    .map(({ channel, dueAt, isLost, detail }) => {
      const how = isLost ? 'was given up' : 'was not delivered';
      const why = detail === undefined ? '' : `: ${detail}`;
      return { leg: 'delivered', since: dueAt, words: `its message ${how} over the channel "${channel}"${why}` };
    });
}
