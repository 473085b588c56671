// What people do to alerts, between the runs and sweeps of a real store.
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertAct, actOnAlert } from '#src/activities/alert/act-on-alert.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const HEADER = 'day,code,amount\n';
const people = 'people: { robin: { name: Robin }, kim: { name: Kim } }\n';
const files = {
  'people.yaml': people,
  'extracts/all.yaml': extractsFile(extractOf('sales')),
  'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  'sources/sales.csv': `${HEADER}2026-09-10,a,120\n`,
};

async function act(change: Pick<AlertAct, 'transition' | 'at'> & Partial<AlertAct>): Promise<void> {
  const [alert] = (await site.store.read.alerts({})).toReversed();
  if (alert === undefined) throw new Error('there is no alert');
  const telling = { config: site.config(), recordedAt: change.at, composeAlert: site.services.composeAlert };
  await actOnAlert(site.store, telling, { alert, author: 'kim', reason: 'so', ...change });
}

/** Subjects of all messages, in the order of the alphabet: they are made at times of this machine. */
const subjects = async (): Promise<string[]> =>
  (await site.store.models.outboxRecords(20)).map(({ subject }) => subject.replace('[Plumbline] ', '')).toSorted();

const transitions = async (): Promise<string[]> =>
  (await site.store.models.alertHistory(20))
    .flatMap(({ history }) => history)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ transition, condition }) => `${transition} ${condition.kind}`);

async function failedPull(logicalTime: string): Promise<void> {
  const configRevision = site.config().revision;
  const group = 'files-day-0630';
  const { runId } = await site.steps.planRun({ group, configRevision, logicalTime, trigger: 'once' });
  const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
  await site.steps.recordPullFailure({ runId, extracts: ['sales'], failure });
  await site.steps.assessRun({ runId });
  await site.steps.closeRun({ runId, ended: 'finished' });
}

describe('what people do to an alert', () => {
  it('is told to its owner once each, and neither sweeps nor two at once add a word', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-09T05:30:00Z');
    await act({ transition: 'acknowledged', at: '2026-11-09T08:00:00Z' });
    await act({ transition: 'snoozed', at: '2026-11-09T09:00:00Z', until: '2026-11-09T12:00:00Z' });
    await site.sweep('2026-11-09T11:59:59Z');
    await Promise.all(['2026-11-09T12:00:00Z', '2026-11-09T12:00:00Z', '2026-11-09T12:05:00Z'].map(site.sweep));
    expect(await subjects()).toEqual([
      'LATE ACKNOWLEDGED · sales · since 2026-10',
      'LATE SNOOZED · sales · since 2026-10',
      'LATE STILL · sales · since 2026-10',
      'LATE · sales · since 2026-10',
    ]);
    site.write({ 'sources/sales.csv': `${HEADER}2026-10-10,a,120\n` });
    await site.collect('2026-11-10T05:30:00Z');
    expect(await subjects()).toContain('LATE RESOLVED · sales · since 2026-10');
    expect(await subjects()).toHaveLength(5);
  });

  it('leaves it to resolve by itself while it is acknowledged or snoozed', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-09T05:30:00Z');
    await act({ transition: 'snoozed', at: '2026-11-09T09:00:00Z', until: '2026-12-01T12:00:00Z' });
    site.write({ 'sources/sales.csv': `${HEADER}2026-10-10,a,120\n` });
    await site.collect('2026-11-10T05:30:00Z');
    await site.sweep('2026-12-01T12:00:00Z');
    expect(await transitions()).toEqual(['opened late', 'snoozed late', 'resolved late']);
  });

  it('does not judge a run by the later time at which somebody acknowledged', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-09T05:30:00Z');
    await act({ transition: 'acknowledged', at: '2026-11-20T08:00:00Z' });
    await site.sweep('2026-11-09T06:00:00Z');
    expect(await transitions()).toEqual(['opened late', 'acknowledged late']);
  });
});

describe('an alert that somebody resolved', () => {
  it('about a source opens anew when the source fails once more, and not before', async () => {
    site = await createSmallSite(files);
    await failedPull('2026-11-05T05:30:00Z');
    await act({ transition: 'resolved', at: '2026-11-05T08:00:00Z' });
    await site.sweep('2026-11-05T09:00:00Z');
    expect(await transitions()).toEqual(['opened source_failed', 'resolved source_failed']);
    await failedPull('2026-11-06T05:30:00Z');
    expect(await site.openAlerts()).toEqual(['source_failed connection/files 2026-11-06T05:30:00Z']);
    await site.collect('2026-11-06T06:30:00Z');
    expect((await transitions()).toSorted()).toEqual([
      'opened source_failed',
      'opened source_failed',
      'resolved source_failed',
      'resolved source_failed',
      'settled source_failed',
    ]);
  });

  it('about missing values opens again when another period is missing', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-20T05:30:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/company/sales 2026-10']);
    await act({ transition: 'resolved', at: '2026-11-20T08:00:00Z' });
    await site.sweep('2026-12-01T05:30:00Z');
    expect(await site.openAlerts()).toEqual([]);
    await site.sweep('2026-12-20T05:30:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/company/sales 2026-10']);
    expect((await transitions()).filter((each) => each.endsWith('missing'))).toEqual([
      'opened missing',
      'resolved missing',
      'reopened missing',
    ]);
  });
});

describe('times to wait', () => {
  const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { journal: { kind: file, path: data/alerts.log } }
alerts: { pending_minutes: { source_failed: 60 }, hold_minutes: { source_failed: 120 } }
`;

  it('keep a source that fails for a moment out of the mail, and one that flaps to one alert', async () => {
    site = await createSmallSite({ ...files, 'site.yaml': SITE });
    await failedPull('2026-11-05T05:30:00Z');
    await site.collect('2026-11-05T06:00:00Z');
    expect(await subjects()).toEqual([]);
    await failedPull('2026-11-05T07:00:00Z');
    await site.sweep('2026-11-05T07:59:59Z');
    expect(await subjects()).toEqual([]);
    await site.sweep('2026-11-05T08:00:00Z');
    await site.collect('2026-11-05T08:30:00Z');
    await failedPull('2026-11-05T09:00:00Z');
    await site.collect('2026-11-05T10:00:00Z');
    await site.sweep('2026-11-05T11:59:59Z');
    expect(await subjects()).toEqual(['SOURCE FAILED · connection "files" · since 2026-11-05 08:00 Berlin time']);
    await site.sweep('2026-11-05T12:00:00Z');
    expect(await subjects()).toEqual([
      'SOURCE FAILED RESOLVED · connection "files" · since 2026-11-05 08:00 Berlin time',
      'SOURCE FAILED · connection "files" · since 2026-11-05 08:00 Berlin time',
    ]);
    expect(await transitions()).toEqual([
      'held_back source_failed',
      'dropped source_failed',
      'held_back source_failed',
      'opened source_failed',
      'eased source_failed',
      'relapsed source_failed',
      'eased source_failed',
      'resolved source_failed',
    ]);
  });
});
