// Alerts under any policy, in a world whose conditions come and go and in which people act. At each time any number of workers
// evaluate, some with what they knew before another one stored its events. The store refuses what is not the next event.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { canFollow, type PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertRecord, FoundCondition } from '#src/domain/alert/types.js';
import { dueFollowUps, type FollowUpRules } from '#src/domain/policy/follow-up.js';
import { toldOf } from '#src/domain/policy/told.js';
import type { AlertPolicy } from '#src/domain/policy/types.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 27);
const timeOf = (index: number): string => new Date(START + index * 6 * HOUR).toISOString();

const condition: FoundCondition = {
  ...{ kind: 'late', subject: 'measure/a/x', period: '2026-02', through: '2026-03-01', owner: 'amara' },
  ...{ summary: 'it is so', details: [] },
};

const duration = fc.constantFrom('1h', '12h', '1d', '2d', '1wd', '1w');
const recipients = fc.subarray(['owner', 'objective_owner', 'manager', 'ines'], { minLength: 1 });
const policies: fc.Arbitrary<AlertPolicy> = fc.record({
  id: fc.constant('any'),
  match: fc.constant({}),
  tell: recipients,
  remind: fc.record({
    gaps: fc.array(duration, { minLength: 1, maxLength: 3 }),
    repeat: fc.boolean(),
    most: fc.integer({ min: 1, max: 6 }),
    stopAtNote: fc.boolean(),
  }),
  escalate: fc.array(fc.record({ after: duration, tell: recipients }), { maxLength: 3 }),
  urgent: fc.constant(false),
});

const BERLIN = { timeZone: 'Europe/Berlin', absences: [] };
const away = { from: '2026-03-28', to: '2026-03-30', standIn: 'ines' };
const staff = {
  operator: 'lena',
  people: new Map([
    ['amara', { ...BERLIN, id: 'amara', manager: 'lena' }],
    ['lena', { ...BERLIN, id: 'lena', absences: [away] }],
    ['ines', { ...BERLIN, id: 'ines' }],
    ['omar', { ...BERLIN, id: 'omar' }],
  ]),
};

const step = fc.record({
  gone: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
  noted: fc.boolean(),
  workers: fc.array(fc.boolean(), { maxLength: 4 }),
  act: fc.option(fc.constantFrom<PersonsTransition>('acknowledged', 'snoozed'), { nil: undefined, freq: 6 }),
});
const worlds = fc.array(step, { minLength: 1, maxLength: 24 });
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** The history of the one alert; `isRestless` takes the workers as they come, before one looks at all of it. */
function live(world: World, policy: AlertPolicy, isRestless: boolean): readonly AlertEvent[] {
  const events: AlertEvent[] = [];
  let record: AlertRecord | undefined;
  const rulesAt = (noted: boolean): FollowUpRules => ({
    policy,
    parties: { owner: 'amara', objectiveOwner: 'omar' },
    staff,
    days: { timeZone: 'Europe/Berlin', calendar: { weekend: [6, 7], holidays: [] } },
    hasNote: () => noted,
  });

  /** All of them or none, as in a transaction. */
  const save = (made: readonly AlertEvent[], rules: FollowUpRules): boolean => {
    let after = record;
    const whole: AlertEvent[] = [];
    for (const event of made) {
      if (event.sequence !== (after?.events ?? 0)) return false;
      expect(canFollow(event.transition, after?.state ?? 'none')).toBe(true);
      const told = { ...event, told: toldOf(event, after, rules) };
      after = alertAfter(told, after);
      whole.push(told);
    }
    record = after;
    events.push(...whole);
    return true;
  };

  for (const [index, { gone, noted, workers, act }] of world.entries()) {
    const at = timeOf(index);
    const rules = rulesAt(noted);
    const before = record;
    const look = (known: AlertRecord | undefined): boolean =>
      save(
        assessAlerts({
          conditions: gone ? [] : [condition],
          known: known === undefined ? [] : [known],
          ...{ at, scope: () => true, inhibited: new Set<string>() },
          followUps: (each) => dueFollowUps(each, rules, at),
        }),
        rules,
      );
    for (const isStale of isRestless ? workers : []) if (!look(isStale ? before : record)) look(record);
    look(record);
    const known = record;
    if (act === undefined || known === undefined || !canFollow(act, known.state)) continue;
    const until = timeOf(index + 2);
    const { kind, subject, period, owner, summary, details, events: sequence } = known;
    const by: AlertEvent = {
      ...{ transition: act, sequence, at, reason: 'so', author: 'amara' },
      condition: { kind, subject, period, owner, summary, details },
      ...(act === 'snoozed' ? { until } : {}),
    };
    save([by], rules);
  }
  return events;
}

