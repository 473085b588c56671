import { createHmac, timingSafeEqual } from 'node:crypto';
import { claimsOf, claimsText, type LinkClaims, type LinkPurpose } from './claims.js';

/** Which site's links are signed, and with what. */
export interface LinkKeys {
  readonly siteId: string;
  /** What is signed with. */
  readonly secret: string;
  /** Of the time before the secret was changed: what was signed with it still counts. */
  readonly previousSecret?: string;
}

/** What a token turned out to be. `forged`: it is no link of this site for this purpose, whatever else. */
export type ReadToken =
  | { readonly outcome: 'valid'; readonly claims: LinkClaims }
  | { readonly outcome: 'expired'; readonly claims: LinkClaims }
  | { readonly outcome: 'forged' };

const TOKEN = /^(?<payload>[A-Za-z0-9_-]+)\.(?<signature>[A-Za-z0-9_-]{43})$/;

/** The token of a link: its claims, which anybody can read, and a signature, which nobody else can write. */
export function signedToken(claims: LinkClaims, { siteId, secret }: LinkKeys): string {
  const payload = Buffer.from(claimsText(claims)).toString('base64url');
  return `${payload}.${signatureOf(payload, siteId, secret)}`;
}

/**
 * Reads a token that somebody sent.
 *
 * The signature is compared as text, so that there is one way only to write a token, and in constant time.
 *
 * @param now seconds since 1970; a link counts up to its last second, which is not part of it
 */
export function readToken(token: string, purpose: LinkPurpose, keys: LinkKeys, now: number): ReadToken {
  const { payload = '', signature = '' } = TOKEN.exec(token)?.groups ?? {};
  const secrets = [keys.secret, ...(keys.previousSecret === undefined ? [] : [keys.previousSecret])];
  const fits = secrets.map((secret) => isSame(signature, signatureOf(payload, keys.siteId, secret)));
  if (!fits.includes(true)) return { outcome: 'forged' };
  const claims = claimsOf(Buffer.from(payload, 'base64url').toString());
  if (claims === undefined || claims.purpose !== purpose) return { outcome: 'forged' };
  return { outcome: now < claims.expires ? 'valid' : 'expired', claims };
}

function signatureOf(payload: string, siteId: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['plumbline-link', 1, siteId, payload]))
    .digest('base64url');
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
