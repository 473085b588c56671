import { compareInstants, millisecondsBetween } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';

/** The two parts that have to go on by themselves: who judges what time changes, and who sends messages. */
export type WatchedPart = 'sweep' | 'deliver';

/** How far a part has come, by the clock. */
export interface PartProgress {
  readonly part: WatchedPart;
  /** When it last ended, as far as that was noted; notes are at most a third of the time to silence apart. */
  readonly seenAt: Instant;
  /** Since when it has gone on without a silence. */
  readonly since: Instant;
}

/** A time in which a part did nothing. */
export interface Silence {
  readonly from: Instant;
  readonly to: Instant;
}

/** What a part that ends now has to note; `undefined` where that was noted lately. */
export function progressAfter(
  part: WatchedPart,
  known: PartProgress | undefined,
  now: Instant,
  silentMs: number,
): PartProgress | undefined {
  if (known === undefined) return { part, seenAt: now, since: now };
  const gap = millisecondsBetween(known.seenAt, now);
  if (gap > silentMs) return { part, seenAt: now, since: now };
  return gap * 3 >= silentMs ? { part, seenAt: now, since: known.since } : undefined;
}

/** The silence of a part that ends just now. */
export function silenceBefore(known: PartProgress | undefined, now: Instant, silentMs: number): Silence | undefined {
  if (known === undefined || millisecondsBetween(known.seenAt, now) <= silentMs) return undefined;
  return { from: known.seenAt, to: now };
}

/**
 * Since when the other part is silent, as one that goes on sees it; `undefined` while it may still come.
 *
 * Who was silent himself has not seen the other: after an outage it gets the whole time once more.
 */
export function silentSince(
  watcher: PartProgress,
  other: PartProgress | undefined,
  now: Instant,
  silentMs: number,
): Instant | undefined {
  const seen = other === undefined ? watcher.since : later(other.seenAt, watcher.since);
  if (millisecondsBetween(seen, now) <= silentMs) return undefined;
  return other?.seenAt ?? watcher.since;
}

/** Whether the other part came back from a silence while this one was still silent: it has told of it. */
export function toldBy(other: PartProgress | undefined, { from }: Silence): boolean {
  return other !== undefined && compareInstants(other.since, from) > 0;
}

function later(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) > 0 ? a : b;
}

const MINUTE_MS = 60_000;

/** `35 minutes`, `2 hours 10 minutes`, `3 days 4 hours`. */
export function lengthInWords({ from, to }: Silence): string {
  const minutes = Math.floor(millisecondsBetween(from, to) / MINUTE_MS);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts =
    days > 0 ? [count(days, 'day'), count(hours, 'hour')] : [count(hours, 'hour'), count(minutes % 60, 'minute')];
  return parts.filter((part) => part !== '').join(' ') || 'less than a minute';
}

function count(number: number, unit: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${unit}` : `${number} ${unit}s`;
}
