import type { Instant } from '../period/types.js';
import { alertKey, conditionKey } from './alert-key.js';
import type { AlertCondition, AlertEvent, AlertKind, AlertRecord } from './types.js';

/** Conditions found true, against the alerts known so far. */
export interface Assessment {
  readonly conditions: readonly AlertCondition[];
  /** Open alerts, and the resolved ones that could be opened again. */
  readonly known: readonly AlertRecord[];
  /** Logical time of the evaluation. */
  readonly at: Instant;
  /** Whether this evaluation looked at an open alert's subject at all; only those may be resolved. */
  readonly scope: (record: AlertRecord) => boolean;
  /** Condition keys (kind and subject) held back by a failing source: their open alerts stay as they are. */
  readonly inhibited: ReadonlySet<string>;
}

/**
 * The events that lead from the known alerts to the conditions found.
 *
 * A condition with an open alert of its kind and subject gives nothing, even when it counts from another period by now:
 * one message a cause. Without an open one it reopens the resolved alert of the same kind, subject and period, or opens a
 * new one. Open alerts in scope whose condition holds no more are resolved. Of several conditions of one kind and subject
 * the first counts. Assessing again after the events are stored gives none.
 *
 * @returns openings in the order of `conditions`, then resolutions in the order of `known`
 */
export function assessAlerts(assessment: Assessment): AlertEvent[] {
  const { known, at, scope, inhibited } = assessment;
  const holding = firstPerKey(assessment.conditions);
  const open = known.filter((record) => record.state === 'open');
  const openKeys = new Set(open.map((record) => conditionKey(record.kind, record.subject)));
  const resolved = new Map(
    known
      .filter((record) => record.state === 'resolved')
      .map((record) => [alertKey(record.kind, record.subject, record.period), record]),
  );
  const begun = [...holding]
    .filter(([key]) => !openKeys.has(key))
    .map(([, condition]) =>
      begin(condition, at, resolved.get(alertKey(condition.kind, condition.subject, condition.period))),
    );
  const ended = open
    .filter((record) => {
      const key = conditionKey(record.kind, record.subject);
      return !holding.has(key) && !inhibited.has(key) && scope(record);
    })
    .map((record) => end(record, at, holding.has(conditionKey('missing', record.subject))));
  return [...begun, ...ended];
}

function begin(condition: AlertCondition, at: Instant, earlier: AlertRecord | undefined): AlertEvent {
  if (earlier === undefined) {
    return { transition: 'opened', condition, sequence: 0, at, reason: `it holds since ${condition.period}` };
  }
  const since = earlier.resolvedAt === undefined ? '' : ` at ${earlier.resolvedAt}`;
  const reason = `it holds again after it was resolved${since}`;
  return { transition: 'reopened', condition, sequence: earlier.events, at, reason };
}

function end(record: AlertRecord, at: Instant, isMissing: boolean): AlertEvent {
  const { kind, subject, period, owner, summary, details } = record;
  const condition = { kind, subject, period, owner, summary, details };
  return { transition: 'resolved', condition, sequence: record.events, at, reason: endOf(kind, isMissing) };
}

function endOf(kind: AlertKind, isMissing: boolean): string {
  switch (kind) {
    case 'late':
      return isMissing ? 'the grace days are over: it is missing now' : 'no value is late any more';
    case 'missing':
      return 'the newest due period is no longer missing';
    case 'off_track':
      return 'the newest periods are no longer all off track';
    case 'source_failed':
      return 'the source was read again';
  }
}

function firstPerKey(conditions: readonly AlertCondition[]): ReadonlyMap<string, AlertCondition> {
  const byKey = new Map<string, AlertCondition>();
  for (const condition of conditions) {
    const key = conditionKey(condition.kind, condition.subject);
    if (!byKey.has(key)) byKey.set(key, condition);
  }
  return byKey;
}
