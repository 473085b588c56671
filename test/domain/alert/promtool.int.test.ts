// Prometheus as an oracle: the same conditions, at the same evaluations, by Plumbline's assessment and by `promtool test
// rules`. `pending_minutes` is what Prometheus calls `for`, `hold_minutes` what it calls `keep_firing_for`. Prometheus has
// no word for an alert that is over: it stops firing. So "resolved" is the evaluation at which that happens.
//
// Where the two differ by design, the difference is asserted, and listed in docs/alerts.md.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertKind, AlertRecord } from '#src/domain/alert/types.js';
import { promtoolRefusal } from '../../support/promtool.js';
import { asRules, assessed, type States, type Wait, type Watched, type World } from './evaluations.js';

// Without it the set-up has said so, or failed the whole run in continuous integration.
const promtool = process.env['PLUMBLINE_TEST_PROMTOOL'];

const KINDS = ['late', 'off_track', 'source_failed', 'rejects'] as const satisfies readonly AlertKind[];
const MINUTE = 60_000;

/** A condition that holds (`#`) or not (`.`) once a minute, and what is to be seen: pending, firing, neither. */
const CASES = [
  { pending: 0, hold: 0, of: 'nothing is waited for', holds: '.##.#..', states: '.FF.F..' },
  { pending: 2, hold: 0, of: 'exactly at the time', holds: '.####..', states: '.ppFF..' },
  { pending: 2, hold: 0, of: 'over just before the time', holds: '.##.##.', states: '.pp.pp.' },
  { pending: 2, hold: 0, of: 'over at the time itself', holds: '.##..#.', states: '.pp..p.' },
  { pending: 1.5, hold: 0, of: 'a time between two evaluations', holds: '.####..', states: '.ppFF..' },
  { pending: 5, hold: 0, of: 'flapping for ever', holds: '#.#.#.#.#.', states: 'p.p.p.p.p.' },
  { pending: 0, hold: 2, of: 'gone for exactly the time', holds: '.#....', states: '.FFF..' },
  { pending: 0, hold: 2, of: 'back just before the time', holds: '.#..#....', states: '.FFFFFF..' },
  { pending: 0, hold: 2, of: 'back at the time itself', holds: '.#...#....', states: '.FFF.FFF..' },
  { pending: 0, hold: 1.5, of: 'gone for a time between two evaluations', holds: '.#....', states: '.FFF..' },
  { pending: 0, hold: 3, of: 'each return begins the wait anew', holds: '#.#.#.....', states: 'FFFFFFFF..' },
  { pending: 2, hold: 2, of: 'held back anew once it was over', holds: '###...###', states: 'ppFFF.ppF' },
  { pending: 1, hold: 5, of: 'what was pending is not held on to', holds: '#....', states: 'p....' },
  { pending: 3, hold: 0, of: 'it ends with the history', holds: '###', states: 'ppp' },
] as const;

/** One condition and its wait. */
const alone = (marks: string, wait: Partial<Wait> = {}): World => ({
  waits: { late: { pendingMs: 0, holdMs: 0, ...wait } },
  watched: [{ kind: 'late', subject: 'measure/a/x', holds: marks }],
});

const wait = fc.constantFrom(0, 1, 59_999, MINUTE, MINUTE + 1, 1.5 * MINUTE, 2 * MINUTE, 3 * MINUTE, 5 * MINUTE);
const waits = fc.record<Wait>({ pendingMs: wait, holdMs: wait });

const EVALUATIONS = 24;
/** Runs of evaluations, so that long ones happen. */
const holds = fc
  .array(fc.tuple(fc.constantFrom('#', '.'), fc.integer({ min: 1, max: 6 })), { maxLength: 12 })
  .map((runs) => runs.map(([mark, times]) => mark.repeat(times)).join(''))
  .map((text) => text.slice(0, EVALUATIONS).padEnd(EVALUATIONS, '.'));

const world: fc.Arbitrary<World> = fc.record({
  waits: fc.record({ late: waits, off_track: waits, source_failed: waits, rejects: waits }),
  watched: fc
    .array(fc.record({ kind: fc.constantFrom(...KINDS), holds }), { minLength: 30, maxLength: 60 })
    .map((each) => each.map((of, index): Watched => ({ ...of, subject: `measure/a/m${index}` }))),
});

