// Runs that end between two steps, come late or find another definition: steps over a real store and real files.
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

describe('a run that was cut off between pulling and scoring', () => {
  it('leaves its revisions to be scored by the next run', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly', '    restatement_periods: 12\n')),
      'sources/sales.csv': `${HEADER}2026-02-10,a,120\n2026-10-10,b,120\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    site.write({ 'sources/sales.csv': `${HEADER}2026-02-10,a,10\n2026-10-10,b,120\n` });
    const group = 'files-day-0630';
    const configRevision = site.config().revision;
    const { runId } = await site.steps.planRun({
      group,
      configRevision,
      logicalTime: '2026-11-21T06:30:00Z',
      trigger: 'once',
    });
    await site.steps.pullExtracts({ runId, extracts: ['sales'] });
    await site.steps.closeRun({ runId, ended: 'cancelled' });
    expect((await site.standing('company/sales'))[0]).toBe('2026-02 on_track 120');
    await site.collect('2026-11-22T06:30:00Z');
    expect((await site.standing('company/sales'))[0]).toBe('2026-02 off_track 10');
    expect((await site.store.read.currentScores(['company'], '2026-02-01')).map((each) => each.score)[0]).toBe('0');
  });
});

describe('a run for an older time', () => {
  it('does not mark the days between it and the history as collected', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': `${HEADER}2020-01-10,a,120\n2023-06-10,b,130\n2026-10-10,c,140\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    const before = await site.store.read.progress(['company/sales']);
    await site.collect('2020-02-20T06:30:00Z');
    const [after] = await site.store.read.progress(['company/sales']);
    expect(after?.collectedFrom).toBe(before[0]?.collectedFrom);
  });
});

describe('a measure that never reported', () => {
  it('becomes late and missing though newer periods have closed meanwhile', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'daily', '    due: { business_days: 1, grace_days: 1 }\n'),
      ),
      'sources/sales.csv': HEADER,
    });
    for (const day of [16, 17, 18, 19, 20]) {
      await site.collect(`2026-11-${day}T06:30:00Z`);
      await site.sweep(`2026-11-${day}T22:50:00Z`);
    }
    expect(await site.standing('company/sales')).toEqual([
      '2026-11-15 missing -',
      '2026-11-16 missing -',
      '2026-11-17 missing -',
      '2026-11-18 late -',
      '2026-11-19 not_due -',
    ]);
    expect(await site.openAlerts()).toEqual(['missing measure/company/sales 2026-11-15']);
  });
});

describe('days without a worker', () => {
  it('do not leave a period late that has become missing', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly', '    due: { business_days: 5, grace_days: 40 }\n'),
      ),
      'sources/sales.csv': `${HEADER}2026-01-10,a,120\n`,
    });
    await site.collect('2026-04-02T06:30:00Z');
    expect(await site.standing('company/sales')).toEqual([
      '2026-01 on_track 120',
      '2026-02 late -',
      '2026-03 not_due -',
    ]);
    await site.sweep('2026-11-20T06:30:00Z');
    expect((await site.standing('company/sales'))[1]).toBe('2026-02 missing -');
  });
});

describe('months in which nothing ran and no measure closed', () => {
  it('are rolled up afterwards', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'yearly')),
      'sources/sales.csv': `${HEADER}2025-02-10,a,120\n`,
    });
    await site.collect('2026-03-10T06:30:00Z');
    await site.sweep('2026-07-10T06:30:00Z');
    const months = await site.store.read.currentScores(['company'], '2026-03-01');
    expect(months.map(({ period, score }) => `${period.id} ${score}`)).toEqual([
      '2026-03 1',
      '2026-04 1',
      '2026-05 1',
      '2026-06 1',
      '2026-07 1',
    ]);
  });
});

