import { addMilliseconds, compareInstants, isInstant } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import { alertAfter } from './alert-after.js';
import { alertKey, conditionKey } from './alert-key.js';
import { ALERT_KINDS, isOfEachPeriod } from './kinds.js';
import { isStanding } from './transitions.js';
import type { AlertCondition, AlertEvent, AlertKind, AlertRecord, FollowUp, FoundCondition } from './types.js';

/** How long a condition must hold before anybody is told, and be gone before it is over: milliseconds, 0 where absent. */
export interface AlertTiming {
  readonly pendingMs: Readonly<Partial<Record<AlertKind, number>>>;
  readonly holdMs: Readonly<Partial<Record<AlertKind, number>>>;
}

/** Conditions found true, against the alerts known so far. */
export interface Assessment {
  readonly conditions: readonly FoundCondition[];
  /** Alerts that are not over, and the others that could be opened again. */
  readonly known: readonly AlertRecord[];
  /** Logical time of the evaluation. */
  readonly at: Instant;
  /** Whether this evaluation looked at an alert's subject at all; only those may end. */
  readonly scope: (record: AlertRecord) => boolean;
  /** Condition keys (kind and subject) held back by a failing source: their alerts stay as they are. */
  readonly inhibited: ReadonlySet<string>;
  /** Absent: everything is told, and over, at once. */
  readonly timing?: AlertTiming;
  /** Whether alerts of this kind are turned off for its subject: then it ends at once, whatever holds. Absent: none is. */
  readonly isTurnedOff?: (record: AlertRecord) => boolean;
  /** What is due of an alert that holds and is in nobody's hands; absent: nothing. Asked of it as it is after its events. */
  readonly followUps?: (record: AlertRecord) => readonly FollowUp[];
}

/**
 * The events that lead from the known alerts to the conditions found.
 *
 * A condition whose kind and subject have an alert that is not over gives nothing, even when it counts from another period
 * by now: one message a cause. Without one it reopens the alert of the same kind, subject and period, or opens a new one;
 * first it is held back where a pending time is set. A snoozed alert speaks once when its time has come; an acknowledged one
 * is left alone; one in nobody's hands is followed up. Alerts in scope whose condition holds no more end, after the time set for
 * that, from whatever state they are in; those of a kind that was turned off end at once. What a person resolved while it held
 * stays resolved until the condition goes further or has been gone. Of several
 * conditions of one kind and subject the first counts. Assessing again after the events are stored gives none.
 *
 * @returns beginnings in the order of `conditions`, then changes and ends in the order of `known`
 */
export function assessAlerts(assessment: Assessment): AlertEvent[] {
  const { known, scope, inhibited } = assessment;
  const holding = firstPerKey(assessment.conditions);
  const active = known.filter(({ state }) => state === 'pending' || isStanding(state));
  const activeKeys = new Set(active.map(keyOf));
  const over = known.filter(({ state }) => state !== 'pending' && !isStanding(state));
  const overByKey = new Map(over.map((record) => [alertKey(record.kind, record.subject, record.period), record]));
  const dismissed = over.filter((record) => record.dismissedThrough !== undefined);
  const begun = [...holding]
    .filter(([key, found]) => !activeKeys.has(key) && !dismissed.some((record) => isDismissed(found, record)))
    .map(([, found]) => begin(found, assessment, overByKey.get(alertKey(found.kind, found.subject, found.period))));
  const changed = known.flatMap((record) => {
    if (scope(record) && assessment.isTurnedOff?.(record) === true) return turnOff(record, assessment) ?? [];
    const found = holding.get(keyOf(record));
    if (found !== undefined) return withFollowUps(record, found, assessment);
    if (inhibited.has(keyOf(record)) || !scope(record)) return [];
    const isMissing = record.kind === 'late' && holding.has(conditionKey('missing', record.subject));
    return end(record, isMissing, assessment) ?? [];
  });
  return [...begun, ...changed];
}

/** Whether a person has resolved the condition as it stands. */
function isDismissed(found: FoundCondition, record: AlertRecord): boolean {
  const { dismissedThrough } = record;
  if (dismissedThrough === undefined || keyOf(record) !== keyOf(found)) return false;
  return !goesFurther(found.through, dismissedThrough);
}

function goesFurther(through: string, than: string): boolean {
  return isInstant(through) && isInstant(than) ? compareInstants(through, than) > 0 : through > than;
}

function begin(found: FoundCondition, assessment: Assessment, earlier: AlertRecord | undefined): AlertEvent {
  const event = { condition: found, sequence: earlier?.events ?? 0, at: assessment.at };
  const pendingMs = assessment.timing?.pendingMs[found.kind] ?? 0;
  if (pendingMs === 0) return { transition: opening(earlier), ...event, reason: whyOpened(found, earlier) };
  const reason = `it holds since ${found.period}; it is told when it has held for ${minutes(pendingMs)}`;
  return { transition: 'held_back', ...event, reason };
}

