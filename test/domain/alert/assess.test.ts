import { describe, expect, it } from 'vitest';
import { alertKey, conditionKey } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { ALERT_TRANSITIONS } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertKind, AlertRecord } from '#src/domain/alert/types.js';

const AT = '2026-11-23T06:00:00Z';

function condition(kind: AlertKind, subject: string, period: string): AlertCondition {
  return { kind, subject, period, owner: 'amara', summary: `${subject} is ${kind}`, details: ['a line'] };
}

function record(state: 'open' | 'resolved', of: AlertCondition, events = 1): AlertRecord {
  return {
    ...of,
    state,
    openedAt: '2026-11-20T06:00:00Z',
    ...(state === 'resolved' ? { resolvedAt: '2026-11-21T06:00:00Z' } : {}),
    events,
  };
}

function assess(conditions: readonly AlertCondition[], known: readonly AlertRecord[], more = {}) {
  return assessAlerts({ conditions, known, at: AT, scope: () => true, inhibited: new Set(), ...more });
}

const late = condition('late', 'measure/company/nps', '2026-10');

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
      { transition: 'resolved', condition: late, sequence: 3, at: AT, reason: 'no value is late any more' },
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
    expect(assess([], [other, record('open', late)], { scope })).toMatchObject([{ condition: late }]);
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

describe('ALERT_TRANSITIONS', () => {
  it('starts from none, opens only what is closed and resolves only what is open', () => {
    expect(ALERT_TRANSITIONS).toEqual({
      opened: { from: 'none', to: 'open' },
      resolved: { from: 'open', to: 'resolved' },
      reopened: { from: 'resolved', to: 'open' },
    });
  });
});
