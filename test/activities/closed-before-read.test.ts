// A period that has ended is judged when its source was read since: the run of the morning before knows nothing of the last day.
import { afterEach, expect, it } from 'vitest';
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

const BAD_MONTHS = 'day,code,amount\n2026-08-10,a,50\n2026-09-10,a,50\n2026-10-30,a,50\n';
const OFF_TRACK = 'off_track measure/company/sales 2026-08';

const create = async (): Promise<void> => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': BAD_MONTHS,
  });
  await site.collect('2026-10-31T05:30:00Z');
  // A second into November in Berlin.
  await site.sweep('2026-10-31T23:00:01Z');
};

it('a sweep at the end of a month calls nothing off track that the last day may mend', async () => {
  await create();
  expect(await site.openAlerts()).toEqual([]);
  site.write({ 'sources/sales.csv': `${BAD_MONTHS}2026-10-31,a,60\n` });
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.standing('company/sales')).toContain('2026-10 on_track 110');
  expect(await site.store.models.outboxRecords(10)).toEqual([]);
});

it('the first run after the end of a month calls off track what is', async () => {
  await create();
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.openAlerts()).toEqual([OFF_TRACK]);
});

it('a run that could not read the source calls nothing off track either', async () => {
  await create();
  site.write({ 'sources/sales.csv': 'nothing that was agreed\n1\n' });
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.openAlerts()).toEqual(['source_failed extract/sales 2026-11-01T05:30:00Z']);
});