/** People who have never been told of it cannot be told that it is there again. */
function opening(earlier: AlertRecord | undefined): 'opened' | 'reopened' {
  return earlier?.resolvedAt === undefined ? 'opened' : 'reopened';
}

function whyOpened({ period }: AlertCondition, earlier: AlertRecord | undefined): string {
  if (earlier?.resolvedAt === undefined) return `it holds since ${period}`;
  return earlier.dismissedThrough === undefined
    ? `it holds again after it was resolved at ${earlier.resolvedAt}`
    : `it goes further than when it was resolved by hand at ${earlier.resolvedAt}`;
}

/** What the time does to an alert whose condition still holds, and what its policy wants of it then. */
function withFollowUps(record: AlertRecord, found: FoundCondition, assessment: Assessment): AlertEvent[] {
  const event = goOn(record, found, assessment);
  const after = event === undefined ? record : alertAfter(event, record);
  const condition = { ...found, period: record.period };
  const followUps = (assessment.followUps?.(after) ?? []).map((followUp, index) => ({
    ...followUp,
    ...{ condition, sequence: after.events + index, at: assessment.at },
  }));
  return [...(event === undefined ? [] : [event]), ...followUps];
}

/** What the time does to an alert whose condition still holds. */
function goOn(record: AlertRecord, found: FoundCondition, { at, timing }: Assessment): AlertEvent | undefined {
  const event = { condition: { ...found, period: record.period }, sequence: record.events, at };
  if (record.state === 'pending') {
    const pendingMs = timing?.pendingMs[record.kind] ?? 0;
    if (!hasPassed(record.openedAt, pendingMs, at)) return undefined;
    const reason = `${whyOpened(found, record)} and has held for ${minutes(pendingMs)}`;
    return { transition: opening(record), ...event, reason };
  }
  if (record.snoozedUntil !== undefined && hasPassed(record.snoozedUntil, 0, at)) {
    return { transition: 'woken', ...event, reason: `it was snoozed until ${record.snoozedUntil} and still holds` };
  }
  if (record.easedAt === undefined) return undefined;
  return { transition: 'relapsed', ...event, reason: `it holds again, after it was gone since ${record.easedAt}` };
}

/** The end of an alert that nobody is to be told of any more. */
function turnOff(record: AlertRecord, { at }: Assessment): AlertEvent | undefined {
  const { kind, subject, period, owner, summary, details, events } = record;
  const event = { condition: { kind, subject, period, owner, summary, details }, sequence: events, at };
  const reason = 'alerts of this kind were turned off for it';
  if (record.state === 'pending') return { transition: 'dropped', ...event, reason };
  if (isStanding(record.state)) return { transition: 'resolved', ...event, reason };
  return record.dismissedThrough === undefined ? undefined : { transition: 'settled', ...event, reason };
}

/** Why the alert of a late value ends that has come to be missing. */
export const MISSING_NOW = 'the grace days are over: it is missing now';

/** What becomes of an alert whose condition holds no more. */
function end(record: AlertRecord, isMissing: boolean, { at, timing }: Assessment): AlertEvent | undefined {
  const { kind, subject, period, owner, summary, details, events } = record;
  const event = { condition: { kind, subject, period, owner, summary, details }, sequence: events, at };
  const reason = isMissing ? MISSING_NOW : ALERT_KINDS[kind].over;
  if (record.state === 'pending') return { transition: 'dropped', ...event, reason };
  if (!isStanding(record.state)) {
    return record.dismissedThrough === undefined ? undefined : { transition: 'settled', ...event, reason };
  }
  const holdMs = timing?.holdMs[kind] ?? 0;
  // A late value that became a missing one has an alert of the other kind: nothing is to be waited for.
  if (holdMs === 0 || isMissing || (record.easedAt !== undefined && hasPassed(record.easedAt, holdMs, at))) {
    return { transition: 'resolved', ...event, reason };
  }
  if (record.easedAt !== undefined) return undefined;
  return { transition: 'eased', ...event, reason: `${reason}; it is over when that stays so for ${minutes(holdMs)}` };
}

function hasPassed(since: Instant, milliseconds: number, at: Instant): boolean {
  return compareInstants(addMilliseconds(since, milliseconds), at) <= 0;
}

function minutes(milliseconds: number): string {
  const whole = Math.round(milliseconds / 60_000);
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}

/** What can stand once at most: a kind and subject, or those in a period where each is news of its own. */
function keyOf({ kind, subject, period }: AlertCondition): string {
  return isOfEachPeriod(kind) ? alertKey(kind, subject, period) : conditionKey(kind, subject);
}

function firstPerKey(conditions: readonly FoundCondition[]): ReadonlyMap<string, FoundCondition> {
  const byKey = new Map<string, FoundCondition>();
  for (const condition of conditions) {
    const key = keyOf(condition);
    if (!byKey.has(key)) byKey.set(key, condition);
  }
  return byKey;
}