/** The evaluations at which an alert began to fire, and at which it stopped. */
function edges(states: States): readonly string[] {
  return [...states].flatMap((letter, index) => {
    const before = states[index - 1] === 'F';
    return (letter === 'F') === before ? [] : [`${before ? 'resolved' : 'begun'} ${index}`];
  });
}

function toldAt(events: readonly AlertEvent[], subject: string): readonly string[] {
  return events
    .filter(({ condition }) => condition.subject === subject)
    .filter(({ transition }) => ['opened', 'reopened', 'resolved'].includes(transition))
    .map(({ transition, at }) => {
      const index = (Date.parse(at) - Date.UTC(2026, 10, 1)) / MINUTE;
      return `${transition === 'resolved' ? 'resolved' : 'begun'} ${index}`;
    });
}

/** What a person does to the alert there is. */
function byHand(
  transition: PersonsTransition,
  more: Pick<AlertEvent, 'until' | 'dismissedThrough'> = {},
): (index: number, at: string, known: readonly AlertRecord[]) => readonly AlertEvent[] {
  return (index, at, known) =>
    known
      .filter(() => index === 1)
      .map(({ kind, subject, period, owner, summary, details, events }) => ({
        ...{ transition, at, reason: 'so', author: 'amara', sequence: events, ...more },
        condition: { kind, subject, period, owner, summary, details },
      }));
}

/** What Prometheus sees other than these states; nothing where it agrees. */
const refusal = (of: World, states: readonly States[]): Promise<string> =>
  promtoolRefusal(promtool ?? '', asRules(of, states));

