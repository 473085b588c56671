// The first sweep after an outage comes before the runs that are made up for: what looks late may be there in a minute.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

const HEADER = 'day,code,amount\n';
/** A day is due by the end of the next working day, and missing a day later. */
const DUE = '    due: { business_days: 1, grace_days: 1 }\n';

let site: SmallSite;

beforeEach(async () => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'daily', DUE)),
    'sources/sales.csv': `${HEADER}2026-11-17,a,1\n2026-11-18,a,1\n`,
  });
  await site.collect('2026-11-19T05:30:00Z');
  await sweep('2026-11-19T06:00:00Z');
});
afterEach(() => site.dispose());

async function sweep(time: string, scheduled = true): Promise<void> {
  const services = { ...site.services, now: () => time };
  await sweepFreshness(services, { configRevision: site.config().revision, logicalTime: time, scheduled });
}

const told = async (): Promise<string[]> =>
  (await site.store.models.alertHistory(100)).flatMap(({ kind, history }) =>
    kind !== 'late' && kind !== 'missing' ? [] : history.map(({ transition, at }) => `${transition} ${kind} ${at}`),
  );

describe('a sweep after an outage', () => {
  it('tells nobody that a value is late which a run under way is about to bring', async () => {
    await sweep('2026-11-24T09:00:00Z');
    await sweep('2026-11-24T09:05:00Z');
    expect(await told()).toEqual([]);
    site.write({ 'sources/sales.csv': `${HEADER}2026-11-18,a,1\n2026-11-19,a,1\n2026-11-20,a,1\n2026-11-23,a,1\n` });
    await site.collect('2026-11-24T05:30:00Z');
    await sweep('2026-11-24T09:10:00Z');
    expect(await told()).toEqual([]);
  });

  it('tells it once the run has been there and has not brought it', async () => {
    await sweep('2026-11-24T09:00:00Z');
    await site.collect('2026-11-24T05:30:00Z');
    expect(await told()).toEqual(['opened missing 2026-11-24T05:30:00Z']);
  });

  it('waits no longer than an hour for a run that does not come', async () => {
    await sweep('2026-11-24T09:00:00Z');
    await sweep('2026-11-24T09:25:00Z');
    expect(await told()).toEqual([]);
    await sweep('2026-11-24T09:50:00Z');
    expect(await told()).toEqual(['opened missing 2026-11-24T09:50:00Z']);
  });

  it('leaves an alert alone that stands already', async () => {
    await sweep('2026-11-21T06:00:00Z', false);
    const before = await told();
    expect(before.length).toBeGreaterThan(0);
    await sweep('2026-11-24T09:00:00Z');
    expect(await told()).toEqual(before);
  });

  it('does not wait where nobody was away', async () => {
    for (const time of ['06:25', '06:50', '07:15']) await sweep(`2026-11-19T${time}:00Z`);
    await sweep('2026-11-24T09:00:00Z', false);
    expect(await told()).toEqual(['opened missing 2026-11-24T09:00:00Z']);
  });
});
