import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimsText, type LinkClaims } from '#src/links/claims.js';
import { type LinkKeys, readToken, signedToken } from '#src/links/token.js';

const KEYS: LinkKeys = { siteId: 'example', secret: 'a secret that is long enough to be one' };
const OTHER = 'another secret, just as long as that one';
const CLAIMS: LinkClaims = {
  purpose: 'acknowledge',
  kind: 'off_track',
  subject: 'measure/company/client-rating',
  period: '2026-08',
  sequence: 3,
  person: 'kim',
  expires: 1_800_000_000,
};
const BEFORE = CLAIMS.expires - 1;

const CHANGES: readonly (readonly [string, Partial<LinkClaims>])[] = [
  ['purpose', { purpose: 'snooze' }],
  ['kind', { kind: 'late' }],
  ['subject', { subject: 'measure/company/churn' }],
  ['period', { period: '2026-09' }],
  ['sequence', { sequence: 4 }],
  ['person', { person: 'robin' }],
  ['expiry', { expires: CLAIMS.expires + 1 }],
  ['room', { room: 'team' }],
];

/** The token with other claims before its signature. */
function altered(token: string, changes: Partial<LinkClaims>): string {
  const payload = Buffer.from(claimsText({ ...CLAIMS, ...changes })).toString('base64url');
  return `${payload}.${token.split('.')[1]}`;
}

describe('a token', () => {
  const token = signedToken(CLAIMS, KEYS);

  it('gives back what it is the right to', () => {
    expect(readToken(token, 'acknowledge', KEYS, BEFORE)).toEqual({ outcome: 'valid', claims: CLAIMS });
    const inRoom = { ...CLAIMS, room: 'team-room' };
    expect(readToken(signedToken(inRoom, KEYS), 'acknowledge', KEYS, BEFORE)).toEqual({
      outcome: 'valid',
      claims: inRoom,
    });
  });

  it.each(CHANGES)('with another %s is forged', (_field, changes) => {
    const purpose = changes.purpose ?? 'acknowledge';
    expect(readToken(altered(token, changes), purpose, KEYS, BEFORE)).toEqual({ outcome: 'forged' });
    const own = signedToken({ ...CLAIMS, ...changes }, KEYS);
    expect(readToken(own, purpose, KEYS, BEFORE).outcome).toBe('valid');
    expect(own).not.toBe(token);
  });

  it('for one purpose is none for the other', () => {
    expect(readToken(token, 'snooze', KEYS, BEFORE)).toEqual({ outcome: 'forged' });
    const snooze = signedToken({ ...CLAIMS, purpose: 'snooze' }, KEYS);
    expect(readToken(snooze, 'acknowledge', KEYS, BEFORE)).toEqual({ outcome: 'forged' });
  });

  it.each([
    [-1, 'valid'],
    [-0.001, 'valid'],
    [0, 'expired'],
    [1, 'expired'],
  ])('counts up to its second and not in it: %s', (past, outcome) => {
    expect(readToken(token, 'acknowledge', KEYS, CLAIMS.expires + past).outcome).toBe(outcome);
  });

  it('that is expired and for something else is forged, and says nothing of its claims', () => {
    expect(readToken(token, 'snooze', KEYS, CLAIMS.expires)).toEqual({ outcome: 'forged' });
  });

  it('of another secret or another site is forged', () => {
    expect(readToken(token, 'acknowledge', { ...KEYS, secret: OTHER }, BEFORE).outcome).toBe('forged');
    expect(readToken(token, 'acknowledge', { ...KEYS, siteId: 'other' }, BEFORE).outcome).toBe('forged');
  });

  it('counts on while the secret is changed, and no longer than the former one is named', () => {
    const changed = { ...KEYS, secret: OTHER, previousSecret: KEYS.secret };
    expect(readToken(token, 'acknowledge', changed, BEFORE).outcome).toBe('valid');
    const fresh = signedToken(CLAIMS, changed);
    expect(readToken(fresh, 'acknowledge', { ...KEYS, secret: OTHER }, BEFORE).outcome).toBe('valid');
    expect(readToken(fresh, 'acknowledge', KEYS, BEFORE).outcome).toBe('forged');
  });

  it('can be written in one way only', () => {
    const [payload = '', signature = ''] = token.split('.');
    const last = signature.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // Two bits of the last character stand for nothing: three others decode to the same bytes.
    const twins = [...alphabet].filter(
      (each) =>
        each !== last &&
        Buffer.from(signature.slice(0, -1) + each, 'base64url').equals(Buffer.from(signature, 'base64url')),
    );
    expect(twins).toHaveLength(3);
    const others = [
      ...twins.map((each) => `${payload}.${signature.slice(0, -1)}${each}`),
      `${token}=`,
      `${payload}=.${signature}`,
      ` ${token}`,
      `${token}\n`,
      `${payload}.`,
      `.${signature}`,
      payload,
      signature,
      '',
      `${token}.${signature}`,
    ];
    for (const each of others) expect(readToken(each, 'acknowledge', KEYS, BEFORE)).toEqual({ outcome: 'forged' });
  });

  it.each([
    '["acknowledge"]',
    'null',
    '{}',
    'no JSON',
    '["acknowledge","burnt_down","measure/a/b","2026-08",0,"kim",1800000000,null]',
    '["resolve","late","measure/a/b","2026-08",0,"kim",1800000000,null]',
    '["acknowledge","late","measure/a/b","2026-08",-1,"kim",1800000000,null]',
    '["acknowledge","late","measure/a/b","2026-08",0,"kim",1800000000,null,"more","still more"]',
  ])('that is signed but holds no claims is forged: %s', (text) => {
    const payload = Buffer.from(text).toString('base64url');
    const signature = createHmac('sha256', KEYS.secret)
      .update(JSON.stringify(['plumbline-link', 1, KEYS.siteId, payload]))
      .digest('base64url');
    const given = `${payload}.${signature}`;
    expect(readToken(given, 'acknowledge', KEYS, BEFORE)).toEqual({ outcome: 'forged' });
  });
});
