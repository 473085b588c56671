import { type AlertPolicy, ROLES } from '#src/domain/policy/types.js';
import { below, type Place } from '../problem-list.js';
import type { PolicySpec } from '../spec/policies-spec.js';
import type { SiteSpec } from '../spec/site-spec.js';
import type { Site } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';

/** The policies of a site, where there are any. A name that leads nowhere is told of. */
export function resolvePolicies(
  { alerts, channels }: SiteSpec,
  site: Place,
  { specs, problems }: ResolveContext,
): Pick<Site, 'alertPolicies'> {
  const written = alerts?.policies ?? [];
  if (written.length === 0) return {};
  const known = specs.people.ids;
  const list = below(site, 'alerts', 'policies');
  const seen = new Set<string>();
  for (const [index, policy] of written.entries()) {
    const place = below(list, index);
    if (seen.has(policy.id)) {
      const message = `there are two policies "${policy.id}"`;
      problems.error('CONFIG_DUPLICATE_ID', below(place, 'id'), message, 'give one of them another id');
    }
    seen.add(policy.id);
    for (const { at, tell } of tellingsOf(policy, place)) {
      for (const [position, recipient] of tell.entries()) {
        if (!isRole(recipient)) checkReference('recipient', recipient, known, below(at, position), problems);
      }
    }
    for (const [position, channel] of (policy.channels ?? []).entries()) {
      const at = below(place, 'channels', position);
      checkReference('channel', channel, new Set(Object.keys(channels)), at, problems);
    }
    checkReminders(policy, place, problems);
  }
  return { alertPolicies: written.map(policyOf) };
}

/** Tells of a maximum that is never reached, for the gaps end before: somebody forgot to have the last one repeated. */
function checkReminders({ remind }: PolicySpec, place: Place, problems: ResolveContext['problems']): void {
  if (remind?.at_most === undefined || remind.repeat || remind.at_most <= remind.gaps.length) return;
  const count = remind.gaps.length === 1 ? 'is 1 reminder' : `are ${remind.gaps.length} reminders`;
  const message = `at_most is ${remind.at_most}, and there ${count}: none comes after the last of gaps`;
  const remedy = 'write repeat: true to have the last gap go on, or remove at_most';
  problems.error('CONFIG_REMINDERS_END_BEFORE', below(place, 'remind', 'at_most'), message, remedy);
}

/** Where a policy names recipients. */
export function tellingsOf({ tell, escalate }: PolicySpec, place: Place) {
  return [
    { at: below(place, 'tell'), tell },
    ...escalate.map((step, index) => ({ at: below(place, 'escalate', index, 'tell'), tell: step.tell })),
  ];
}

function isRole(recipient: string): boolean {
  return ROLES.some((role) => role === recipient);
}

function policyOf({ id, match, severity, tell, channels, remind, escalate, urgent }: PolicySpec): AlertPolicy {
  const { kinds, measures, connections } = match;
  return {
    id,
    match: {
      ...(kinds === undefined ? {} : { kinds }),
      ...(measures === undefined ? {} : { measures }),
      ...(connections === undefined ? {} : { connections }),
    },
    ...(severity === undefined ? {} : { severity }),
    tell,
    ...(channels === undefined ? {} : { channels }),
    ...(remind === undefined
      ? {}
      : {
          remind: {
            gaps: remind.gaps,
            repeat: remind.repeat,
            ...(remind.at_most === undefined ? {} : { most: remind.at_most }),
            stopAtNote: remind.stop_at_note,
          },
        }),
    escalate,
    urgent,
  };
}
