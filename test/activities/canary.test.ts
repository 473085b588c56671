// The real steps on a real store, their clock put where a test wants it: the canary goes the whole way, and each leg of it is
// broken in turn.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaryPatience, canaryWay } from '#src/activities/canary/canary-way.js';
import type { StepServices } from '#src/activities/context.js';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import { digestInput } from '#src/activities/digest/digest-input.js';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import { canaryHealth } from '#src/cli/doctor/canary-health.js';
import { withCanary } from '#src/config/canary/with-canary.js';
import { isCanary } from '#src/domain/canary/canary.js';
import { stuckLegs } from '#src/domain/canary/way.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Message } from '#src/notify/types.js';
import type { StoreWriter } from '#src/store/types.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

const SITE = `id: small
name: Small site
time_zone: UTC
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels:
  journal: { kind: file, path: data/alerts.log }
  mail: { kind: email, url: '\${env:SMTP}', from: plumbline@example.com }
  pager: { kind: pagerduty, routing_key: '\${env:PAGER}' }
`;

let site: SmallSite;
let told: string[];
/** Channels that are down. */
let down: Set<string>;

beforeEach(async () => {
  told = [];
  down = new Set();
  [lost, isSourceDown] = [undefined, false];
  site = await createSmallSite({
    'site.yaml': `${SITE}canary: { every: day, at: '07:00' }\nwatch: { silent_after_minutes: 300 }\n`,
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
});
afterEach(() => site.dispose());

/** Writes of a step that are lost on their way to the store. */
type Lost = (writer: StoreWriter) => Partial<StoreWriter>;
let lost: Lost | undefined;
let isSourceDown: boolean;

function services(now: string): StepServices {
  const { store, openSource } = site.services;
  return {
    ...site.services,
    store: { ...store, write: (work) => store.write((writer, read) => work({ ...writer, ...lost?.(writer) }, read)) },
    now: () => now,
    openSource: (config, connection) => {
      if (isSourceDown && connection === '_canary') throw new PlumblineError('not_found', 'SOURCE_GONE', 'it is gone');
      return openSource(config, connection);
    },
    openChannel: () => async (id) => ({
      send: async ({ subject, about }: Message) => {
        if (down.has(id)) return { outcome: 'retry', detail: 'connection refused' } as const;
        told.push(`${now.slice(5, 16)} ${id} ${subject.replace('[Plumbline] ', '')}: ${about?.summary ?? ''}`);
        return { outcome: 'sent', detail: 'noted' } as const;
      },
      close: async () => undefined,
    }),
  };
}

/** The canary's run of a day at seven, by its schedule. */
async function collect(day: string): Promise<void> {
  const at = `${day}T07:00:00Z`;
  const steps = inProcessSteps(services(at), new AbortController().signal);
  const request = { group: '_canary-day-0700', configRevision: site.config().revision, logicalTime: at };
  await collectRun(steps, inProcessRunner, { ...request, trigger: 'schedule' });
}

async function sweep(now: string): Promise<void> {
  const request = { configRevision: site.config().revision, logicalTime: now, scheduled: true };
  await sweepFreshness(services(now), request);
}

async function deliver(now: string): Promise<void> {
  const attempt = { signal: new AbortController().signal, last: false };
  await deliverOutbox(services(now), { configRevision: site.config().revision, scheduled: true }, attempt);
}

const TICKS = ['02:00', '06:00', '07:01', '10:00', '13:00', '17:00', '21:00'];

/** A day of it: sweeps and deliveries, and at seven the run. */
async function day(date: string, runs = true): Promise<void> {
  for (const tick of TICKS) {
    if (tick === '07:01' && runs) await collect(date);
    await sweep(`${date}T${tick}:00Z`);
    await deliver(`${date}T${tick}:30Z`);
  }
}

const silent = async (): Promise<string[]> =>
  (await site.store.read.alerts({ state: 'open' }))
    .filter(({ kind }) => kind === 'pipeline_silent')
    .map(({ subject, summary }) => `${subject}: ${summary}`);

async function legs(now: string): Promise<string[]> {
  const config = withCanary(site.config());
  const way = await canaryWay(site.store, config, now);
  return way === undefined ? [] : stuckLegs(way, now, canaryPatience(config.site)).map(({ leg }) => leg);
}

async function health(now: string): Promise<string[]> {
  const found = await canaryHealth(site.store, withCanary(site.config()), now);
  return found.map((each) => `${each.health} ${each.subject ?? ''}: ${each.says}`);
}

describe('a canary that goes round', () => {
  it('sends a message a day by turns, an alert and its end, over the channels that people read', async () => {
    for (const date of ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20']) await day(date);
    expect(told.map((line) => line.split(':').slice(0, 2).join(':')).toSorted()).toMatchInlineSnapshot(`
      [
        "11-17T07:01 journal OFF TRACK · Canary (a test of the whole way, nothing is wrong) · since 2026-11-16",
        "11-17T07:01 mail OFF TRACK · Canary (a test of the whole way, nothing is wrong) · since 2026-11-16",
        "11-18T07:01 journal OFF TRACK RESOLVED · Canary (a test of the whole way, nothing is wrong) · since 2026-11-16",
        "11-18T07:01 mail OFF TRACK RESOLVED · Canary (a test of the whole way, nothing is wrong) · since 2026-11-16",
        "11-19T07:01 journal OFF TRACK · Canary (a test of the whole way, nothing is wrong) · since 2026-11-18",
        "11-19T07:01 mail OFF TRACK · Canary (a test of the whole way, nothing is wrong) · since 2026-11-18",
        "11-20T07:01 journal OFF TRACK RESOLVED · Canary (a test of the whole way, nothing is wrong) · since 2026-11-18",
        "11-20T07:01 mail OFF TRACK RESOLVED · Canary (a test of the whole way, nothing is wrong) · since 2026-11-18",
      ]
    `);
    expect(told[0]).toContain('a test of the whole way, nothing is wrong');
    expect(await silent()).toEqual([]);
    expect(await legs('2026-11-20T12:00:00Z')).toEqual([]);
  });

  it('is shown by the doctor with how long each leg took', async () => {
    await day('2026-11-17');
    await day('2026-11-18');
    expect(await health('2026-11-18T12:00:00Z')).toMatchInlineSnapshot(`
      [
        "ok : Its round for 2026-11-18 07:00: pulled after 0 seconds, stored after 0 seconds, judged after 0 seconds, sent over "journal" after 90 seconds, sent over "mail" after 90 seconds.",
      ]
    `);
  });

  it('writes nothing more at sweeps in between', async () => {
    await day('2026-11-17');
    const before = await site.store.read.alerts({});
    await sweep('2026-11-17T22:00:00Z');
    expect(await site.store.read.alerts({})).toEqual(before);
  });
});

describe('policies of the site', () => {
  it('remind nobody of it, and let no manager or pager hear of it', async () => {
    const policies = `alerts:
  policies:
  - { id: all, tell: [owner, ann], channels: [pager, mail], remind: { gaps: [1h], repeat: true }, escalate: [{ after: 2h, tell: [ann] }] }
`;
    site.write({
      'people.yaml': 'people: { robin: { name: Robin }, ann: { name: Ann } }\n',
      'site.yaml': `${SITE}canary: { every: day, at: '07:00', channels: [journal] }\nwatch: { silent_after_minutes: 300 }\n${policies}`,
    });
    await site.apply();
    await day('2026-11-17');
    expect(told).toEqual([expect.stringMatching(/^11-17T07:01 journal OFF TRACK · Canary /)]);
  });
});

describe('what is shown to people', () => {
  it('has nothing of it', async () => {
    for (const date of ['2026-11-17', '2026-11-18']) await day(date);
    const { models, read } = site.store;
    const nodes = (await models.scorecardTable()).map(({ node }) => node);
    expect(nodes).toEqual(['company', 'company/financial', 'company/grow', 'company/sales']);
    expect(told.length).toBeGreaterThan(0);
    expect(await models.openAlerts()).toEqual([]);
    expect(await models.alertHistory(10)).toEqual([]);
    const rule = { every: 'week', weekday: 1, hour: 0, minute: 0, timeZone: 'UTC', saysWhenEmpty: false } as const;
    const asked = { last: { at: '2026-11-01T00:00:00Z' }, now: '2026-11-18T12:00:00Z', rule };
    const input = await digestInput(read, withCanary(site.config()), { id: 'robin' }, asked);
    expect(input.alerts).toEqual([]);
    expect(input.measures.map(({ subject }) => subject)).toEqual(['measure/company/sales']);
  });
});

/** Breaks each leg, on a day that raises an alert, or on one that ends it. */
const BREAKS: readonly (readonly [string, string, () => void, string])[] = [
  ['pulled', '2026-11-19', () => (isSourceDown = true), 'its source could not be read: it is gone'],
  ['stored', '2026-11-19', () => (lost = () => ({ appendActuals: nothing })), 'was pulled and not stored'],
  ['judged', '2026-11-19', () => (lost = () => ({ saveScores: async () => 0 })), 'was stored and not judged'],
  ['alerted', '2026-11-19', () => (lost = withoutAlerts), '2026-11-18 is off track and raised no alert'],
  ['resolved', '2026-11-20', () => (lost = withoutAlerts), '2026-11-19 is on track and its alert was not resolved'],
  ['delivered', '2026-11-19', () => down.add('mail'), 'over the channel "mail": connection refused'],
];

const nothing = async (): Promise<void> => undefined;

const withoutAlerts: Lost = (writer) => ({
  saveAlertEvents: (events, run) =>
    writer.saveAlertEvents(
      events.filter(({ condition }) => !isCanary(condition)),
      run,
    ),
});

describe('a canary that gets stuck', () => {
  it.each(BREAKS)('where it is not %s is told once, and once that it came round', async (leg, when, breakIt, words) => {
    const days = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
    for (const date of days.filter((each) => each < when)) await day(date);
    breakIt();
    await day(when);
    expect(await legs(`${when}T22:00:00Z`)).toEqual([leg]);
    expect(await silent()).toEqual([expect.stringContaining(words)]);
    expect((await health(`${when}T22:00:00Z`))[0]).toMatch(new RegExp(`^fail ${leg}: It has not come round since `));
    expect((await health(`${when}T22:00:00Z`))[0]).toContain(words);
    [lost, isSourceDown] = [undefined, false];
    down.clear();
    for (const date of days.filter((each) => each > when)) await day(date);
    expect(await silent()).toEqual([]);
    expect(await legs('2026-11-22T22:00:00Z')).toEqual([]);
    for (const channel of ['journal', 'mail']) {
      const stuck = told.filter((line) => line.includes(` ${channel} PIPELINE SILENT`));
      expect(stuck.map((line) => line.slice(12).replace(/ · since.*/, ''))).toEqual([
        `${channel} PIPELINE SILENT · canary`,
        `${channel} PIPELINE SILENT RESOLVED · canary`,
      ]);
    }
  });

  it('is told where its schedule does not start it, and stays told while day after day goes by', async () => {
    for (const date of ['2026-11-17', '2026-11-18']) await day(date);
    for (const date of ['2026-11-19', '2026-11-20', '2026-11-21']) await day(date, false);
    expect(await silent()).toEqual([
      'pipeline/canary: The canary has not come round since 2026-11-18T07:00:00Z: it was not pulled',
    ]);
    expect(told.filter((line) => line.includes('mail PIPELINE SILENT'))).toHaveLength(1);
  });

  it('is expected only from the first time on that came after it was applied', async () => {
    await day('2025-12-31', false);
    expect(await silent()).toEqual([]);
    expect(await health('2025-12-31T22:00:00Z')).toEqual(['warn : It has not gone round yet.']);
    await day('2026-01-01', false);
    expect(await silent()).toEqual([
      'pipeline/canary: The canary has not come round since 2026-01-01T07:00:00Z: it was not pulled',
    ]);
  });

  it('may still come while nobody was there to bring it round', async () => {
    await day('2026-11-17');
    await sweep('2026-11-18T15:00:00Z');
    expect(await silent()).toEqual([]);
    expect(await legs('2026-11-18T15:00:00Z')).toEqual(['pulled']);
  });
});

describe('a site without a canary', () => {
  it('runs as it is written, and tells once that what a canary left is over', async () => {
    await day('2026-11-17');
    site.write({ 'site.yaml': `${SITE}watch: { silent_after_minutes: 300 }\n` });
    await site.apply();
    expect(withCanary(site.config())).toBe(site.config());
    told = [];
    await day('2026-11-18', false);
    expect(told.filter((line) => line.includes(' mail '))).toEqual([
      expect.stringMatching(/^11-18T02:00 mail OFF TRACK RESOLVED .*a test of the whole way, nothing is wrong/),
    ]);
    expect(await site.openAlerts()).toEqual([]);
    expect(await health('2026-11-18T22:00:00Z')).toEqual([]);
  });
});
