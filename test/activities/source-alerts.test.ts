// Alerts about sources that several pull groups share, or that nothing reads any more.
import { afterEach, describe, expect, it } from 'vitest';
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
const hourly = extractOf('visits').replace("{ every: day, at: '06:30' }", '{ every: hour, minute: 15 }');
const both = {
  'extracts/all.yaml': extractsFile(extractOf('sales'), hourly),
  'scorecards/company.yaml': scorecardFile(
    measureOf('sales', 'sales', 'monthly'),
    measureOf('visits', 'visits', 'monthly'),
  ),
  'sources/sales.csv': `${HEADER}2026-10-10,a,120\n`,
  'sources/visits.csv': `${HEADER}2026-10-10,a,120\n`,
};

/** Pulls of the extract fail as those of a connection that is down. */
async function failedPull(extract: string, group: string, logicalTime: string): Promise<void> {
  const configRevision = site.config().revision;
  const { runId } = await site.steps.planRun({ group, configRevision, logicalTime, trigger: 'once' });
  const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
  await site.steps.recordPullFailure({ runId, extracts: [extract], failure });
  await site.steps.scoreRun({ runId });
  await site.steps.assessRun({ runId });
  await site.steps.closeRun({ runId, ended: 'finished' });
}

describe('an alert about a connection', () => {
  it('is not resolved by another group that could read its own extract', async () => {
    site = await createSmallSite(both);
    await site.collect('2026-11-20T05:15:00Z', 'files-hour-15');
    await failedPull('sales', 'files-day-0630', '2026-11-20T05:30:00Z');
    expect(await site.openAlerts()).toHaveLength(1);
    const again = await site.collect('2026-11-20T06:15:00Z', 'files-hour-15');
    expect(again.alertsResolved).toBe(0);
    expect(await site.openAlerts()).toEqual(['source_failed connection/files 2026-11-20T05:30:00Z']);
    const mended = await site.collect('2026-11-20T07:30:00Z');
    expect(mended.alertsResolved).toBe(1);
  });

  it('holds back no late alert of a measure whose own extract was read since', async () => {
    site = await createSmallSite({ ...both, 'sources/visits.csv': `${HEADER}2026-09-10,a,120\n` });
    await site.collect('2026-11-06T04:15:00Z', 'files-hour-15');
    await failedPull('sales', 'files-day-0630', '2026-11-09T05:30:00Z');
    await site.sweep('2026-11-09T05:35:00Z');
    expect(await site.openAlerts()).toEqual(['source_failed connection/files 2026-11-09T05:30:00Z']);
    await site.collect('2026-11-09T06:15:00Z', 'files-hour-15');
    expect(await site.openAlerts()).toEqual([
      'source_failed connection/files 2026-11-09T05:30:00Z',
      'late measure/company/visits 2026-10',
    ]);
  });

  it('ends when the extract that failed feeds no measure any more', async () => {
    site = await createSmallSite(both);
    await site.collect('2026-11-20T05:15:00Z', 'files-hour-15');
    await failedPull('sales', 'files-day-0630', '2026-11-20T05:30:00Z');
    site.write({ 'scorecards/company.yaml': scorecardFile(measureOf('visits', 'visits', 'monthly')) });
    await site.apply();
    await site.sweep('2026-11-20T06:00:00Z');
    expect(await site.openAlerts()).toEqual([]);
  });

  it('ends when no extract reads the connection any more', async () => {
    site = await createSmallSite({
      ...both,
      'connections.yaml':
        'connections:\n  files: { connector: csv, owner: robin, options: { folder: sources } }\n  other: { connector: csv, owner: robin, options: { folder: sources } }\n',
    });
    await failedPull('sales', 'files-day-0630', '2026-11-20T05:30:00Z');
    site.write({
      'extracts/all.yaml': extractsFile(extractOf('sales'), hourly).replaceAll(
        'connection: files',
        'connection: other',
      ),
    });
    await site.apply();
    await site.collect('2026-11-20T08:15:00Z', 'other-hour-15');
    await site.collect('2026-11-20T08:30:00Z', 'other-day-0630');
    expect(await site.openAlerts()).toEqual([]);
  });
});

describe('a site that was applied and not collected yet', () => {
  it('has nobody late: a sweep before the first collection states nothing and tells nobody', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': 'day,code,amount\n2026-10-10,a,120\n',
    });
    await site.sweep('2026-11-20T06:00:00Z');
    expect(await site.openAlerts()).toEqual([]);
    expect(await site.standing('company/sales')).toEqual([]);
    await site.collect('2026-11-20T06:30:00Z');
    await site.sweep('2026-11-20T06:35:00Z');
    expect(await site.standing('company/sales')).toEqual(['2026-10 on_track 120']);
    expect((await site.store.models.outboxRecords(10)).length).toBe(0);
  });

  it('is told of a measure that is added later only when its source has been read', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('orders')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': 'day,code,amount\n2026-10-10,a,120\n',
    });
    await site.collect('2026-11-20T06:30:00Z');
    site.write({
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly'),
        measureOf('orders', 'orders', 'monthly'),
      ),
    });
    await site.apply();
    await site.sweep('2026-11-20T07:00:00Z');
    expect(await site.openAlerts()).toEqual([]);
    await site.collect('2026-11-21T06:30:00Z');
    expect((await site.openAlerts()).map((alert) => alert.split(' ').slice(0, 2).join(' '))).toEqual([
      'missing measure/company/orders',
    ]);
  });
});
