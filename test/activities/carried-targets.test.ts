// A target that an extract gives and that holds until there is another, however old its row is.
import { afterEach, describe, expect, it } from 'vitest';
import { createSmallSite, extractOf, extractsFile, type SmallSite } from '../support/small-site.js';

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
history_months: 6
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { journal: { kind: file, path: data/alerts.log } }
`;

const CARD = `scorecard: { id: company, name: Company, owner: robin }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: grow, name: Grow, perspective: financial, owner: robin }]
measures:
  - id: sales
    name: Sales
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: sales, sum: amount }
    targets: { from: { extract: goals, last: amount }, carry: true }
`;

let site: SmallSite;
afterEach(() => site.dispose());

const open = (goals: string): Promise<SmallSite> =>
  createSmallSite({
    'site.yaml': SITE,
    'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('goals')),
    'scorecards/company.yaml': CARD,
    'sources/sales.csv': 'day,code,amount\n2026-03-10,a,12\n2026-04-10,a,8\n',
    'sources/goals.csv': `day,code,amount\n${goals}`,
  });

const targets = async (): Promise<readonly string[]> =>
  (await site.store.read.currentScores(['company/sales'], '2020-01-01')).map(
    ({ period, status, target }) => `${period.id} ${status} ${target ?? '-'}`,
  );

describe('a carried target of an extract', () => {
  it('holds though its row is older than the history', async () => {
    site = await open('2020-01-01,g,10\n');
    await site.collect('2026-05-20T05:30:00Z');
    expect(await targets()).toEqual(['2026-03 on_track 10', '2026-04 off_track 10']);
  });

  it('follows a correction of that row at the next run', async () => {
    site = await open('2020-01-01,g,10\n2020-02-01,g,11\n');
    await site.collect('2026-05-20T05:30:00Z');
    site.write({ 'sources/goals.csv': 'day,code,amount\n2020-01-01,g,10\n2020-02-01,g,8\n' });
    await site.collect('2026-05-21T05:30:00Z');
    expect(await targets()).toEqual(['2026-03 on_track 8', '2026-04 on_track 8']);
  });

  it('is the newest that is not after the period', async () => {
    site = await open('2019-01-01,g,99\n2026-04-01,g,7\n');
    await site.collect('2026-05-20T05:30:00Z');
    expect(await targets()).toEqual(['2026-03 off_track 99', '2026-04 on_track 7']);
  });
});
