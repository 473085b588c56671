import { describe, expect, it } from 'vitest';
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { alertKey, conditionKey } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { ALERT_TRANSITIONS, canFollow, isStanding } from '#src/domain/alert/transitions.js';
import type { AlertKind, AlertRecord, AlertState, FoundCondition } from '#src/domain/alert/types.js';

const AT = '2026-11-23T06:00:00Z';

function condition(kind: AlertKind, subject: string, period: string): FoundCondition {
  return {
    kind,
    subject,
    period,
    through: '2026-11-01',
    owner: 'amara',
    summary: `${subject} is ${kind}`,
    details: ['a line'],
  };
}

function record(state: AlertState, { through: _through, ...of }: FoundCondition, events = 1): AlertRecord {
  return {
    ...of,
    state,
    openedAt: '2026-11-20T06:00:00Z',
    ...(state === 'resolved' ? { resolvedAt: '2026-11-21T06:00:00Z' } : {}),
    events,
  };
}

function assess(conditions: readonly FoundCondition[], known: readonly AlertRecord[], more = {}) {
  return assessAlerts({ conditions, known, at: AT, scope: () => true, inhibited: new Set(), ...more });
}

const late = condition('late', 'measure/company/nps', '2026-10');
const { through: _through, ...told } = late;

describe('assessAlerts', () => {
  it('opens an alert for a condition nobody knows', () => {
    expect(assess([late], [])).toEqual([
      { transition: 'opened', condition: late, sequence: 0, at: AT, reason: 'it holds since 2026-10' },
    ]);
  });

  it('says nothing about a condition that is open already, even when its words or its period moved', () => {
    expect(assess([late], [record('open', late)])).toEqual([]);
    expect(assess([{ ...late, period: '2026-11', summary: 'other', details: [] }], [record('open', late)])).toEqual([]);
  });

  it('resolves an open alert whose condition holds no more, and says what was known of it', () => {
    expect(assess([], [record('open', late, 3)])).toEqual([
      { transition: 'resolved', condition: told, sequence: 3, at: AT, reason: 'no value is late any more' },
    ]);
  });

  it('reopens the alert of the same period and goes on counting its events', () => {
    const [event, ...more] = assess([late], [record('resolved', late, 2)]);
    expect(event).toMatchObject({ transition: 'reopened', condition: late, sequence: 2 });
    expect(event?.reason).toContain('2026-11-21T06:00:00Z');
    expect(more).toEqual([]);
  });

  it('opens a new alert when the resolved one was of another period', () => {
    const earlier = record('resolved', { ...late, period: '2026-07' }, 2);
    expect(assess([late], [earlier])).toMatchObject([{ transition: 'opened', sequence: 0 }]);
  });

  it('leaves resolved alerts alone', () => {
    expect(assess([], [record('resolved', late)])).toEqual([]);
  });

  it('resolves nothing it did not look at', () => {
    const other = record('open', condition('late', 'measure/hr/leavers', '2026-10'));
    const scope = ({ subject }: AlertRecord): boolean => subject.startsWith('measure/company/');
    expect(assess([], [other, record('open', late)], { scope })).toMatchObject([{ condition: told }]);
  });

  it('neither resolves nor repeats an open alert that a failing source holds back', () => {
    const inhibited = new Set([conditionKey('late', late.subject)]);
    expect(assess([], [record('open', late)], { inhibited })).toEqual([]);
  });

  it('keeps kinds and subjects apart', () => {
    const events = assess([condition('off_track', late.subject, '2026-10')], [record('open', late)]);
    expect(events.map(({ transition, condition: { kind } }) => [transition, kind])).toEqual([
      ['opened', 'off_track'],
      ['resolved', 'late'],
    ]);
  });

  it('says that a late value became a missing one', () => {
    const events = assess([{ ...late, kind: 'missing' }], [record('open', late)]);
    expect(events.map(({ transition, reason }) => [transition, reason])).toEqual([
      ['opened', 'it holds since 2026-10'],
      ['resolved', 'the grace days are over: it is missing now'],
    ]);
  });

  it.each(['late', 'missing', 'off_track', 'source_failed'] as const)('gives a reason when %s ends', (kind) => {
    const [event] = assess([], [record('open', { ...late, kind })]);
    expect(event?.reason).not.toBe('');
  });

  it('counts the first of two conditions of one kind and subject', () => {
    expect(assess([late, { ...late, period: '2026-09' }], [])).toMatchObject([{ condition: { period: '2026-10' } }]);
  });
});

