// What waits for a source that cannot be read, as it is now: nobody is told that more has come to wait. October is due on
// 6 November at midnight in Berlin.
import { afterEach, expect, it } from 'vitest';
import { detailsNow } from '#src/activities/alert/details-now.js';
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
const SEPTEMBER = `${HEADER}2026-09-10,a,120\n`;
const files = (alerts = '{}') => ({
  'site.yaml': `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 300 }
channels: { journal: { kind: file, path: data/alerts.log } }
alerts: ${alerts}
`,
  'extracts/all.yaml': extractsFile(extractOf('a')),
  'scorecards/company.yaml': scorecardFile(measureOf('first', 'a', 'monthly'), measureOf('second', 'a', 'monthly')),
  'sources/a.csv': SEPTEMBER,
});

const waiting = (details: readonly string[]) => details.filter((line) => line.startsWith('Waiting for it: '));
const now = async (at: string) => {
  const [alert] = await site.store.models.openAlerts();
  if (alert === undefined) throw new Error('no alert is open');
  return waiting((await detailsNow(site.store.read, site.config(), [alert], at))(alert));
};
const stored = async () => waiting((await site.store.models.openAlerts())[0]?.details ?? []);
const messages = () => site.store.models.outboxRecords(50);

async function broken(alerts?: string): Promise<void> {
  site = await createSmallSite(files(alerts));
  await site.collect('2026-11-02T05:30:00Z');
  site.write({ 'sources/a.csv': 'no;such;columns\n' });
  await site.collect('2026-11-03T05:30:00Z');
  expect(await site.openAlerts()).toHaveLength(1);
}

it('names what has come to wait since it was told, without a message and without a write', async () => {
  await broken();
  expect(await now('2026-11-03T06:00:00Z')).toEqual([]);
  await site.sweep('2026-11-09T06:00:00Z');
  const names = (await now('2026-11-09T06:00:00Z')).map((line) => line.split(' ')[3]);
  expect(names).toEqual(['first', 'second']);
  expect(await stored()).toEqual([]);
  expect(await messages()).toHaveLength(1);
});

it('is in the reminder as it is then', async () => {
  await broken('{ policies: [{ id: all, remind: { gaps: [6d] } }] }');
  await site.sweep('2026-11-09T06:00:00Z');
  const reminder = (await messages()).find(({ about }) => about?.transition === 'reminded');
  expect(waiting(reminder?.about?.details ?? [])).toHaveLength(2);
  expect(await stored()).toHaveLength(2);
});

it('leaves the details of what is over, or waits for nothing, as they are stored', async () => {
  await broken();
  const [alert] = await site.store.models.openAlerts();
  if (alert === undefined) throw new Error('no alert is open');
  await site.sweep('2026-11-09T06:00:00Z');
  const details = ['Waiting for it: what waited then'];
  const over = { ...alert, state: 'resolved' as const, details };
  const of = await detailsNow(site.store.read, site.config(), [over, alert], '2026-11-09T06:00:00Z');
  expect(of(over)).toEqual(details);
  expect(waiting(of({ ...alert, details }))).toHaveLength(2);
});
