// Alerts about a status that is not what it was said to be, and about values that are held to nothing.
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

const csv = (september: number, october: number) =>
  `day,code,amount\n2026-09-10,a,${september}\n2026-10-10,a,${october}\n`;
const files = {
  'extracts/all.yaml': extractsFile(extractOf('sales')),
  'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  'sources/sales.csv': csv(120, 120),
};

const history = async (): Promise<string[]> =>
  (await site.store.models.alertHistory(20)).flatMap(({ kind, period, history: events }) =>
    events.map(({ transition, condition, reason }) =>
      [transition, kind, period, transition === 'resolved' ? reason : condition.summary].join(' | '),
    ),
  );

describe('a correction of a closed period', () => {
  it('is told when it turns the status, once, and is over after seven days', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-20T05:30:00Z');
    site.write({ 'sources/sales.csv': csv(50, 120) });
    await site.collect('2026-11-21T05:30:00Z');
    await site.sweep('2026-11-21T05:35:00Z');
    await site.sweep('2026-11-28T05:29:59Z');
    const opened =
      'opened | restated | 2026-09 | sales (monthly): 2026-09 was on track and is off track since its value was corrected';
    expect(await history()).toEqual([opened]);
    await site.sweep('2026-11-28T05:30:00Z');
    expect(await history()).toEqual([
      opened,
      'resolved | restated | 2026-09 | the status is what it was before, or the correction is more than 7 days ago',
    ]);
  });

  it('is over at once when it is taken back', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-20T05:30:00Z');
    site.write({ 'sources/sales.csv': csv(50, 120) });
    await site.collect('2026-11-21T05:30:00Z');
    expect(await site.openAlerts()).toEqual(['restated measure/company/sales 2026-09']);
    site.write({ 'sources/sales.csv': csv(120, 120) });
    await site.collect('2026-11-22T05:30:00Z');
    expect(await site.openAlerts()).toEqual([]);
  });

  it('is not told when the status stays, or when another rule has turned it', async () => {
    site = await createSmallSite(files);
    await site.collect('2026-11-20T05:30:00Z');
    site.write({ 'sources/sales.csv': csv(110, 120) });
    await site.collect('2026-11-21T05:30:00Z');
    const stricter = measureOf('sales', 'sales', 'monthly').replace('value: 100', 'value: 400');
    site.write({ 'scorecards/company.yaml': scorecardFile(stricter) });
    await site.apply();
    await site.collect('2026-11-22T05:30:00Z');
    expect(await site.standing('company/sales')).toEqual(['2026-09 off_track 110', '2026-10 off_track 120']);
    expect(await history()).toEqual([]);
  });
});

describe('a value without a target', () => {
  const held = (targets: string) =>
    scorecardFile(measureOf('sales', 'sales', 'monthly').replace('[{ from: 2020-01, value: 100 }]', targets));

  it('is told once, and is over when somebody sets the next target', async () => {
    site = await createSmallSite({
      ...files,
      'scorecards/company.yaml': held('[{ from: 2020-01, until: 2026-09, value: 100 }]'),
    });
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    const opened =
      'opened | target_missing | 2026-10 | sales (monthly): no target in force since 2026-10, 1 period with a value and no score';
    expect(await history()).toEqual([opened]);
    site.write({ 'scorecards/company.yaml': held('[{ from: 2020-01, value: 100 }]') });
    await site.apply();
    await site.collect('2026-11-21T05:30:00Z');
    expect(await history()).toEqual([
      opened,
      'resolved | target_missing | 2026-10 | the newest period with a value has a target',
    ]);
  });
});
