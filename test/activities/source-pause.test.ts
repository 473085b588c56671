// A refused account, walked through the real steps by a clock of nominal times: who asks it again, and when.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '#src/activities/types.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { RunTrigger } from '#src/store/types.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const HOURLY = 'system-hour-15';
const DAILY = 'system-day-0630';
const hourly = (id: string, more?: string): string =>
  fakeExtract(id, more).replace("{ every: day, at: '06:30' }", '{ every: hour, minute: 15 }');
const on5March = (time: string): string => `2026-03-05T${time}:00Z`;

describe('a connection that refused its account', () => {
  let site: FakeSite;
  let failing: FailureKind | undefined;
  /** Extracts by the order in which the system was asked for them. */
  let asked: string[];

  const open = async (...extracts: readonly string[]): Promise<void> => {
    const ids = extracts.map((text) => /^ {2}([\w-]+):/.exec(text)?.[1] ?? '');
    site = await createFakeSite({
      'extracts/all.yaml': extractsFile(...extracts),
      'scorecards/company.yaml': scorecardFile(...ids.map((id) => measureOf(id, id, 'monthly'))),
    });
    site.system.onRead = ({ options }) => {
      asked.push(options.stream);
      if (failing !== undefined) throw new PlumblineError(failing, 'SOURCE_SAID_NO', 'the account "kpi" was refused');
    };
  };
  const run = (logicalTime: string, trigger: RunTrigger = 'schedule', group = HOURLY): Promise<RunSummary> => {
    site.clock = logicalTime;
    const steps = inProcessSteps(site.services, new AbortController().signal);
    const request = { group, configRevision: site.config().revision, logicalTime, trigger };
    return collectRun(steps, inProcessRunner, request);
  };
  const failureOf = async (extract = 'sales') => {
    const [pull] = await site.services.store.read.latestPulls([extract]);
    return pull?.outcome === 'failed' ? pull.failure : undefined;
  };
  const alertEvents = async (): Promise<string[]> =>
    (await site.services.store.read.alerts({})).map(({ subject, state, events }) => `${subject} ${state} ${events}`);
  const messages = async (): Promise<number> => (await site.services.store.models.outboxRecords(99)).length;

  beforeEach(() => {
    failing = 'auth';
    asked = [];
  });
  afterEach(() => site.dispose());

  it('is left alone by scheduled runs until six hours after the attempt, and then asked once', async () => {
    await open(hourly('sales'));
    const hours = ['06', '07', '08', '09', '10', '11', '12', '13'];
    for (const hour of hours) expect((await run(on5March(`${hour}:15`))).state).toBe('failed');
    expect(asked).toEqual(['sales', 'sales']);
    expect(site.system.opened).toBe(2);
    expect(await failureOf()).toEqual({
      kind: 'auth',
      code: 'SOURCE_PAUSED',
      message: expect.stringMatching(
        /connection "system" is left alone until 2026-03-05T18:15:00Z.*"sales" for 2026-03-05T12:15:00Z was refused \(SOURCE_SAID_NO\): the account "kpi" was refused$/,
      ),
      remedy: expect.stringContaining(`"plumbline trigger ${HOURLY}"`),
    });
  });

  it('has one alert and one message over all of it, and resolves it when it is read again', async () => {
    await open(hourly('sales'));
    for (const hour of ['06', '07', '08', '12', '13']) await run(on5March(`${hour}:15`));
    expect(await alertEvents()).toEqual(['connection/system open 1']);
    expect(await messages()).toBe(1);
    failing = undefined;
    await run(on5March('17:15'));
    expect(await alertEvents()).toEqual(['connection/system open 1']);
    await run(on5March('18:15'));
    expect(await alertEvents()).toEqual(['connection/system resolved 2']);
  });

  it.each(['manual', 'once'] as const)('is asked at once by a run that a person starts: %s', async (trigger) => {
    await open(hourly('sales'));
    await run(on5March('06:15'));
    failing = undefined;
    expect((await run('2026-03-05T06:41:07Z', trigger)).state).toBe('done');
    expect((await run(on5March('07:15'))).state).toBe('done');
    expect(asked).toHaveLength(3);
  });

  it('is asked by a triggered schedule, which Temporal tells from a scheduled start only by its time', async () => {
    await open(hourly('sales'));
    await run(on5March('06:15'));
    await run('2026-03-05T06:41:07.250Z', 'schedule');
    expect(asked).toHaveLength(2);
    const [latest] = await site.services.store.models.latestRuns(1);
    expect(latest?.trigger).toBe('manual');
  });

  it('is left alone anew from the attempt of a person, when that was refused too', async () => {
    await open(hourly('sales'));
    await run(on5March('06:15'));
    await run('2026-03-05T10:41:07Z', 'manual');
    await run(on5March('12:15'));
    expect(asked).toHaveLength(2);
    await run(on5March('17:15'));
    expect(asked).toHaveLength(3);
  });

  it('is asked at once under another configuration', async () => {
    await open(hourly('sales'));
    await run(on5March('06:15'));
    await site.apply({ 'people.yaml': 'people: { robin: { name: Robin Lee } }\n' });
    await run(on5March('07:15'));
    expect(asked).toHaveLength(2);
  });

  it('is not asked for its other extracts, in the same step, in the same run, or in another group', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `e${index + 10}`);
    await open(...ids.map((id) => hourly(id)), fakeExtract('daily'));
    const summary = await run(on5March('05:15'));
    expect(summary).toMatchObject({ state: 'failed', failedExtracts: ids });
    // Four steps of a run are under way at once, so up to four are asked before the first has been refused.
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(new Set(await Promise.all(ids.map(async (id) => (await failureOf(id))?.code)))).toEqual(
      new Set(['SOURCE_SAID_NO']),
    );
    const before = asked.length;
    await run(on5March('05:30'), 'schedule', DAILY);
    expect(asked).toHaveLength(before);
    expect(await failureOf('daily')).toMatchObject({ kind: 'auth', code: 'SOURCE_PAUSED' });
  });

  it('is asked once by one step, also by a person', async () => {
    await open(hourly('sales'), hourly('visits'));
    const group = { group: HOURLY, configRevision: site.config().revision };
    const steps = inProcessSteps(site.services, new AbortController().signal);
    const { runId } = await steps.planRun({ ...group, logicalTime: on5March('06:15'), trigger: 'manual' });
    const request = { runId, extracts: ['sales', 'visits'] };
    expect((await steps.pullExtracts(request)).failedExtracts).toEqual(['sales', 'visits']);
    const recorded = await site.services.store.read.pulls(runId);
    site.clock = on5March('06:20');
    // The same step once more, as when its worker was lost after it had committed.
    expect((await steps.pullExtracts(request)).failedExtracts).toEqual(['sales', 'visits']);
    expect(asked).toEqual(['sales']);
    expect(await site.services.store.read.pulls(runId)).toEqual(recorded);
  });

  it('keeps the record of the attempt when its run is started once more, so that the pause does not end early', async () => {
    await open(hourly('sales'));
    await run(on5March('06:15'));
    site.clock = on5March('06:30');
    const steps = inProcessSteps(site.services, new AbortController().signal);
    const start = { group: HOURLY, configRevision: site.config().revision, logicalTime: on5March('06:15') };
    await collectRun(steps, inProcessRunner, { ...start, trigger: 'schedule' });
    expect(await failureOf()).toMatchObject({ code: 'SOURCE_SAID_NO' });
    await run(on5March('07:15'));
    expect(asked).toHaveLength(1);
  });

  it('stays left alone though a snapshot beside it had nothing to read', async () => {
    failing = undefined;
    const snapshot = '    snapshot: { takes: first }\n    columns: { amount: decimal }\n';
    await open(hourly('sales'), hourly('stock', snapshot));
    site.system.streams.set('stock', { fields: ['amount'], rows: [['10']] });
    await run(on5March('06:15'));
    failing = 'auth';
    await run(on5March('07:15'));
    await run(on5March('08:15'));
    expect(asked.filter((extract) => extract === 'sales')).toHaveLength(2);
    const [stock] = await site.services.store.read.latestPulls(['stock']);
    expect(stock).toMatchObject({ outcome: 'ok', digest: 'not-read' });
  });

  it('is another matter than one without the right, or without an answer: those are asked by each run', async () => {
    await open(hourly('sales'));
    for (const [kind, hour] of [
      ['permission', '06'],
      ['layout', '07'],
      ['data', '08'],
      ['not_found', '09'],
    ] as const) {
      failing = kind;
      await run(on5March(`${hour}:15`));
    }
    expect(asked).toHaveLength(4);
  });

  it('does not hold back a connection that was read since, for no row at all', async () => {
    await open(hourly('sales'), fakeExtract('daily'));
    await run(on5March('05:15'));
    failing = undefined;
    await run('2026-03-05T05:20:03Z', 'manual', DAILY);
    expect((await run(on5March('06:15'))).state).toBe('done');
  });
});
