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

it('opens a connection with a cache of its own beside the configuration', async () => {
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
    expect(contexts).toMatchObject([
      { baseDirectory: folder, cacheDirectory: join(folder, '.plumbline', 'cache', 'system') },
    ]);
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
