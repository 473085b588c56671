// Who is told of what by the example configuration, as a newcomer runs it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedConfig } from '#src/config/types.js';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { allSubjects, policyFor } from '#src/domain/policy/pick-policy.js';
import { exampleConfig } from './example-config.js';

let config: ResolvedConfig;

beforeAll(async () => {
  config = await exampleConfig();
});

describe('the alert policies of the example configuration', () => {
  it('decide on every alert, news and what stands still apart from the rest', () => {
    const { measures, connections, site } = config;
    const subjects = allSubjects(
      measures.map(({ address }) => address),
      connections.map(({ id }) => id),
    );
    const kindsBy = (policy: string): readonly string[] =>
      ALERT_KIND_NAMES.filter((kind) =>
        subjects.some((each) => each.kind === kind && policyFor(site.alertPolicies ?? [], each).id === policy),
      ).toSorted();
    expect(kindsBy('built-in')).toEqual([]);
    expect(kindsBy('news')).toEqual(['rejects', 'restated']);
    expect(kindsBy('standstill')).toEqual(['delivery_failed', 'pipeline_silent', 'source_failed']);
  });

  it('remind of nothing and escalate nothing within the day in which the demo is looked at', () => {
    for (const { remind, escalate } of config.site.alertPolicies ?? []) {
      const waits = [...(remind?.gaps ?? []), ...escalate.map(({ after }) => after)];
      expect(waits.filter((each) => !each.endsWith('wd'))).toEqual([]);
    }
  });

  it('lead from everybody who owns something to a manager, but for the one at the top', () => {
    const owners = new Set(config.measures.map(({ owner }) => owner));
    expect(config.people.filter(({ id, manager }) => owners.has(id) && manager === undefined)).toEqual([]);
  });

  it('hold back no message that the demo sends, whatever the hour at which it is run', () => {
    const owners = new Set([...config.measures, ...config.connections].map(({ owner }) => owner));
    const withHours = config.people.filter(({ quietHours, workingHours }) => quietHours ?? workingHours);
    expect(withHours.map(({ id }) => id)).toEqual(['lena']);
    expect(owners.has('lena')).toBe(false);
  });
});
