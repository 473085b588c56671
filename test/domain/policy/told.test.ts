import { describe, expect, it } from 'vitest';
import type { AlertEvent, AlertRecord } from '#src/domain/alert/types.js';
import { BUILT_IN_POLICY } from '#src/domain/policy/pick-policy.js';
import { peopleTold, standIn, toldOf } from '#src/domain/policy/told.js';
import type { Absence, Colleague, Staff } from '#src/domain/policy/types.js';

const away = (from: string, to: string, stand: string): Absence => ({ from, to, standIn: stand });

function staff(...people: readonly (Partial<Colleague> & { id: string })[]): Staff {
  const all = people.map((each) => ({ timeZone: 'Europe/Berlin', absences: [], ...each }));
  return { people: new Map(all.map((each) => [each.id, each])), operator: 'omar' };
}

const usual = staff({ id: 'amara', manager: 'lena' }, { id: 'lena' }, { id: 'omar' }, { id: 'ines' });
const AT = '2026-11-10T09:00:00Z';

describe('peopleTold()', () => {
  it.each([
    ['the owner', ['owner'], ['amara']],
    ['each once, in the order of the list', ['manager', 'owner', 'lena', 'amara'], ['lena', 'amara']],
    ['who answers for the objective', ['objective_owner'], ['ines']],
    ['the owner where nobody of the list is there', ['nobody'], ['amara']],
  ])('is %s', (_, roles, people) => {
    expect(peopleTold(roles, { owner: 'amara', objectiveOwner: 'ines' }, usual, AT)).toEqual(people);
  });

  it('is who can act, where that is another than the owner, and else the owner', () => {
    expect(peopleTold(['who_can_act'], { actor: 'ines', owner: 'amara' }, usual, AT)).toEqual(['ines']);
    expect(peopleTold(['owner', 'manager'], { actor: 'ines', owner: 'amara' }, usual, AT)).toEqual(['amara', 'lena']);
    expect(peopleTold(['who_can_act'], { owner: 'amara' }, usual, AT)).toEqual(['amara']);
  });

  it('is the operator where the owner is gone', () => {
    expect(peopleTold(['owner'], { owner: 'gone' }, usual, AT)).toEqual(['omar']);
  });

  it('is the owner of a connection, which belongs to no objective', () => {
    expect(peopleTold(['objective_owner'], { owner: 'amara' }, usual, AT)).toEqual(['amara']);
  });

  it('is the operator where all stand in for each other', () => {
    const all = staff(
      { id: 'amara', absences: [away('2026-11-01', '2026-11-30', 'lena')] },
      { id: 'lena', absences: [away('2026-11-01', '2026-11-30', 'amara')] },
      { id: 'omar' },
    );
    expect(peopleTold(['owner'], { owner: 'amara' }, all, AT)).toEqual(['omar']);
  });
});

describe('standIn()', () => {
  const { people } = staff(
    { id: 'amara', absences: [away('2026-11-10', '2026-11-12', 'lena')] },
    { id: 'lena', absences: [away('2026-11-12', '2026-11-13', 'ines')] },
    { id: 'ines' },
    { id: 'ravi', timeZone: 'Asia/Kolkata', absences: [away('2026-11-11', '2026-11-11', 'ines')] },
  );

  it.each([
    ['amara', '2026-11-09T22:59:59Z', 'amara', 'the day has not begun in Berlin'],
    ['amara', '2026-11-09T23:00:00Z', 'lena', 'the first day counts'],
    ['amara', '2026-11-12T22:59:59Z', 'ines', 'the last day counts, and the stand-in is absent as well'],
    ['amara', '2026-11-12T23:00:00Z', 'amara', 'it is over'],
    ['ravi', '2026-11-10T18:30:00Z', 'ines', 'the day is of the person’s own zone'],
    ['ravi', '2026-11-11T18:30:00Z', 'ravi', 'where it ends earlier as well'],
  ])('of %s at %s is %s: %s', (person, at, who) => {
    expect(standIn(person, people, at)).toBe(who);
  });
});

describe('toldOf()', () => {
  const condition = {
    kind: 'late',
    subject: 'measure/a/x',
    period: '2026-10',
    owner: 'amara',
    summary: 's',
    details: [],
  } as const;
  const rules = { policy: BUILT_IN_POLICY, parties: { owner: 'amara' }, staff: usual };
  const known: AlertRecord = { ...condition, state: 'open', openedAt: AT, events: 2, told: ['amara', 'lena'] };
  const event = (change: Partial<AlertEvent>): AlertEvent => ({
    ...{ transition: 'resolved', condition, sequence: 2, at: AT, reason: 'so' },
    ...change,
  });

  it('tells all who know that it is over', () => {
    expect(toldOf(event({}), known, rules)).toEqual(['amara', 'lena']);
  });

  it('tells nobody what he has done himself', () => {
    expect(toldOf(event({ transition: 'acknowledged', author: 'lena' }), known, rules)).toEqual(['amara']);
    expect(
      toldOf(event({ transition: 'acknowledged', author: 'amara' }), { ...known, told: ['amara'] }, rules),
    ).toEqual([]);
  });

  it('tells those of the policy where it is not known who was told, or all of them are gone', () => {
    const { told: _told, ...before } = known;
    expect(toldOf(event({}), before, rules)).toEqual(['amara']);
    expect(toldOf(event({}), { ...known, told: ['gone'] }, rules)).toEqual(['amara']);
  });

  it('tells those of the policy, and not those of an earlier time, when it comes again', () => {
    expect(toldOf(event({ transition: 'reopened' }), { ...known, state: 'resolved' }, rules)).toEqual(['amara']);
  });
});
