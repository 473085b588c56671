// A world of conditions that come and go at a series of times. At each time any number of evaluations look at any of the
// subjects, in any order, some of them with what they knew before another one stored its events; people act in between.
// Whatever happens, the history of each alert is that of one evaluation of everything at each time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { alertKey } from '#src/domain/alert/alert-key.js';
import { type AlertTiming, assessAlerts } from '#src/domain/alert/assess.js';
import { isOfEachPeriod } from '#src/domain/alert/kinds.js';
import { canFollow, isTold, type PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertEvent, AlertRecord, FoundCondition } from '#src/domain/alert/types.js';

const SUBJECTS = ['measure/a/x', 'measure/a/y'];
const HOUR = 3_600_000;

const found: fc.Arbitrary<FoundCondition> = fc.record({
  kind: fc.constantFrom('late', 'missing', 'off_track', 'worsened'),
  subject: fc.constantFrom(...SUBJECTS),
  period: fc.constantFrom('2026-09', '2026-10'),
  through: fc.constantFrom('2026-11-01', '2026-12-01'),
  owner: fc.constant('amara'),
  summary: fc.constant('it is so'),
  details: fc.constant([]),
});

/** What a person does to one of the alerts there are then, where it can be done. */
const act = fc.record({
  which: fc.nat(),
  transition: fc.constantFrom<PersonsTransition>('acknowledged', 'snoozed', 'resolved'),
  hours: fc.integer({ min: 1, max: 5 }),
});

/** An hour: what holds, who looks at what and in which order, and what people do after that. */
const hour = fc.record({
  conditions: fc.array(found, { maxLength: 4 }),
  evaluations: fc.array(fc.record({ looksAt: fc.subarray(SUBJECTS), isStale: fc.boolean() }), { maxLength: 5 }),
  acts: fc.array(act, { maxLength: 2 }),
});
const world = fc.array(hour, { minLength: 1, maxLength: 12 });

const delays = fc.record({
  late: fc.constantFrom(0, HOUR, 3 * HOUR),
  missing: fc.constantFrom(0, HOUR),
  off_track: fc.constantFrom(0, 2 * HOUR),
  worsened: fc.constantFrom(0, HOUR),
});
const timings: fc.Arbitrary<AlertTiming> = fc.record({ pendingMs: delays, holdMs: delays });

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** A store: refuses what is not the next event of its alert, and all that comes with it. */
class Ledger {
  readonly events: AlertEvent[] = [];
  #alerts = new Map<string, AlertRecord>();