describe('a value that comes late', () => {
  it('is read though its period has left the restatement window', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(
        measureOf(
          'sales',
          'sales',
          'daily',
          '    restatement_periods: 0\n    due: { business_days: 5, grace_days: 3 }\n',
        ),
      ),
      'sources/sales.csv': `${HEADER}2026-11-09,a,120\n`,
    });
    await site.collect('2026-11-10T06:30:00Z');
    for (const day of [11, 12, 13, 14, 15, 16, 17]) await site.collect(`2026-11-${day}T06:30:00Z`);
    expect((await site.standing('company/sales'))[1]).toBe('2026-11-10 not_due -');
    site.write({ 'sources/sales-2.csv': `${HEADER}2026-11-10,a,130\n` });
    await site.collect('2026-11-18T06:30:00Z');
    expect((await site.standing('company/sales'))[1]).toBe('2026-11-10 on_track 130');
  });
});

describe('a measure whose frequency was changed', () => {
  it('has no run of bad periods across the change', async () => {
    const file = (frequency: string): string =>
      scorecardFile(measureOf('sales', 'sales', frequency, '    off_track_after: 4\n'));
    const months = ['05', '06', '07', '08', '09', '10'].map((month) => `2026-${month}-10,a,1\n`);
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': file('quarterly'),
      'sources/sales.csv': `${HEADER}2026-01-05,a,500\n${months.join('')}`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    expect(await site.openAlerts()).toEqual([]);
    site.write({
      'scorecards/company.yaml': file('monthly'),
      'sources/sales.csv': `${HEADER}2026-07-05,a,500\n${months.slice(3).join('')}`,
    });
    await site.apply();
    await site.collect('2026-11-21T06:30:00Z');
    expect(await site.openAlerts()).toEqual([]);
  });
});

describe('a slow run', () => {
  it('does not turn back what a sweep has found since its nominal time', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': `${HEADER}2026-09-10,a,120\n`,
    });
    // October is due at the end of Friday 6 November; the sweep comes after midnight, the run began before it.
    await site.collect('2026-11-06T06:30:00Z');
    await site.sweep('2026-11-06T23:05:00Z');
    expect(await site.openAlerts()).toEqual(['late measure/company/sales 2026-10']);
    await site.collect('2026-11-06T22:30:00Z');
    expect(await site.openAlerts()).toEqual(['late measure/company/sales 2026-10']);
    expect(await site.standing('company/sales')).toEqual(['2026-09 on_track 120', '2026-10 late -']);
  });
});

describe('a period without a usable row', () => {
  it('is not 0 where rows of it were rejected, though empty means 0', async () => {
    site = await createSmallSite({
      // Else a file that is rejected as a whole would give no value at all.
      'extracts/all.yaml': extractsFile(extractOf('sales', '    limits: { rejected_percent: 100 }\n')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly', '    empty_means_zero: true\n')),
      'sources/sales.csv': `${HEADER}2026-09-10,a,ten\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    const actuals = await site.store.read.currentActuals(['company/sales'], '2026-08-01');
    expect(actuals.map(({ period, value }) => `${period.id} ${value}`)).toEqual([
      '2026-08 0',
      '2026-10 0',
      '2026-11 0',
    ]);
  });
});

describe('recordPullFailure()', () => {
  it('replaces the outcome that an earlier start of the same run had', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': `${HEADER}2026-09-10,a,120\n`,
    });
    const logicalTime = '2026-11-20T06:30:00Z';
    const { runId } = await site.collect(logicalTime);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await site.steps.planRun({
      group: 'files-day-0630',
      configRevision: site.config().revision,
      logicalTime,
      trigger: 'manual',
    });
    const failure = { kind: 'timeout', code: 'STEP_TIMED_OUT', message: 'it did not end' } as const;
    await site.steps.recordPullFailure({ runId, extracts: ['sales'], failure });
    expect((await site.store.read.pulls(runId)).map((pull) => pull.outcome)).toEqual(['failed']);
    expect(await site.steps.closeRun({ runId, ended: 'finished' })).toEqual({ state: 'failed' });
  });
});
