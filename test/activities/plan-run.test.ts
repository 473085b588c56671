import { describe, expect, it } from 'vitest';
import { planRun } from '#src/activities/plan-run.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

/** Extracts `e01`, `e02`, …; `callOf` names the call that each is part of. */
async function withSite<T>(
  extracts: number,
  callOf: (index: number) => string | undefined,
  options: string,
  work: (site: FakeSite) => Promise<T>,
): Promise<T> {
  const ids = Array.from({ length: extracts }, (_, index) => `e${String(index + 1).padStart(2, '0')}`);
  const site = await createFakeSite({
    'connections.yaml': `connections: { system: { connector: fake, owner: robin, options: ${options} } }\n`,
    'extracts/all.yaml': extractsFile(
      ...ids.map((id, index) => {
        const call = callOf(index);
        return call === undefined
          ? fakeExtract(id)
          : fakeExtract(id).replace(`stream: ${id}`, `stream: ${id}, call: ${call}`);
      }),
    ),
    'scorecards/company.yaml': scorecardFile(...ids.map((id) => measureOf(id, id, 'monthly'))),
  });
  try {
    return await work(site);
  } finally {
    await site.dispose();
  }
}

const planned = (site: FakeSite) =>
  planRun(site.services, {
    group: site.config().pullGroups[0]?.id ?? '',
    configRevision: site.config().revision,
    logicalTime: '2026-03-05T05:30:00Z',
    trigger: 'once',
  });

describe('planRun()', () => {
  it.each([
    [1, 1],
    [8, 8],
    [9, 5],
    [20, 7],
  ])('shares %i extracts out into %i steps', async (extracts, steps) => {
    const plan = await withSite(extracts, () => undefined, '{}', planned);
    expect(plan.batches).toHaveLength(steps);
    expect(plan.batches.flat()).toHaveLength(extracts);
    expect(plan).not.toHaveProperty('quota');
  });

  it('keeps the extracts of one call in one step', async () => {
    const plan = await withSite(20, (index) => `call-${index % 3}`, '{}', planned);
    expect(plan.batches.map((batch) => batch.length)).toEqual([7, 7, 6]);
    expect(plan.batches[0]).toContain('e04');
  });

  it('makes each call a step of its own under a budget, however many there are', async () => {
    const plan = await withSite(24, (index) => `call-${Math.floor(index / 2)}`, '{ account: one }', planned);
    expect(plan.batches).toHaveLength(12);
    expect(plan.batches[0]).toEqual(['e01', 'e02']);
    expect(plan.quota).toEqual({
      taskQueue: expect.stringMatching(/^plumbline-quota-[0-9a-f]{8}$/),
      callsPerMinute: 60,
      callsPerStep: 2,
    });
  });

  it('leaves a connection that cannot be planned to its pulls, which say why', async () => {
    await withSite(
      2,
      () => undefined,
      '{}',
      async (site) => {
        const services = {
          ...site.services,
          planCalls: async () => {
            throw new PlumblineError('config', 'CONFIG_SECRET_MISSING', 'no such variable');
          },
        };
        const broken = { ...site, services };
        expect((await planned(broken)).batches).toEqual([['e01'], ['e02']]);
      },
    );
  });

  it('does not believe a plan that leaves an extract out', async () => {
    await withSite(
      2,
      () => undefined,
      '{}',
      async (site) => {
        const connector = site.system.registry.get('fake');
        if (connector === undefined) throw new Error('no connector');
        Object.assign(connector, { plan: () => [] });
        const planning = site.services.planCalls(site.config(), 'system', ['e01']);
        await expect(planning).rejects.toMatchObject({ code: 'BUG_PLAN_INCOMPLETE' });
        const run = await site.collect('2026-03-05T05:30:00Z');
        expect(run).toMatchObject({ state: 'failed', failedExtracts: ['e01', 'e02'] });
      },
    );
  });
});