  known(): readonly AlertRecord[] {
    return [...this.#alerts.values()];
  }

  save(events: readonly AlertEvent[]): boolean {
    const alerts = new Map(this.#alerts);
    for (const event of events) {
      const before = alerts.get(keyOf(event.condition));
      if (event.sequence !== (before?.events ?? 0)) return false;
      expect(canFollow(event.transition, before?.state ?? 'none')).toBe(true);
      alerts.set(keyOf(event.condition), alertAfter(event, before));
    }
    this.#alerts = alerts;
    this.events.push(...events);
    return true;
  }

  /** By alert, so that the order between alerts does not count. */
  histories(): Readonly<Record<string, readonly AlertEvent[]>> {
    return Object.fromEntries(this.known().map((record) => [keyOf(record), this.eventsOf(record)]));
  }

  eventsOf(alert: AlertCondition): readonly AlertEvent[] {
    return this.events.filter(({ condition }) => keyOf(condition) === keyOf(alert));
  }
}

const keyOf = ({ kind, subject, period }: AlertCondition): string => alertKey(kind, subject, period);
const timeOf = (index: number): string => new Date(Date.UTC(2026, 10, 1) + index * HOUR).toISOString();

/** Lives through the hours; `isRestless` takes the evaluations as they come, before all is looked at once. */
function live(hours: World, timing: AlertTiming, isRestless: boolean): Ledger {
  const ledger = new Ledger();
  for (const [index, { conditions, evaluations, acts }] of hours.entries()) {
    const at = timeOf(index);
    const before = ledger.known();
    const look = (looksAt: readonly string[], known: readonly AlertRecord[]): boolean =>
      ledger.save(
        assessAlerts({
          conditions: conditions.filter(({ subject }) => looksAt.includes(subject)),
          ...{ known, at, timing, inhibited: new Set<string>() },
          scope: ({ subject }) => looksAt.includes(subject),
        }),
      );
    for (const { looksAt, isStale } of isRestless ? evaluations : []) {
      // What a step is refused for having known too little, it does again with what is known now.
      if (!look(looksAt, isStale ? before : ledger.known())) look(looksAt, ledger.known());
    }
    look(SUBJECTS, ledger.known());
    for (const each of acts) actOn(ledger, each, conditions, at);
  }
  return ledger;
}

function actOn(
  ledger: Ledger,
  { which, transition, hours }: typeof act extends fc.Arbitrary<infer T> ? T : never,
  conditions: readonly FoundCondition[],
  at: string,
): void {
  // In an order that does not hang on who opened what first.
  const can = ledger
    .known()
    .filter(({ state }) => canFollow(transition, state))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const alert = can[which % Math.max(1, can.length)];
  if (alert === undefined) return;
  const { kind, subject, period, owner, summary, details, events } = alert;
  const still = conditions.find(
    (each) => each.kind === kind && each.subject === subject && (each.period === period || !isOfEachPeriod(kind)),
  );
  const until = new Date(Date.parse(at) + hours * HOUR).toISOString();
  ledger.save([
    {
      ...{ transition, sequence: events, at, reason: 'so', author: 'amara' },
      condition: { kind, subject, period, owner, summary, details },
      ...(transition === 'snoozed' ? { until } : {}),
      ...(transition === 'resolved' && still !== undefined ? { dismissedThrough: still.through } : {}),
    },
  ]);
}

describe('the life of alerts', () => {
  it('has the same events whatever evaluations there are, in whatever order and at once', () => {
    fc.assert(
      fc.property(world, timings, (hours, timing) => {
        expect(live(hours, timing, true).histories()).toEqual(live(hours, timing, false).histories());
      }),
      { numRuns: 400 },
    );
  });

  it('tells nothing twice: it begins, is told again after each snooze at most once, and ends', () => {
    fc.assert(
      fc.property(world, timings, (hours, timing) => {
        for (const events of Object.values(live(hours, timing, true).histories())) {
          const told = events.filter(({ transition }) => isTold(transition));
          for (const [index, { transition }] of told.entries()) {
            const before = told[index - 1]?.transition;
            if (transition === 'opened') expect(before).toBeUndefined();
            else if (transition === 'reopened') expect(before).toBe('resolved');
            else if (transition === 'woken') expect(before).toBe('snoozed');
            else expect([undefined, 'resolved']).not.toContain(before);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps a snoozed alert silent until its time, and then says once that it still holds', () => {
    fc.assert(
      fc.property(world, timings, (hours, timing) => {
        for (const events of Object.values(live(hours, timing, true).histories())) {
          const told = events.filter(({ transition }) => isTold(transition));
          for (const [index, { transition, until = '' }] of told.entries()) {
            if (transition !== 'snoozed') continue;
            const next = told[index + 1];
            if (next?.transition !== 'woken') continue;
            expect(Date.parse(next.at)).toBeGreaterThanOrEqual(Date.parse(until));
            const now = hours[Math.round((Date.parse(next.at) - Date.parse(timeOf(0))) / HOUR)];
            const { kind, subject } = next.condition;
            expect(now?.conditions.some((each) => each.kind === kind && each.subject === subject)).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says nothing of an acknowledged alert but that it is over, unless somebody does something', () => {
    fc.assert(
      fc.property(world, timings, (hours, timing) => {
        for (const events of Object.values(live(hours, timing, true).histories())) {
          const told = events.filter(({ transition }) => isTold(transition));
          for (const [index, { transition }] of told.entries()) {
            const next = told[index + 1];
            if (transition !== 'acknowledged' || next === undefined || next.author !== undefined) continue;
            expect(next.transition).toBe('resolved');
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('opens nothing that a person resolved unless it was gone or goes further', () => {
    fc.assert(
      fc.property(world, timings, (hours, timing) => {
        const { events } = live(hours, timing, true);
        for (const [index, event] of events.entries()) {
          if (event.dismissedThrough === undefined) continue;
          const { kind, subject, period } = event.condition;
          const isSame = (each: AlertCondition): boolean =>
            each.kind === kind && each.subject === subject && (each.period === period || !isOfEachPeriod(kind));
          const next = events.slice(index + 1).find(({ condition }) => isSame(condition));
          if (next === undefined || next.transition === 'settled') continue;
          const begun = hours[Math.round((Date.parse(next.at) - Date.parse(timeOf(0))) / HOUR)];
          const holds = begun?.conditions.find(isSame);
          expect(['held_back', 'opened', 'reopened']).toContain(next.transition);
          expect(holds && holds.through > event.dismissedThrough).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});
