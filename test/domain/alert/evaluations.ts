// Conditions that hold or not at each of a row of evaluations, a minute apart: as Plumbline assesses them, and as rules
// and series for Prometheus.
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { alertKey, conditionKey } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertKind, AlertRecord } from '#src/domain/alert/types.js';
import { type RuleTest, seriesName } from '../../support/promtool.js';

const MINUTE_MS = 60_000;

/** A condition, and at each evaluation whether it holds (`#`), does not (`.`), or was not looked at (`?`). */
export interface Watched {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly holds: string;
}

/** `for` and `keep_firing_for` of one kind of alert. */
export interface Wait {
  readonly pendingMs: number;
  readonly holdMs: number;
}

export interface World {
  readonly waits: Readonly<Partial<Record<AlertKind, Wait>>>;
  readonly watched: readonly Watched[];
}

/** Of one condition, a letter an evaluation: `F` firing, `p` pending, `.` neither. */
export type States = string;

/** What a person, or a cause, does beside the conditions. */
interface More {
  /** Events of people after an evaluation, by its number. */
  readonly act?: (index: number, at: string, known: readonly AlertRecord[]) => readonly AlertEvent[];
  /** Whether all is held back by a cause at an evaluation. */
  readonly isInhibited?: (index: number) => boolean;
  /** Period that a condition is of, by the number of the evaluation. */
  readonly periodAt?: (index: number) => string;
}

interface Lived {
  /** In the order of what is watched. */
  readonly states: readonly States[];
  readonly events: readonly AlertEvent[];
}

const timeOf = (index: number): string => new Date(Date.UTC(2026, 10, 1) + index * MINUTE_MS).toISOString();
const lengthOf = ({ watched }: World): number => Math.max(0, ...watched.map(({ holds }) => holds.length));

/** Plumbline's way: all that is watched, in one assessment a minute. */
export function assessed(world: World, { act, isInhibited, periodAt = () => '2026-10' }: More = {}): Lived {
  const { waits, watched } = world;
  const alerts = new Map<string, AlertRecord>();
  const events: AlertEvent[] = [];
  const save = (more: readonly AlertEvent[]): void => {
    for (const event of more) {
      const key = alertKey(event.condition.kind, event.condition.subject, event.condition.period);
      alerts.set(key, alertAfter(event, alerts.get(key)));
    }
    events.push(...more);
  };
  const of = (wait: keyof Wait) =>
    Object.fromEntries(Object.entries(waits).map(([kind, each]) => [kind, each[wait]])) as Record<AlertKind, number>;
  const states = watched.map(() => '');
  for (let index = 0; index < lengthOf(world); index += 1) {
    const at = timeOf(index);
    const isHeld = isInhibited?.(index) === true;
    const looked = watched.filter(({ holds }) => holds[index] !== '?');
    const conditions = looked
      .filter(({ holds }) => holds[index] === '#' && !isHeld)
      .map(({ kind, subject }) => ({
        ...{ kind, subject, period: periodAt(index), through: at, owner: 'amara' },
        ...{ summary: 'it is so', details: [] },
      }));
    const inhibited = new Set(isHeld ? watched.map(({ kind, subject }) => conditionKey(kind, subject)) : []);
    const scope = (record: AlertRecord): boolean => looked.some((each) => isOf(record, each));
    const timing = { pendingMs: of('pendingMs'), holdMs: of('holdMs') };
    save(assessAlerts({ conditions, known: [...alerts.values()], at, scope, inhibited, timing }));
    save(act?.(index, at, [...alerts.values()]) ?? []);
    for (const [place, each] of watched.entries()) {
      states[place] += stateOf([...alerts.values()].filter((record) => isOf(record, each)));
    }
  }
  return { states, events };
}

function isOf(record: AlertRecord, { kind, subject }: Watched): boolean {
  return record.kind === kind && record.subject === subject;
}

function stateOf(alerts: readonly AlertRecord[]): string {
  if (alerts.some(({ state }) => isStanding(state))) return 'F';
  return alerts.some(({ state }) => state === 'pending') ? 'p' : '.';
}

/** Prometheus' way: a rule a kind, a series a condition, and what is expected of them. */
export function asRules({ waits, watched }: World, states: readonly States[]): RuleTest {
  const kinds = [...new Set(watched.map(({ kind }) => kind))];
  const times = Array.from({ length: lengthOf({ waits, watched }) }, (_, index) => index);
  const labels = ({ kind, subject }: Watched) => ({ kind, subject });
  const inState = (letter: string, index: number) => watched.filter((_, place) => states[place]?.[index] === letter);
  return {
    interval: '1m',
    rules: kinds.map((kind) => ({
      alert: kind,
      expr: `${seriesName('condition', { kind })} == 1`,
      for: `${waits[kind]?.pendingMs ?? 0}ms`,
      keep_firing_for: `${waits[kind]?.holdMs ?? 0}ms`,
    })),
    input_series: watched.map((each) => ({
      series: seriesName('condition', labels(each)),
      values: [...each.holds].map((mark) => (mark === '?' ? 'stale' : mark === '#' ? '1' : '0')).join(' '),
    })),
    alert_rule_test: times.flatMap((index) =>
      kinds.map((kind) => ({
        eval_time: `${index}m`,
        alertname: kind,
        exp_alerts: inState('F', index)
          .filter((each) => each.kind === kind)
          .map((each) => ({ exp_labels: labels(each) })),
      })),
    ),
    promql_expr_test: times.map((index) => ({
      expr: 'ALERTS{alertstate="pending"}',
      eval_time: `${index}m`,
      exp_samples: inState('p', index).map((each) => ({
        labels: seriesName('ALERTS', { alertname: each.kind, alertstate: 'pending', ...labels(each) }),
        value: 1,
      })),
    })),
  };
}
