import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { oneCallEach } from '#connectors/sdk/plan.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import type { AnyConnector, OpenContext } from '#connectors/sdk/types.js';
import { sourceServices } from '#src/worker/source-services.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const now = (): string => '2026-03-05T05:30:00Z';

async function withSite<T>(extract: string, work: (site: FakeSite) => Promise<T>): Promise<T> {
  const site = await createFakeSite({
    'extracts/sales.yaml': extractsFile(extract),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
  try {
    return await work(site);
  } finally {
    await site.dispose();
  }
}

it('opens a connection with a cache of its own beside the configuration, and the hosts of the site', async () => {
  await withSite(fakeExtract('sales'), async ({ config, folder }) => {
    const contexts: OpenContext[] = [];
    const connector: AnyConnector = {
      name: 'fake',
      summary: '',
      connectionSchema: z.looseObject({}),
      extractSchema: z.looseObject({}),
      capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
      plan: oneCallEach,
      open: async (_options, context) => {
        contexts.push(context);
        throw new Error('seen');
      },
    };
    const { openSource } = sourceServices(async () => createRegistry([connector]), {}, now);
    await expect(openSource(config(), 'system')).rejects.toThrow('seen');
    const listed = { ...config(), site: { ...config().site, allowHosts: ['files.example.com'] }, revision: 'another' };
    await expect(openSource(listed, 'system')).rejects.toThrow('seen');
    expect(contexts[0]).not.toHaveProperty('allowHosts');
    expect(contexts).toMatchObject([
      { baseDirectory: folder, cacheDirectory: join(folder, '.plumbline', 'cache', 'system') },
      { allowHosts: ['files.example.com'] },
    ]);
  });
});

it('shares one open source among the steps of a run, with the secrets of when it is first opened', async () => {
  await withSite(fakeExtract('sales'), async ({ config }) => {
    const env: Record<string, string> = {};
    const accounts: string[] = [];
    let closed = 0;
    const connector: AnyConnector = {
      name: 'fake',
      summary: '',
      connectionSchema: z.strictObject({ account: z.string() }),
      extractSchema: z.looseObject({}),
      capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
      plan: oneCallEach,
      open: async (options) => {
        accounts.push(z.object({ account: z.string() }).parse(options).account);
        return {
          check: async () => [],
          discover: async () => [],
          watermark: async () => undefined,
          // biome-ignore lint/correctness/useYield: nothing is read
          read: async function* () {
            return { digest: '', description: [] };
          },
          close: async () => {
            closed += 1;
          },
        };
      },
    };
    const options = { account: '${env:ACCOUNT}' };
    const asked = { ...config(), connections: [{ id: 'system', connector: 'fake', owner: 'robin', options }] };
    const { openSource } = sourceServices(async () => createRegistry([connector]), env, now);
    const four = (revision: string) =>
      Promise.allSettled(Array.from({ length: 4 }, () => openSource({ ...asked, revision }, 'system')));
    const closeAll = async (opened: Awaited<ReturnType<typeof four>>): Promise<void> => {
      for (const each of opened) if (each.status === 'fulfilled') await each.value.close();
    };
    expect((await four('r1')).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    env['ACCOUNT'] = 'first';
    const first = await four('r1');
    env['ACCOUNT'] = 'second';
    const again = await four('r1');
    const other = await four('r2');
    expect(accounts).toEqual(['first', 'second']);
    for (const opened of [first, again, other]) await closeAll(opened);
    expect(closed).toBe(2);
    await closeAll(await four('r1'));
    expect(accounts).toEqual(['first', 'second', 'second']);
    expect(closed).toBe(3);
  });
});

it('does not ask a source for the day of a capture', async () => {
  const snapshot = fakeExtract('sales', '    snapshot: { takes: last }\n    columns: { amount: decimal }\n');
  await withSite(snapshot, async ({ config, services }) => {
    const [call] = await services.planCalls(config(), 'system', ['sales']);
    expect(call?.requests).toMatchObject([{ extract: 'sales', columns: ['amount'] }]);
  });
});

it('names the connectors there are when a revision needs another', async () => {
  await withSite(fakeExtract('sales'), async ({ config }) => {
    const { openSource, planCalls, quotaOf } = sourceServices(async () => createRegistry([]), {}, now);
    const expected = { kind: 'config', code: 'CONFIG_UNKNOWN_CONNECTOR', message: expect.stringContaining('"fake"') };
    await expect(openSource(config(), 'system')).rejects.toMatchObject(expected);
    await expect(planCalls(config(), 'system', ['sales'])).rejects.toMatchObject(expected);
    await expect(quotaOf(config(), 'system')).rejects.toMatchObject(expected);
  });
});
