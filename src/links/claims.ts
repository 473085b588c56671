import { z } from 'zod';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import type { AlertKind } from '#src/domain/alert/types.js';

/** What a link does: this, and nothing else. */
export const LINK_PURPOSES = ['acknowledge', 'snooze'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** What a link is the right to. */
export interface LinkClaims {
  readonly purpose: LinkPurpose;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly period: string;
  /** Of the event that the message told of: a link is for the opening of the alert that this belongs to. */
  readonly sequence: number;
  /** Id of the person in whose name it acts. */
  readonly person: string;
  /** Seconds since 1970 from which on it counts no more. */
  readonly expires: number;
  /** Of a link that acts on all alerts of a joint message: the id of that. The alerts are then those, and no other. */
  readonly message?: string;
  /** Id of the channel, where others than the person see the message. */
  readonly room?: string;
}

/** An alert that a link acts on. */
export type ClaimedAlert = Pick<LinkClaims, 'kind' | 'subject' | 'period' | 'sequence'>;

const Claims = z.tuple(
  [
    z.enum(LINK_PURPOSES),
    z.enum(ALERT_KIND_NAMES),
    z.string(),
    z.string(),
    z.int().min(0),
    z.string(),
    z.int(),
    z.string().nullable(),
  ],
  z.string(),
);

/** Claims as text: no two that differ have the same. */
export function claimsText(claims: LinkClaims): string {
  const { purpose, kind, subject, period, sequence, person, expires, room, message } = claims;
  const joint = message === undefined ? [] : [message];
  return JSON.stringify([purpose, kind, subject, period, sequence, person, expires, room ?? null, ...joint]);
}

/** The claims that a text of {@link claimsText} stands for; `undefined` where it is none. */
export function claimsOf(text: string): LinkClaims | undefined {
  const parsed = Claims.safeParse(jsonOf(text));
  if (!parsed.success || parsed.data.length > 9) return undefined;
  const [purpose, kind, subject, period, sequence, person, expires, room, message] = parsed.data;
  return {
    ...{ purpose, kind, subject, period, sequence, person, expires },
    ...(room === null ? {} : { room }),
    ...(message === undefined ? {} : { message }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
