// The guides' fenced blocks with a file name are put together into config folders, checked and run, so that whoever
// follows a guide gets what it promises.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { test } from '#src/cli/commands/test.js';
import { formatProblems, parseResolvedConfig, readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { TARGET, targetSeries } from '#src/domain/series/target-series.js';
import { targetText } from '#src/domain/target/target-in-force.js';
import type { ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { inProcessSteps } from '#src/worker/in-process.js';
import { readUnits } from '#src/worker/read-units.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { root } from '../../scripts/setup/root.mjs';
import { filesAfter, unnamedLanguages, withConfigFolder } from './guide-files.js';

const FIRST = 'first-scorecard.md';
const MEASURE = 'add-a-measure.md';
const SCORE = 'score-a-measure.md';
const PRODUCTION = 'run-in-production.md';
const TARGETS = 'set-targets.md';
const ROLL_UP = 'roll-up.md';
const CALENDARS = 'calendars.md';
const UNITS = 'many-units.md';
const DERIVED = 'derived-measures.md';
const EXAMPLES = 'test-a-scorecard.md';
const ALERTS = 'alerts.md';
const NOTIFY = 'notify-people.md';
const TOLD = 'who-is-told.md';
/** Each begins where the first guide ends. */
const NEXT = [MEASURE, SCORE, PRODUCTION, TARGETS, ROLL_UP, CALENDARS, UNITS, DERIVED, EXAMPLES, ALERTS, NOTIFY, TOLD];
const PATHS = [[FIRST], ...NEXT.map((guide) => [FIRST, guide])];
const TICKETS = '../exports/tickets-2026.csv';
const AT = '2026-11-10T06:30:00Z';

async function configIn(folder: string): Promise<ResolvedConfig> {
  const { config, problems } = await readConfig(folder, builtInConnectors);
  if (config === undefined) throw new Error(formatProblems(problems));
  return config;
}

async function collect(folder: string, store: ReportingStore) {
  const services = createServices(store, { env: {}, logLevel: 'fatal', folder });
  const { signal } = new AbortController();
  const { openSource } = services;
  const written = await configIn(folder);
  const { config } = await readUnits(written, { openSource, applied: undefined, now: AT, signal });
  await applyToStore(store, config, AT);
  const groups = config.pullGroups.map((group) => group.id);
  return runOnce(services, config, {
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

  it.each([FIRST, ...NEXT])('all say where they go: %s has no YAML without a name', async (guide) => {
    expect((await unnamedLanguages(guide)).filter((info) => /^(yaml|csv)/.test(info))).toEqual([]);
  });
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

describe('the derived measures', () => {
  it('have the values that the guide tells', async () => {
    await withConfigFolder(await filesAfter(FIRST, DERIVED), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        const ids = ['share-solved', 'growth-of-tickets', 'tickets-this-year'];
        const actuals = await store.read.currentActuals(
          ids.map((id) => `service/${id}`),
          '2026-09-01',
        );
        const october = actuals.filter(({ period }) => period.id === '2026-10');
        expect(Object.fromEntries(october.map(({ measure, value }) => [measure, value]))).toEqual({
          'service/share-solved': '66.66666666666666666667',
          'service/growth-of-tickets': '0',
          'service/tickets-this-year': '6',
        });
        expect(october.find(({ measure }) => measure === 'service/tickets-this-year')?.evidence).toMatchObject({
          derived: { partial: true },
        });
        const growth = actuals.filter(({ measure }) => measure === 'service/growth-of-tickets');
        expect(growth.map(({ period }) => period.id)).toEqual(['2026-10']);
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

describe('the examples', () => {
  it('pass as the guide says', async () => {
    await withConfigFolder(await filesAfter(FIRST, EXAMPLES), async (folder) => {
      const out: string[] = [];
      const context = {
        stdout: { write: (text: string) => out.push(text) },
        stderr: { write: (text: string) => out.push(text) },
        env: {},
        cwd: folder,
        now: () => AT,
        signal: new AbortController().signal,
      };
      expect(await test(context, [], { config: '.' })).toBe(0);
      expect(out).toEqual(['4 examples passed.\n']);
    });
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

describe('the targets that are set', () => {
  const targetOf = (config: ResolvedConfig, id: string, period: string) => {
    const measure = config.measures.find((each) => each.id === id);
    if (measure === undefined) throw new Error(`there is no measure "${id}"`);
    const reading = seriesAt(targetSeries(measure), TARGET, parsePeriodId(period), {
      grain: measure,
      direction: measure.direction,
      workingCalendar: config.site.calendar,
      own: ({ id: past }) => (past === '2026-08' ? '0' : '10'),
      collected: () => undefined,
      collectedBefore: () => undefined,
      attribute: () => undefined,
    });
    return reading.ok ? targetText(reading.target) : reading.reason;
  };

  it.each([
    ['answered-hours', '2026-06', '5'],
    ['answered-hours', '2026-12', '4'],
    ['answered-hours', '2027-01', 'the target from 2026-07-01 expired before 2027-01-01'],
    ['tickets-answered', '2026-01', '5'],
    ['tickets-answered', '2026-02', '10'],
    ['tickets-answered', '2026-08', '0'],
    ['tickets-answered', '2026-12', '9'],
    ['tickets-answered', '2027-03', '12'],
    ['tickets-answered', '2027-08', '0'],
    ['tickets-solved-count', '2026-W12', '35'],
    ['slowest-answers', '2026-03', '202.5'],
  ])('are those that the guide tells: %s in %s', async (id, period, expected) => {
    await withConfigFolder(await filesAfter(FIRST, TARGETS), async (folder) => {
      expect(targetOf(await configIn(folder), id, period)).toBe(expected);
    });
  });
});

describe('the rolled-up scorecards', () => {
  it('have the stars and the points that the guide tells', async () => {
    await withConfigFolder(await filesAfter(FIRST, ROLL_UP), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        const rows = await store.models.scorecardTable();
        const row = (node: string) => rows.find((each) => each.node === node);
        expect(row('stars')).toMatchObject({ status: 'at_risk', band: '2 stars', score: '0.5' });
        expect(row('points/serve-well')).toMatchObject({ status: 'on_track', possible: '100' });
        expect(row('points/serve-well')?.points).toMatch(/^96\.66666/);
      }),
    );
  });
});

describe('the many units', () => {
  it('have the values that the guide tells, by unit and above', async () => {
    await withConfigFolder(await filesAfter(FIRST, UNITS), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        const october = async (...measures: readonly string[]) =>
          new Map(
            (await store.read.currentActuals(measures, '2026-10-01')).map(({ measure, value }) => [
              measure,
              value.slice(0, 5),
            ]),
          );
        const desks = ['north', 'kiel', 'bremen', 'munich'];
        expect([...(await october(...desks.map((desk) => `desks/${desk}/calls`), 'company/calls'))].sort()).toEqual([
          ['company/calls', '119'],
          ['desks/bremen/calls', '30'],
          ['desks/kiel/calls', '44'],
          ['desks/munich/calls', '45'],
          ['desks/north/calls', '74'],
        ]);
        expect((await october('desks/north/answer-rate')).get('desks/north/answer-rate')).toBe('82.43');
        const [pull] = await store.read.latestPulls(['calls']);
        expect(pull).toMatchObject({
          balance: { skipped: { unknown_unit: 1 } },
          notes: expect.arrayContaining(['There is no unit for "Test": 1 row belongs to none.']),
        });
        const config = parseResolvedConfig((await store.read.latestConfigRevision()) ?? '');
        expect(config.unitSets?.find(({ id }) => id === 'shops')?.units).toMatchObject([
          { id: 'region-east' },
          { id: 'shop-1', name: 'Berlin', parent: 'region-east', attributes: { goal: '12' } },
          { id: 'shop-2', name: 'Leipzig', attributes: { goal: '10' } },
        ]);
      }),
    );
  });
});

describe('who is told', () => {
  it('is told as the table of the guide says, day by day', async () => {
    const text = await readFile(join(root, 'docs/guides', TOLD), 'utf8');
    const table = [...text.matchAll(/^\| (2026-\d\d-\d\d) \| (\w+) \| (\w+) \|$/gm)].map(([, ...cells]) =>
      cells.join(' '),
    );
    expect(table).toHaveLength(5);
    await withConfigFolder(await filesAfter(FIRST, TOLD), (folder) =>
      withStore(folder, async (store) => {
        await collect(folder, store);
        const services = createServices(store, { env: {}, logLevel: 'fatal', folder });
        const steps = inProcessSteps(services, new AbortController().signal);
        const { revision: configRevision } = await configIn(folder);
        for (let day = 8; day <= 22; day++) {
          const logicalTime = `2026-12-${String(day).padStart(2, '0')}T06:30:00Z`;
          await steps.sweepFreshness({ configRevision, logicalTime });
        }
        const subject = 'measure/service/first-response-time';
        const alert = await store.models.alert({ kind: 'missing', subject, period: '2026-11' });
        const told = alert?.history.map((event) =>
          [event.at.slice(0, 10), event.transition, ...(event.told ?? [])].join(' '),
        );
        expect(told).toEqual(table);
      }),
    );
  });
});
