import { describe, expect, it } from 'vitest';
import { BUILT_IN_POLICY, matches, type PolicySubject, policyFor } from '#src/domain/policy/pick-policy.js';
import type { AlertPolicy, PolicyMatch } from '#src/domain/policy/types.js';

const policy = (id: string, match: PolicyMatch): AlertPolicy => ({ ...BUILT_IN_POLICY, id, match });
const nps: PolicySubject = { kind: 'late', measure: 'company/nps' };
const berlin: PolicySubject = { kind: 'late', measure: 'company/berlin/nps' };
const crm: PolicySubject = { kind: 'source_failed', connection: 'crm' };
const silent: PolicySubject = { kind: 'pipeline_silent' };

describe('matches()', () => {
  it.each([
    ['everything', {}, [nps, berlin, crm, silent], []],
    ['a scorecard with its units', { measures: ['company'] }, [nps, berlin], [crm, silent]],
    ['one measure', { measures: ['company/nps'] }, [nps], [berlin]],
    ['a unit', { measures: ['company/berlin'] }, [berlin], [nps]],
    ['any characters', { measures: ['*/nps'] }, [nps, berlin], [crm]],
    ['part of a name by a star alone', { measures: ['comp'] }, [], [nps]],
    ['a dot as it is', { measures: ['company.nps'] }, [], [nps]],
    ['connections alone', { connections: ['c*'] }, [crm], [nps, silent]],
    ['both', { measures: ['company'], connections: ['crm'] }, [nps, crm], [silent]],
    ['kinds', { kinds: ['late'] }, [nps], [crm]],
    ['kinds of some measures', { kinds: ['missing'], measures: ['company'] }, [], [nps, crm]],
  ] as const)('matches %s', (_, match, yes, no) => {
    expect(yes.filter((subject) => !matches({ match: match }, subject))).toEqual([]);
    expect(no.filter((subject) => matches({ match: match }, subject))).toEqual([]);
  });
});

describe('policyFor()', () => {
  it('is the first that matches', () => {
    const [first, second] = [policy('first', { kinds: ['late'] }), policy('second', {})];
    expect(policyFor([first, second], nps)).toBe(first);
    expect(policyFor([first, second], crm)).toBe(second);
  });

  it('is the built-in one, which tells whoever can act and reminds nobody, where none does', () => {
    expect(policyFor([], nps)).toMatchObject({ tell: ['who_can_act'], escalate: [], urgent: false });
    expect(policyFor([], nps).remind).toBeUndefined();
  });
});
