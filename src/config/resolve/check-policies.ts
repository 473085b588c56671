import { allSubjects, isAddressed, matches, type PolicySubject, policyFor } from '#src/domain/policy/pick-policy.js';
import type { AlertPolicy } from '#src/domain/policy/types.js';
import { below, type Place } from '../problem-list.js';
import { nameOf } from '../spec/report-issues.js';
import type { ResolveContext } from './context.js';
import { tellingsOf } from './policies.js';
import type { PolicyGround } from './policy-ground.js';

/** Tells of policies that never decide, and of escalations to a manager who is not there. */
export function checkPolicies(
  policies: readonly AlertPolicy[],
  { measures, openBelow, connections, people }: PolicyGround,
  { specs, problems }: ResolveContext,
): void {
  const site = specs.site;
  if (site === undefined || policies.length === 0) return;
  const list = below(site.place, 'alerts', 'policies');
  const subjects = allSubjects(
    measures.map(({ address }) => address),
    connections.map(({ id }) => id),
  );
  const decided = new Map<AlertPolicy, PolicySubject[]>(policies.map((policy) => [policy, []]));
  for (const subject of subjects) decided.get(policyFor(policies, subject))?.push(subject);
  const owners = new Map<string | undefined, string>([
    ...measures.map(({ address, owner }) => [`measure/${address}`, owner] as const),
    ...connections.map(({ id, owner }) => [`connection/${id}`, owner] as const),
  ]);
  const managerOf = new Map(people.map(({ id, manager }) => [id, manager]));
  for (const [index, policy] of policies.entries()) {
    const place = below(list, index);
    const spec = site.spec.alerts?.policies[index];
    if (spec === undefined) continue;
    if (!reportLost(policy, place)) continue;
    const own = decided.get(policy) ?? [];
    if (own.length === 0 && !mayStandFor(policy.match.measures ?? ['*'], openBelow)) {
      reportNeverDecides(policy, index, place);
      continue;
    }
    for (const { at, tell } of tellingsOf(spec, place)) {
      if (!tell.includes('manager')) continue;
      const without = own.map(ownerOf).find((owner) => owner !== undefined && managerOf.get(owner) === undefined);
      if (without === undefined) continue;
      const message = `${nameOf(at)}: "${without}", who owns what the policy decides on, has no manager`;
      const remedy = `write a manager for "${without}" in people.yaml, or tell somebody by id`;
      problems.error('CONFIG_NO_MANAGER', below(at, tell.indexOf('manager')), message, remedy);
    }
  }

  function ownerOf({ measure, connection }: PolicySubject): string | undefined {
    return owners.get(measure === undefined ? `connection/${connection}` : `measure/${measure}`);
  }

  /** @returns whether every pattern of the policy stands for something */
  function reportLost({ match }: AlertPolicy, place: Place): boolean {
    const lost = [
      ...lostPatterns(
        match.measures,
        measures.map(({ address }) => address),
        'measures',
        openBelow,
      ),
      ...lostPatterns(
        match.connections,
        connections.map(({ id }) => id),
        'connections',
      ),
    ];
    for (const { key, index, pattern } of lost) {
      const message = `"${pattern}" is the address of no ${key === 'measures' ? 'measure or scorecard' : 'connection'}`;
      const remedy = 'see "plumbline check" for what there is; * stands for any characters';
      problems.error('CONFIG_POLICY_NEVER_DECIDES', below(place, 'match', key, index), message, remedy);
    }
    return lost.length === 0;
  }

  function reportNeverDecides(policy: AlertPolicy, index: number, place: Place): void {
    const earlier = new Set(
      subjects
        .filter((subject) => matches(policy, subject))
        .map((subject) => policyFor(policies.slice(0, index), subject).id),
    );
    const [message, remedy] =
      earlier.size === 0
        ? [
            `the policy "${policy.id}" never decides: alerts of these kinds are about something else`,
            'correct its match, or remove it',
          ]
        : [
            `the policy "${policy.id}" never decides: ${[...earlier].map((id) => `"${id}"`).join(' and ')} before it takes all that it matches`,
            'move it further up, or remove it',
          ];
    problems.error('CONFIG_POLICY_NEVER_DECIDES', below(place, 'id'), message, remedy);
  }
}

function lostPatterns(
  patterns: readonly string[] = [],
  addresses: readonly string[],
  key: 'measures' | 'connections',
  openBelow: readonly string[] = [],
) {
  return patterns.flatMap((pattern, index) =>
    addresses.some((address) => isAddressed(pattern, address)) || mayStandFor([pattern], openBelow)
      ? []
      : [{ key, index, pattern }],
  );
}

/** Whether patterns may stand for measures of units that are not known yet. */
function mayStandFor(patterns: readonly string[], openBelow: readonly string[]): boolean {
  return patterns.some((pattern) =>
    openBelow.some((address) => pattern.includes('*') || pattern === address || pattern.startsWith(`${address}/`)),
  );
}
