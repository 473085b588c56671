import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '#src/domain/alert/types.js';
import { dueFollowUps, type FollowUpRules, nextReminder } from '#src/domain/policy/follow-up.js';
import { nextInWords } from '#src/domain/policy/next-in-words.js';
import type { AlertPolicy } from '#src/domain/policy/types.js';

const policy: AlertPolicy = {
  id: 'board',
  match: {},
  tell: ['owner'],
  remind: { gaps: ['1d', '3d'], repeat: true, most: 4, stopAtNote: true },
  escalate: [
    { after: '2d', tell: ['objective_owner', 'owner'] },
    { after: '4wd', tell: ['manager'] },
  ],
  urgent: false,
};
const person = (id: string, manager?: string) =>
  [id, { id, timeZone: 'Europe/Berlin', absences: [], ...(manager === undefined ? {} : { manager }) }] as const;

const rules = (change: Partial<FollowUpRules> = {}): FollowUpRules => ({
  policy,
  parties: { owner: 'amara', objectiveOwner: 'ines' },
  staff: { people: new Map([person('amara', 'lena'), person('ines'), person('lena')]), operator: 'lena' },
  days: { timeZone: 'Europe/Berlin', calendar: { weekend: [6, 7], holidays: [] } },
  hasNote: () => false,
  ...change,
});

// A Thursday.
const alert: AlertRecord = {
  ...{ kind: 'off_track', subject: 'measure/company/nps', period: '2026-09', owner: 'amara' },
  ...{ summary: 's', details: [], state: 'open', openedAt: '2026-11-12T09:00:00Z', events: 1, told: ['amara'] },
};
const of = (change: Partial<AlertRecord>, at: string, given = rules()) =>
  dueFollowUps({ ...alert, ...change }, given, at).map(({ transition, told, step }) =>
    [transition, ...told, ...(step === undefined ? [] : [step])].join(' '),
  );

describe('dueFollowUps()', () => {
  it.each([
    ['nothing before the first gap', {}, '2026-11-13T08:59:59Z', []],
    ['a reminder when it is over', {}, '2026-11-13T09:00:00Z', ['reminded amara']],
    [
      'no second one before the next gap',
      { reminders: 1, remindedAt: '2026-11-13T09:00:00Z' },
      '2026-11-14T08:00:00Z',
      [],
    ],
    [
      'a step with those alone who do not know yet, and the reminder beside it',
      { reminders: 1, remindedAt: '2026-11-13T09:00:00Z' },
      '2026-11-16T09:00:00Z',
      ['escalated ines 1', 'reminded amara'],
    ],
    [
      'the last gap over and over, from the last reminder and not from when it was due',
      { reminders: 2, remindedAt: '2026-11-17T09:00:00Z', escalations: 2 },
      '2026-11-20T08:59:59Z',
      [],
    ],
    [
      'no more than the most',
      { reminders: 4, remindedAt: '2026-11-17T09:00:00Z', escalations: 2 },
      '2027-11-20T09:00:00Z',
      [],
    ],
    [
      'one of each, and all steps in one, after a long silence',
      {},
      '2026-12-20T09:00:00Z',
      ['escalated ines lena 2', 'reminded amara'],
    ],
    ['a step in working days', { escalations: 1, reminders: 4 }, '2026-11-18T08:59:59Z', []],
    ['a step when they have passed', { escalations: 1, reminders: 4 }, '2026-11-18T09:00:00Z', ['escalated lena 2']],
    ['nothing while somebody has it in hand', { state: 'acknowledged' }, '2026-12-20T09:00:00Z', []],
    ['nothing while it is snoozed', { state: 'snoozed' }, '2026-12-20T09:00:00Z', []],
    ['nothing before anybody was told', { state: 'pending' }, '2026-12-20T09:00:00Z', []],
    ['nothing while it is gone and not over yet', { easedAt: '2026-11-13T08:00:00Z' }, '2026-12-20T09:00:00Z', []],
    ['nothing when it is over', { state: 'resolved' }, '2026-12-20T09:00:00Z', []],
    ['all anew from the end of a snooze', { unhandledSince: '2026-12-01T09:00:00Z' }, '2026-12-02T08:59:59Z', []],
  ] as const)('is %s', (_, change, at, expected) => {
    expect(of(change as Partial<AlertRecord>, at)).toEqual(expected);
  });

  it('has no reminder with a note on the period, and goes on to escalate', () => {
    const noted = rules({ hasNote: ({ period }) => period === '2026-09' });
    expect(of({}, '2026-11-14T09:00:00Z', noted)).toEqual(['escalated ines 1']);
  });

  it('leaves a step out that tells nobody new', () => {
    expect(of({ told: ['amara', 'ines'], reminders: 4 }, '2026-11-14T09:00:00Z')).toEqual([]);
  });

  it('has no reminder by the built-in rules, nor any after the last gap without repeat', () => {
    const once = rules({
      policy: { ...policy, remind: { gaps: ['1d'], repeat: false, stopAtNote: false }, escalate: [] },
    });
    expect(of({ reminders: 1, remindedAt: '2026-11-13T09:00:00Z' }, '2027-01-01T09:00:00Z', once)).toEqual([]);
    const { remind: _remind, ...silent } = policy;
    expect(nextReminder(alert, rules({ policy: silent }))).toBeUndefined();
  });
});

describe('nextInWords()', () => {
  const nameOf = (id: string): string => ({ ines: 'Inês Carvalho', lena: 'Lena Hofer' })[id] ?? id;

  it('says when a reminder is due and who is told when', () => {
    expect(nextInWords(alert, rules(), alert.openedAt, nameOf)).toBe(
      'Unless somebody acknowledges it, a reminder is sent on 2026-11-13 10:00, and Inês Carvalho is told on 2026-11-14 10:00 (Berlin time).',
    );
  });

  it('says the times on the wall of the reader', () => {
    expect(nextInWords(alert, rules(), alert.openedAt, nameOf, 'America/New_York')).toBe(
      'Unless somebody acknowledges it, a reminder is sent on 2026-11-13 04:00, and Inês Carvalho is told on 2026-11-14 04:00 (New York time).',
    );
  });

  it('has nothing to say of one that somebody has in hand', () => {
    expect(nextInWords({ ...alert, state: 'acknowledged' }, rules(), alert.openedAt, nameOf)).toBeUndefined();
  });
});