describe('assessAlerts of kinds that are of each period', () => {
  const of = (period: string, through: string) => ({
    ...condition('worsened', 'measure/company/nps', period),
    through,
  });
  const [september, october] = [of('2026-09', '2026-10-01'), of('2026-10', '2026-11-01')];

  it('opens another alert for the next period, and ends the one before', () => {
    const events = assess([october], [record('acknowledged', september)]);
    expect(events.map(({ transition, condition: { period } }) => `${transition} ${period}`)).toEqual([
      'opened 2026-10',
      'resolved 2026-09',
    ]);
  });

  it('is silent about the period that was resolved by hand, and no other', () => {
    const resolved = { ...record('resolved', september), dismissedThrough: september.through };
    expect(assess([september], [resolved])).toEqual([]);
    expect(assess([{ ...october, through: september.through }], [resolved])[0]).toMatchObject({ transition: 'opened' });
  });
});

describe('assessAlerts of kinds that are turned off', () => {
  const isTurnedOff = ({ kind }: AlertRecord): boolean => kind === 'late';
  const reason = 'alerts of this kind were turned off for it';

  it.each<[AlertState, string]>([
    ['pending', 'dropped'],
    ['open', 'resolved'],
    ['acknowledged', 'resolved'],
  ])('ends what is %s at once and says why, whatever holds, waits or holds it back', (state, transition) => {
    const known = [record(state, late), record('open', condition('off_track', 'measure/company/nps', '2026-10'))];
    const timing = { pendingMs: {}, holdMs: { late: 3_600_000 } };
    const inhibited = new Set([conditionKey('late', late.subject)]);
    const scope = ({ kind }: AlertRecord) => kind === 'late';
    const events = assess([], known, { isTurnedOff, timing, inhibited, scope });
    expect(events).toMatchObject([{ transition, reason, condition: { kind: 'late' } }]);
  });

  it('leaves alone what is over, and what was not looked at', () => {
    expect(assess([], [record('resolved', late)], { isTurnedOff })).toEqual([]);
    expect(assess([], [record('open', late)], { isTurnedOff, scope: () => false })).toEqual([]);
  });
});

