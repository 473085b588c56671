// Tokens are as different as what they are the right to, and nothing that was not signed is one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { claimsOf, claimsText, LINK_PURPOSES, type LinkClaims } from '#src/links/claims.js';
import { readToken, signedToken } from '#src/links/token.js';

const KEYS = { siteId: 'example', secret: 'a secret that is long enough to be one', previousSecret: 'x'.repeat(32) };

/** Few texts, with signs that quoting could trip over, so that claims are often nearly the same. */
const text = fc.oneof(fc.constantFrom('a', 'a/b', 'a"', '","', '2026-08', ''), fc.string());
const claims: fc.Arbitrary<LinkClaims> = fc
  .record({
    purpose: fc.constantFrom(...LINK_PURPOSES),
    kind: fc.constantFrom(...ALERT_KIND_NAMES),
    subject: text,
    period: text,
    sequence: fc.nat(3),
    person: text,
    expires: fc.integer({ min: 1, max: 3 }),
    room: fc.option(text, { nil: undefined }),
    message: fc.option(text, { nil: undefined }),
  })
  .map(({ room, message, ...rest }) => ({
    ...rest,
    ...(room === undefined ? {} : { room }),
    ...(message === undefined ? {} : { message }),
  }));

describe('any two claims', () => {
  it('that differ have different tokens, and those that are the same have the same', () => {
    fc.assert(
      fc.property(claims, claims, (a, b) => {
        const isSame = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
        expect(signedToken(a, KEYS) === signedToken(b, KEYS)).toBe(isSame);
      }),
    );
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(claims, (each) => {
        expect(claimsOf(claimsText(each))).toEqual(each);
        expect(readToken(signedToken(each, KEYS), each.purpose, KEYS, 0)).toEqual({ outcome: 'valid', claims: each });
      }),
    );
  });
});

describe('bytes that were not signed', () => {
  it('never are a token', () => {
    const bytes = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((each) => Buffer.from(each).toString('base64url'));
    const payload = fc.oneof(
      claims.map((each) => Buffer.from(claimsText(each)).toString('base64url')),
      fc.uint8Array({ minLength: 1 }).map((each) => Buffer.from(each).toString('base64url')),
    );
    const purpose = fc.constantFrom(...LINK_PURPOSES);
    const random = fc.oneof(
      fc.string(),
      fc.tuple(payload, bytes).map(([first, second]) => `${first}.${second}`),
    );
    fc.assert(
      fc.property(random, purpose, (token, wanted) => {
        expect(readToken(token, wanted, KEYS, 0)).toEqual({ outcome: 'forged' });
      }),
    );
  });

  it('do not become one by changing any one character of a token', () => {
    fc.assert(
      fc.property(claims, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (each, at, character) => {
        const token = signedToken(each, KEYS);
        const index = at % token.length;
        fc.pre(token[index] !== character);
        const changed = `${token.slice(0, index)}${character}${token.slice(index + 1)}`;
        expect(readToken(changed, each.purpose, KEYS, 0)).toEqual({ outcome: 'forged' });
      }),
    );
  });
});
