// The guides' fenced blocks with a file name are put together into config folders, checked and run, so that whoever
// follows a guide gets what it promises.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblems, readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { filesAfter, unnamedLanguages, withConfigFolder } from './guide-files.js';

const FIRST = 'first-scorecard.md';
const MEASURE = 'add-a-measure.md';
const PRODUCTION = 'run-in-production.md';
const CALENDARS = 'calendars.md';
const PATHS = [[FIRST], [FIRST, MEASURE], [FIRST, CALENDARS], [FIRST, PRODUCTION]];
const TICKETS = '../exports/tickets-2026.csv';
const AT = '2026-11-10T06:30:00Z';

async function configIn(folder: string): Promise<ResolvedConfig> {
  const { config, problems } = await readConfig(folder, builtInConnectors);
  if (config === undefined) throw new Error(formatProblems(problems));
  return config;
}

async function collect(folder: string, store: ReportingStore) {
  const config = await configIn(folder);
  await applyToStore(store, config, AT);
  const groups = config.pullGroups.map((group) => group.id);
  const signal = new AbortController().signal;
  return runOnce(createServices(store, { env: {}, logLevel: 'fatal', folder: config.folder }), config, {
    groups,
    logicalTime: AT,
    signal,
  });
}

async function withStore<T>(folder: string, work: (store: ReportingStore) => Promise<T>): Promise<T> {
  const { site } = await configIn(folder);
  const store = await openSiteStore(site.store, folder, {});
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const september = async (store: ReportingStore, measure: string) =>
  (await store.read.currentActuals([measure], '2026-09-01')).find(({ period }) => period.id === '2026-09');

describe('the files of a guide', () => {
  it.each(PATHS)('are a configuration without errors or warnings: %s %s', async (...guides) => {
    const files = await filesAfter(...guides);
    await withConfigFolder(files, async (folder) => {
      const { problems } = await readConfig(folder, builtInConnectors);
      expect(formatProblems(problems)).toBe('0 errors, 0 warnings\n');
    });
  });

  it.each([FIRST, MEASURE, CALENDARS, PRODUCTION])(
    'all say where they go: %s has no YAML without a name',
    async (guide) => {
      expect((await unnamedLanguages(guide)).filter((info) => /^(yaml|csv)/.test(info))).toEqual([]);
    },
  );
});

describe('the first scorecard', () => {
  it('has the values that the guide tells, and one reject', async () => {
    await withConfigFolder(await filesAfter(FIRST), (folder) =>
      withStore(folder, async (store) => {
        const { runs } = await collect(folder, store);
        expect(runs).toMatchObject([{ state: 'done', seen: 7, used: 6, rejected: 1, revisions: 2 }]);
        const actuals = await store.read.currentActuals(['service/first-response-time'], '2026-09-01');
        expect(actuals.map(({ period, value }) => [period.id, value])).toEqual([
          ['2026-09', '2.875'],
          ['2026-10', '5'],
        ]);
      }),
    );
  });

  it('changes nothing when run again, and restates September when its row is corrected', async () => {
    await withConfigFolder(await filesAfter(FIRST), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        expect((await collect(folder, store)).runs).toMatchObject([
          { revisions: 0, scoresChanged: 0, alertsOpened: 0 },
        ]);
        const path = join(folder, TICKETS);
        await writeFile(path, (await readFile(path, 'utf8')).replace('#N/A', '2.75'));
        await collect(folder, store);
        expect(await september(store, 'service/first-response-time')).toMatchObject({
          reason: 'restated',
          revision: 2,
        });
      }),
    );
  });
});

describe('the calendars', () => {
  it('put labels of months and of weeks where the guide says', async () => {
    await withConfigFolder(await filesAfter(FIRST, CALENDARS), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        const actuals = await store.read.currentActuals(['service/costs', 'service/visitors'], '2026-08-01');
        expect(actuals.map(({ period, value }) => [period.id, value])).toEqual([
          ['FY2027-P05', '1200'],
          ['FY2027-P06', '1350.5'],
          ['2026-08', '310'],
          ['2026-09', '280'],
          ['2026-10', '305'],
        ]);
      }),
    );
  });
});

describe('the added measure', () => {
  it('has the value that the guide tells', async () => {
    await withConfigFolder(await filesAfter(FIRST, MEASURE), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        expect(await september(store, 'service/tickets-solved')).toMatchObject({
          value: '66.666666666666666667',
          evidence: { numerator: '2', denominator: '3' },
        });
      }),
    );
  });
});