/** Events by opening: each begins with the alert being opened. */
function openings(events: readonly AlertEvent[]): readonly (readonly AlertEvent[])[] {
  const all: AlertEvent[][] = [];
  for (const event of events) {
    if (event.transition === 'opened' || event.transition === 'reopened') all.push([]);
    all.at(-1)?.push(event);
  }
  return all;
}

const check = (judge: (events: readonly AlertEvent[], policy: AlertPolicy, world: World) => void): void => {
  fc.assert(
    fc.property(worlds, policies, (world, policy) => {
      judge(live(world, policy, true), policy, world);
    }),
    { numRuns: 200 },
  );
};

describe('follow-ups', () => {
  it('are the same whatever evaluations there are, in whatever order and at once', () => {
    check((events, policy, world) => expect(events).toEqual(live(world, policy, false)));
  });

  it('remind never before the gap is over, nor more often than the policy says', () => {
    // What each gap is at least, over summer time: the clocks go on on 29 March.
    const least = { '1h': 1, '12h': 12, '1d': 23, '2d': 47, '1wd': 23, '1w': 167 } as Readonly<Record<string, number>>;
    check((events, { remind }) => {
      let [since, sent] = ['', 0];
      for (const { transition, at } of events) {
        if (transition === 'opened' || transition === 'reopened' || transition === 'woken') [since, sent] = [at, 0];
        if (transition !== 'reminded') continue;
        const gap = remind?.gaps[sent] ?? remind?.gaps.at(-1) ?? '';
        expect(Date.parse(at) - Date.parse(since)).toBeGreaterThanOrEqual((least[gap] ?? 0) * HOUR);
        if (remind?.repeat === false) expect(sent).toBeLessThan(remind.gaps.length);
        [since, sent] = [at, sent + 1];
        expect(sent).toBeLessThanOrEqual(remind?.most ?? 0);
      }
    });
  });

  it('come only while nobody has the alert in hand', () => {
    check((events) => {
      let hand = 'none';
      for (const { transition } of events) {
        if (transition === 'reminded' || transition === 'escalated') expect(hand).toBe('open');
        else
          hand = transition === 'reopened' || transition === 'opened' || transition === 'woken' ? 'open' : transition;
      }
    });
  });

  it('escalate to nobody who knows, and each step once', () => {
    check((events) => {
      for (const opening of openings(events)) {
        const knows = new Set<string>();
        let reached = 0;
        for (const { transition, told = [], step: at = 0 } of opening) {
          if (transition === 'woken') reached = 0;
          if (transition === 'escalated') {
            expect(told.filter((id) => knows.has(id))).toEqual([]);
            expect(told.length).toBeGreaterThan(0);
            expect(at).toBeGreaterThan(reached);
            reached = at;
          }
          expect(new Set(told).size).toBe(told.length);
          for (const id of told) knows.add(id);
        }
      }
    });
  });

  it('end with a message to all who were told that it was open', () => {
    check((events) => {
      for (const opening of openings(events)) {
        const last = opening.at(-1);
        if (last?.transition !== 'resolved') continue;
        const knew = new Set(opening.slice(0, -1).flatMap(({ told = [] }) => told));
        expect(new Set(last.told)).toEqual(knew);
      }
    });
  });
});