describe('alert keys', () => {
  it('tell kind, subject and period apart whatever slashes the subject has', () => {
    expect(alertKey('late', 'measure/company/nps', '2026-10')).toBe('late/measure/company/nps/2026-10');
    const keys = [
      alertKey('late', 'measure/a/b', '2026'),
      alertKey('late', 'measure/a', '2026'),
      alertKey('missing', 'measure/a/b', '2026'),
      alertKey('late', 'measure/a/b', '2026-W01'),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});

describe('assessAlerts with a pending time', () => {
  const timing = { pendingMs: { late: 30 * 60_000 }, holdMs: {} };
  const at = (time: string) => ({ timing, at: `2026-11-23T${time}:00Z` });
  const waiting: AlertRecord = { ...record('pending', late), openedAt: '2026-11-23T06:00:00Z' };

  it('holds a condition back until it has held for so long, to the second', () => {
    expect(assess([late], [], at('06:00'))).toMatchObject([{ transition: 'held_back', sequence: 0 }]);
    expect(assess([late], [waiting], { timing, at: '2026-11-23T06:29:59Z' })).toEqual([]);
    expect(assess([late], [waiting], at('06:30'))).toMatchObject([
      { transition: 'opened', sequence: 1, reason: 'it holds since 2026-10 and has held for 30 minutes' },
    ]);
  });

  it('forgets one that ends before, and calls its next opening the first', () => {
    const [event, ...more] = assess([], [waiting], at('06:10'));
    expect([event?.transition, more]).toEqual(['dropped', []]);
    if (event === undefined) return;
    const dropped = alertAfter(event, waiting);
    expect(dropped).toMatchObject({ state: 'dropped', events: 2 });
    expect(dropped).not.toHaveProperty('resolvedAt');
    expect(assess([late], [dropped])).toMatchObject([{ transition: 'opened', sequence: 2 }]);
  });

  it('says of one that people knew of that it is there again', () => {
    const [event] = assess([late], [record('resolved', late, 2)], at('06:00'));
    if (event === undefined) throw new Error('nothing was held back');
    const again = alertAfter(event, record('resolved', late, 2));
    expect(assess([late], [again], at('06:30'))).toMatchObject([{ transition: 'reopened', sequence: 3 }]);
  });

  it('holds back the kinds it names and no others', () => {
    expect(assess([{ ...late, kind: 'missing' }], [], at('06:00'))).toMatchObject([{ transition: 'opened' }]);
  });
});

describe('assessAlerts with a time to wait before the end', () => {
  const timing = { pendingMs: {}, holdMs: { off_track: 3_600_000, late: 3_600_000 } };
  const at = (time: string) => ({ timing, at: `2026-11-23T${time}:00Z` });
  const red = condition('off_track', 'measure/company/nps', '2026-08');
  const eased: AlertRecord = { ...record('open', red, 2), easedAt: '2026-11-23T06:00:00Z' };

  it('is over when it has been gone for so long', () => {
    expect(assess([], [record('open', red)], at('06:00'))).toMatchObject([{ transition: 'eased', sequence: 1 }]);
    expect(assess([], [eased], at('06:59'))).toEqual([]);
    expect(assess([], [eased], at('07:00'))).toMatchObject([{ transition: 'resolved', sequence: 2 }]);
  });

  it('goes on without a word where it holds again before', () => {
    const [event, ...more] = assess([red], [eased], at('06:30'));
    expect([event?.transition, more]).toEqual(['relapsed', []]);
    if (event !== undefined) expect(alertAfter(event, eased)).not.toHaveProperty('easedAt');
  });

  it('does not wait where a late value is a missing one by now', () => {
    const events = assess([{ ...late, kind: 'missing' }], [record('open', late)], at('06:00'));
    expect(events.map(({ transition }) => transition)).toEqual(['opened', 'resolved']);
  });
});

describe('assessAlerts and what people did', () => {
  it('leaves an acknowledged alert alone while it holds, and resolves it when it does not', () => {
    const taken = record('acknowledged', late, 2);
    expect(assess([{ ...late, through: '2027-01-01' }], [taken])).toEqual([]);
    expect(assess([], [taken])).toMatchObject([{ transition: 'resolved', sequence: 2 }]);
  });

  it('lets a snoozed one speak once, when its time has come', () => {
    const snoozed: AlertRecord = { ...record('snoozed', late, 2), snoozedUntil: '2026-11-23T06:00:00Z' };
    expect(assess([late], [snoozed], { at: '2026-11-23T05:59:59Z' })).toEqual([]);
    const [event, ...more] = assess([late], [snoozed]);
    expect(event).toMatchObject({
      transition: 'woken',
      reason: 'it was snoozed until 2026-11-23T06:00:00Z and still holds',
    });
    expect(more).toEqual([]);
    if (event !== undefined) expect(assess([late], [alertAfter(event, snoozed)])).toEqual([]);
    expect(assess([], [snoozed])).toMatchObject([{ transition: 'resolved' }]);
  });

  it('is silent about what was resolved by hand until it goes further', () => {
    const dismissed: AlertRecord = { ...record('resolved', late, 2), dismissedThrough: '2026-11-01' };
    expect(assess([late], [dismissed])).toEqual([]);
    expect(assess([{ ...late, period: '2026-09' }], [dismissed])).toEqual([]);
    expect(assess([{ ...late, through: '2026-12-01' }], [dismissed])).toMatchObject([
      { transition: 'reopened', reason: 'it goes further than when it was resolved by hand at 2026-11-21T06:00:00Z' },
    ]);
  });

  it('is silent about what was resolved by hand until it has been gone', () => {
    const dismissed: AlertRecord = { ...record('resolved', late, 2), dismissedThrough: '2026-11-01' };
    const [event, ...more] = assess([], [dismissed]);
    expect([event?.transition, more]).toEqual(['settled', []]);
    if (event === undefined) return;
    const settled = alertAfter(event, dismissed);
    expect(assess([], [settled])).toEqual([]);
    expect(assess([late], [settled])).toMatchObject([{ transition: 'reopened', sequence: 3 }]);
  });

  it('compares times of failures as times', () => {
    const failed = { ...condition('source_failed', 'connection/erp', 'x'), through: '2026-11-23T06:00:00.5Z' };
    const dismissed: AlertRecord = { ...record('resolved', failed, 2), dismissedThrough: '2026-11-23T06:00:00Z' };
    expect(assess([failed], [dismissed])).toMatchObject([{ transition: 'reopened' }]);
  });
});

describe('ALERT_TRANSITIONS', () => {
  it('ends only what stands or is held back, and opens nothing that people know of but after a snooze', () => {
    const states = ['none', 'pending', 'open', 'acknowledged', 'snoozed', 'resolved', 'dropped'] as const;
    const table = Object.entries(ALERT_TRANSITIONS).map(([transition, { from, to, told: isTold }]) => {
      const known: readonly string[] = states;
      expect(from.every((state) => known.includes(state))).toBe(true);
      return `${transition}: ${from.join(', ')} → ${to}${isTold ? '' : ', silent'}`;
    });
    expect(table).toEqual([
      'held_back: none, resolved, dropped → pending, silent',
      'dropped: pending → dropped, silent',
      'opened: none, pending, dropped → open',
      'acknowledged: open, snoozed → acknowledged',
      'snoozed: open, acknowledged, snoozed → snoozed',
      'woken: snoozed → open',
      'reminded: open → same',
      'escalated: open → same',
      'eased: open, acknowledged, snoozed → same, silent',
      'relapsed: open, acknowledged, snoozed → same, silent',
      'resolved: open, acknowledged, snoozed → resolved',
      'settled: resolved → same, silent',
      'reopened: resolved, pending, dropped → open',
    ]);
    expect(states.filter((state) => canFollow('resolved', state))).toEqual(
      states.filter((state) => state !== 'none' && isStanding(state)),
    );
  });
});
