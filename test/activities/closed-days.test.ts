// A shop that is closed at weekends and on holidays: what is not there on those days is no gap, for anyone.
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

/** Friday 29 May 2026 has a row; then come a weekend and a Monday. */
const WEEK = ['2026-05-25', '2026-05-26', '2026-05-27', '2026-05-28', '2026-05-29'];
const rowsOn = (days: readonly string[]): string => `day,code,amount\n${days.map((day) => `${day},a,100\n`).join('')}`;
const EXPECTS = '    expects: { observations: working_days, minimum: 1 }\n';
const DUE = '    due: { business_days: 1, grace_days: 0 }\n';

const derived = (id: string, from: string, frequency: string): string =>
  measureOf(id, 'sales', frequency, DUE).replace('{ extract: sales, sum: amount }', from);

const card = (expects: string): string =>
  scorecardFile(
    measureOf('shop', 'sales', 'daily', `${expects}${DUE}`),
    derived('double', '{ formula: 2 * shop }', 'daily'),
    derived('total', '{ formula: shop + 1, inputs: { shop: { measure: shop, missing: zero } } }', 'daily'),
    derived('week', '{ measure: shop }', 'weekly'),
  );

const open = async (days: readonly string[], expects = EXPECTS): Promise<void> => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': card(expects),
    'sources/sales.csv': rowsOn(days),
  });
};

const newest = async (measure: string, count: number): Promise<string[]> =>
  (await site.standing(measure)).slice(-count);
const TUESDAY = '2026-06-02T06:30:00Z';

describe('a weekend on which nothing is expected', () => {
  it('is neither late nor missing, and alerts nobody', async () => {
    await open(WEEK);
    await site.collect(TUESDAY);
    const weekend = ['2026-05-30 not_expected -', '2026-05-31 not_expected -', '2026-06-01 not_due -'];
    expect(await newest('company/shop', 4)).toEqual(['2026-05-29 on_track 100', ...weekend]);
    expect(await newest('company/double', 4)).toEqual(['2026-05-29 on_track 200', ...weekend]);
    expect(await site.openAlerts()).toEqual([]);
  });

  it('makes no week partial, which is judged as a whole one', async () => {
    await open(WEEK);
    await site.collect(TUESDAY);
    expect(await newest('company/week', 1)).toEqual(['2026-W22 on_track 500']);
  });

  it('does not part the missing days around it into two alerts', async () => {
    await open(WEEK.slice(0, 4));
    await site.collect('2026-06-03T06:30:00Z');
    expect(await newest('company/shop', 5)).toEqual([
      '2026-05-29 missing -',
      '2026-05-30 not_expected -',
      '2026-05-31 not_expected -',
      '2026-06-01 missing -',
      '2026-06-02 not_due -',
    ]);
    expect(await site.openAlerts()).toContain('missing measure/company/shop 2026-05-29');
    expect(await newest('company/week', 1)).toEqual(['2026-W22 insufficient_data 400']);
  });

  it('is no day that runs wait for, so that they read no further back for it', async () => {
    await open(WEEK);
    await site.collect(TUESDAY);
    const waiting = await site.store.read.waitingFrom(['company/shop']);
    expect(waiting.map(({ periodStart }) => periodStart)).toEqual(['2026-06-01']);
  });

  it('has the value of a row that came all the same', async () => {
    await open([...WEEK, '2026-05-31']);
    await site.collect(TUESDAY);
    expect(await newest('company/shop', 3)).toEqual([
      '2026-05-30 not_expected -',
      '2026-05-31 on_track 100',
      '2026-06-01 not_due -',
    ]);
    expect(await newest('company/week', 1)).toEqual(['2026-W22 on_track 600']);
  });

  it('has what its author lets stand in for a value', async () => {
    await open(WEEK);
    await site.collect(TUESDAY);
    expect((await site.standing('company/total')).find((line) => line.startsWith('2026-05-31'))).toBe(
      '2026-05-31 off_track 1',
    );
  });

  it('is seen through by what stands above: Friday holds until Monday is due', async () => {
    await open(WEEK);
    await site.collect(TUESDAY);
    const rows = await site.store.models.scorecardTable();
    expect(rows.find(({ node }) => node === 'company/shop')).toMatchObject({ periodId: '2026-05-29' });
    expect(rows.find(({ node }) => node === 'company/grow')).not.toHaveProperty('leftOut');
  });
});

describe('a change of what is expected', () => {
  it('takes back what was missing, and makes whole what is made of it', async () => {
    await open(WEEK, '');
    await site.collect(TUESDAY);
    expect(await site.openAlerts()).toContain('missing measure/company/shop 2026-05-30');
    expect(await newest('company/week', 1)).toEqual(['2026-W22 insufficient_data 500']);
    site.write({ 'scorecards/company.yaml': card(EXPECTS) });
    await site.apply();
    await site.collect('2026-06-02T06:40:00Z');
    expect(await newest('company/shop', 3)).toEqual([
      '2026-05-30 not_expected -',
      '2026-05-31 not_expected -',
      '2026-06-01 not_due -',
    ]);
    expect(await newest('company/week', 1)).toEqual(['2026-W22 on_track 500']);
    expect(await site.openAlerts()).toEqual([]);
  });

  it('is a holiday, too', async () => {
    await open(WEEK.slice(1));
    await site.collect(TUESDAY);
    expect(await newest('company/week', 1)).toEqual(['2026-W22 insufficient_data 400']);
    const { site: before } = site.config();
    expect(before.calendar.holidays).toEqual([]);
    site.write({ 'site.yaml': HOLIDAY_SITE });
    await site.apply();
    await site.collect('2026-06-02T06:40:00Z');
    expect(await site.standing('company/shop')).toContain('2026-05-26 on_track 100');
    expect(await newest('company/week', 1)).toEqual(['2026-W22 on_track 400']);
  });
});

const HOLIDAY_SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
holidays: [2026-05-25]
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
`;
