import { ALERT_KIND_NAMES, type AlertKind } from '../alert/kinds.js';
import { MEASURE_KINDS } from '../alert/settings.js';
import type { AlertPolicy } from './types.js';

/** What an alert is about, for policies: a measure, or a connection with its extracts. Neither: the site itself. */
export interface PolicySubject {
  readonly kind: AlertKind;
  /** Address. */
  readonly measure?: string;
  readonly connection?: string;
}

/** The last word: tell who can act over all channels, and remind nobody. */
export const BUILT_IN_POLICY: AlertPolicy = {
  id: 'built-in',
  match: {},
  tell: ['who_can_act'],
  escalate: [],
  urgent: false,
};

/** The policy that decides on an alert: the first that matches it, else the built-in one. */
export function policyFor(policies: readonly AlertPolicy[], subject: PolicySubject): AlertPolicy {
  return policies.find((policy) => matches(policy, subject)) ?? BUILT_IN_POLICY;
}

/**
 * Whether a policy matches.
 *
 * `company` matches the scorecard's measures and those of its units, `company/nps` that measure, and `*` any characters, as in
 * `company/sales-*`. With measures or connections written it matches these alone.
 */
export function matches({ match }: Pick<AlertPolicy, 'match'>, { kind, measure, connection }: PolicySubject): boolean {
  const { kinds, measures, connections } = match;
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (measures === undefined && connections === undefined) return true;
  if (measure !== undefined) return measures?.some((pattern) => isAddressed(pattern, measure)) ?? false;
  return connection !== undefined && (connections?.some((pattern) => isAddressed(pattern, connection)) ?? false);
}

const patterns = new Map<string, RegExp>();

/** Whether a pattern, or a part of an address up to a slash, stands for an address. */
export function isAddressed(pattern: string, address: string): boolean {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    expression = new RegExp(`^${escaped}(/.*)?$`, 's');
    patterns.set(pattern, expression);
  }
  return expression.test(address);
}

/** Kinds that are about the site itself. All others are about a measure or about a source. */
const OF_THE_SITE: readonly AlertKind[] = ['pipeline_silent', 'delivery_failed'];
const OF_MEASURES: readonly AlertKind[] = MEASURE_KINDS;

/** All that alerts of a site can be about: for finding policies that never decide. */
export function allSubjects(measures: readonly string[], connections: readonly string[]): readonly PolicySubject[] {
  return ALERT_KIND_NAMES.flatMap((kind): PolicySubject[] => [
    ...(OF_THE_SITE.includes(kind) ? [{ kind }] : []),
    ...(OF_MEASURES.includes(kind) ? measures.map((measure) => ({ kind, measure })) : []),
    ...([...OF_THE_SITE, ...OF_MEASURES].includes(kind) ? [] : connections.map((connection) => ({ kind, connection }))),
  ]);
}
