// What an alert says where a status of a closed period was turned: by a corrected value, a changed target, changed bands.
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

const csv = (october: number) => `day,code,amount\n2026-09-10,a,120\n2026-10-10,a,${october}\n`;
const measure = (target: number, more = '') =>
  scorecardFile(
    measureOf('sales', 'sales', 'monthly', `    off_track_after: 1\n${more}`).replace('value: 100', `value: ${target}`),
  );
const start = async () => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': measure(100),
    'sources/sales.csv': csv(120),
  });
  await site.collect('2026-11-20T05:30:00Z');
  expect(await site.openAlerts()).toEqual([]);
};
const changed = async (scorecard: string, at: string) => {
  site.write({ 'scorecards/company.yaml': scorecard });
  await site.apply();
  await site.collect(at);
};
const offTrack = async () =>
  (await site.store.models.alertHistory(10)).find(({ kind }) => kind === 'off_track') ?? {
    summary: '',
    details: [],
    history: [],
  };

describe('an alert about a status', () => {
  it('says that the target was changed, from what to what and when', async () => {
    await start();
    await changed(measure(400), '2026-11-21T05:30:00Z');
    const turned =
      '2026-10 was on track and is off track, since the target of 2026-10 was changed from 100 to 400 on 2026-11-21';
    const { summary, details } = await offTrack();
    expect(summary).toBe(
      `sales (monthly): off track since 2026-09, 2 periods in a row; 2026-10: 120.0 EUR against a target of 400; ${turned}`,
    );
    expect(details).toContain(`Why now: ${turned}.`);
    expect(details).toContain(`Why now: ${turned.replaceAll('2026-10', '2026-09')}.`);
  });

  it('says at its end that it ends because of a changed target', async () => {
    await start();
    await changed(measure(400), '2026-11-21T05:30:00Z');
    await changed(measure(110), '2026-11-22T05:30:00Z');
    const { history } = await offTrack();
    expect(history.at(-1)?.reason).toBe(
      'too few of the newest periods are off track for an alert; 2026-10 was off track and is on track, since the target of 2026-10 was changed from 400 to 110 on 2026-11-22',
    );
  });

  it('says that bands were changed', async () => {
    await start();
    const strict = "    bands: { on_track: '>= 200% of target', at_risk: '>= 190% of target' }\n";
    await changed(measure(100, strict), '2026-11-21T05:30:00Z');
    expect((await offTrack()).summary).toContain(
      '; 2026-10 was on track and is off track, since its bands or the rule of its score were changed on 2026-11-21',
    );
  });

  it('says that the value was corrected', async () => {
    await start();
    site.write({ 'sources/sales.csv': csv(50) });
    await site.collect('2026-11-21T05:30:00Z');
    expect((await offTrack()).summary).toContain(
      '; 2026-10 was on track and is off track, since its value was changed from 120.0 EUR to 50.0 EUR on 2026-11-21',
    );
  });

  it('says nothing of the kind where the first value was off track', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': measure(100),
      'sources/sales.csv': csv(50),
    });
    await site.collect('2026-11-20T05:30:00Z');
    const { summary, details } = await offTrack();
    expect(summary).toMatch(/50\.0 EUR against a target of 100$/);
    expect(details.filter((line) => line.startsWith('Why now'))).toEqual([]);
  });
});
