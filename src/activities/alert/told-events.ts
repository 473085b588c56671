import { alertAfter } from '#src/domain/alert/alert-after.js';
import { alertKey } from '#src/domain/alert/alert-key.js';
import { isTold } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertEvent, AlertRecord } from '#src/domain/alert/types.js';
import type { FollowUpRules } from '#src/domain/policy/follow-up.js';
import { toldOf } from '#src/domain/policy/told.js';
import type { AlertRules } from './alert-rules.js';

/** An event with who is told of it, the alert after it, and the rules that say so. */
export interface ToldStep {
  readonly event: AlertEvent;
  readonly after: AlertRecord;
  readonly rules: FollowUpRules;
}

/** Adds to events who is told of them, by the policies and by who knows of the alerts. */
export function toldSteps(
  events: readonly AlertEvent[],
  known: readonly AlertRecord[],
  rulesOf: AlertRules,
): readonly ToldStep[] {
  const changed = new Set(events.map(({ condition }) => keyOf(condition)));
  const records = new Map(known.map((record) => [keyOf(record), record] as const).filter(([key]) => changed.has(key)));
  return events.map((event) => {
    const key = keyOf(event.condition);
    const before = records.get(key);
    const rules = rulesOf(event.condition);
    const whole = isTold(event.transition) ? { ...event, told: toldOf(event, before, rules) } : event;
    const after = alertAfter(whole, before);
    records.set(key, after);
    return { event: whole, after, rules };
  });
}

const keyOf = ({ kind, subject, period }: AlertCondition): string => alertKey(kind, subject, period);
