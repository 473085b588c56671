import type { AlertKind, AlertSubject } from './types.js';

/** The subject of alerts about one of these; `id` is a measure's address or the other's id. */
export function alertSubject(
  about: 'measure' | 'connection' | 'extract' | 'channel' | 'pipeline',
  id: string,
): AlertSubject {
  return `${about}/${id}`;
}

/** What can be open once at most: `late/measure/company/nps`. */
export function conditionKey(kind: AlertKind, subject: AlertSubject): string {
  return `${kind}/${subject}`;
}

/**
 * Identity of an alert: `late/measure/company/nps/2026-11`.
 *
 * No two alerts share a key: a kind holds no slash and neither does a period, so all between is the subject.
 */
export function alertKey(kind: AlertKind, subject: AlertSubject, period: string): string {
  return `${conditionKey(kind, subject)}/${period}`;
}