describe.skipIf(promtool === undefined)('alerts beside Prometheus', () => {
  it.each(CASES)('has the states written by hand: $of', async ({ pending, hold, holds: marks, states }) => {
    const of = alone(marks, { pendingMs: pending * MINUTE, holdMs: hold * MINUTE });
    expect(assessed(of).states).toEqual([states]);
    expect(await refusal(of, [states])).toBe('');
  });

  it('is pending, fires and is over at the same evaluations, whatever comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (of) => {
        const { states, events } = assessed(of);
        expect(await refusal(of, states)).toBe('');
        for (const [place, { subject }] of of.watched.entries()) {
          expect(toldAt(events, subject)).toEqual(edges(states[place] ?? ''));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe.skipIf(promtool === undefined)('the oracle', () => {
  it('refuses a state that is wrong at a single evaluation', async () => {
    const wrong = fc
      .record({ of: fc.constantFrom(...CASES), place: fc.nat(), state: fc.constantFrom('.', 'p', 'F') })
      .map(({ of, place, state }) => ({ of, index: place % of.states.length, state }))
      .filter(({ of, index, state }) => of.states[index] !== state);
    await fc.assert(
      fc.asyncProperty(wrong, async ({ of: { pending, hold, holds: marks, states }, index, state }) => {
        const of = alone(marks, { pendingMs: pending * MINUTE, holdMs: hold * MINUTE });
        expect(await refusal(of, [states.slice(0, index) + state + states.slice(index + 1)])).toContain('FAILED');
      }),
      { numRuns: 40 },
    );
  });

  it('refuses an assessment that waits a millisecond too long, or too short', async () => {
    const of = alone('.####.####....', { pendingMs: 2 * MINUTE, holdMs: 2 * MINUTE });
    expect(await refusal(of, assessed(of).states)).toBe('');
    const waits = [
      { pendingMs: 2 * MINUTE + 1, holdMs: 2 * MINUTE },
      { pendingMs: MINUTE, holdMs: 2 * MINUTE },
      { pendingMs: 2 * MINUTE, holdMs: 2 * MINUTE + 1 },
      { pendingMs: 2 * MINUTE, holdMs: MINUTE },
    ];
    for (const late of waits) {
      expect(await refusal(of, assessed({ ...of, waits: { late } }).states)).toContain('FAILED');
    }
  });

  it('refuses one alert of many', async () => {
    const of: World = {
      waits: { late: { pendingMs: MINUTE, holdMs: 0 } },
      watched: ['x', 'y', 'z'].map((name) => ({ kind: 'late', subject: `measure/a/${name}`, holds: '.##.' })),
    };
    expect(await refusal(of, ['.pF.', '.pF.', '.pF.'])).toBe('');
    expect(await refusal(of, ['.pF.', '.pp.', '.pF.'])).toContain('measure/a/y');
    expect(await refusal(of, ['.pF.', '.pF.'])).toContain('measure/a/z');
  });
});

// Each is in the table of docs/alerts.md.
describe.skipIf(promtool === undefined)('alerts, other than in Prometheus by design,', () => {
  const prometheusHas = async (of: World, ...states: readonly States[]): Promise<void> => {
    expect(await refusal(of, states)).toBe('');
  };

  it('are the same alert, reopened, where Prometheus begins another', async () => {
    const of = alone('##..##');
    const { states, events } = assessed(of);
    expect(states).toEqual(['FF..FF']);
    expect(events.map(({ transition, sequence }) => `${sequence} ${transition}`)).toEqual([
      '0 opened',
      '1 resolved',
      '2 reopened',
    ]);
    const test = asRules(of, states);
    const since = { expr: 'max(ALERTS_FOR_STATE)', exp_samples: [{ labels: '{}', value: 240 }], eval_time: '5m' };
    expect(await promtoolRefusal(promtool ?? '', { ...test, promql_expr_test: [since] })).toBe('');
  });

  it('are left as they are by an evaluation that did not look, where Prometheus takes them for over', async () => {
    const of = alone('##??##');
    expect(assessed(of).states).toEqual(['FFFFFF']);
    await prometheusHas(of, 'FF..FF');
  });

  it('stay pending over one that did not look, where Prometheus begins to wait anew', async () => {
    const of = alone('#?###', { pendingMs: 3 * MINUTE });
    expect(assessed(of).states).toEqual(['pppFF']);
    await prometheusHas(of, 'p.ppp');
  });

  it('stand while they are acknowledged or snoozed, as in Prometheus, which knows nothing of it', async () => {
    const of = alone('####..');
    for (const act of [byHand('acknowledged'), byHand('snoozed', { until: '2026-12-01T00:00:00Z' })]) {
      expect(assessed(of, { act }).states).toEqual(['FFFF..']);
    }
    await prometheusHas(of, 'FFFF..');
  });

  it('are over when a person says so, where Prometheus fires on', async () => {
    const of = alone('####.##');
    const act = byHand('resolved', { dismissedThrough: '2026-12-01T00:00:00Z' });
    expect(assessed(of, { act }).states).toEqual(['F....FF']);
    await prometheusHas(of, 'FFFF.FF');
  });

  it('wait behind a cause, where Prometheus fires and Alertmanager keeps the message back', async () => {
    const of = alone('.####.');
    expect(assessed(of, { isInhibited: (index) => index < 3 }).states).toEqual(['...FF.']);
    await prometheusHas(of, '.FFFF.');
  });

  it('are one alert while its period moves on, where another label is another alert', async () => {
    const of = alone('####', { pendingMs: MINUTE });
    const moved = assessed(of, { periodAt: (index) => (index < 2 ? '2026-09' : '2026-10') });
    expect(moved.states).toEqual(['pFFF']);
    const labelled = ['##..', '..##'].map(
      (marks, index): Watched => ({ kind: 'late', subject: `measure/a/x in ${index}`, holds: marks }),
    );
    await prometheusHas({ ...of, watched: labelled }, 'pF..', '..pF');
  });

  it('do not hold on to a late value that is a missing one, where Prometheus has both fire', async () => {
    const waits = { late: { pendingMs: 0, holdMs: 3 * MINUTE }, missing: { pendingMs: 0, holdMs: 0 } };
    const subject = 'measure/a/x';
    const watched: readonly Watched[] = [
      { kind: 'late', subject, holds: '##....' },
      { kind: 'missing', subject, holds: '..####' },
    ];
    expect(assessed({ waits, watched }).states).toEqual(['FF....', '..FFFF']);
    await prometheusHas({ waits, watched }, 'FFFFF.', '..FFFF');
  });
});
