// Values on time of the values due, from real runs and their nominal times.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { timelinessByMeasure } from '#src/activities/absence/timeliness.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite | undefined;
afterEach(() => site?.dispose());

const file = (...days: readonly string[]): string =>
  `day,code,amount\n${['2026-06-10', ...days].map((day) => `${day},a,200\n`).join('')}`;

async function siteOf(more = ''): Promise<SmallSite> {
  site = await createSmallSite({
    'extracts/sales.yaml': extractsFile(extractOf('sales', more)),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': file(),
  });
  return site;
}

async function onTime({ store, config }: SmallSite, now: string): Promise<string> {
  const found = await timelinessByMeasure(store.read, config(), config().measures, now);
  const { due, onTime } = found.get('company/sales') ?? { due: -1, onTime: -1 };
  return `${onTime} of ${due}`;
}

describe('timelinessByMeasure()', () => {
  it('counts a value that came late as late, though the measure recovers at once', async () => {
    const { write, collect, sweep, openAlerts, standing } = await siteOf();
    // June was due by the end of 7 July, before anything was collected.
    await collect('2026-07-10T04:30:00Z');
    // July is due by the end of 7 August, August by the end of 7 September.
    write({ 'sources/sales.csv': file('2026-07-10') });
    await collect('2026-08-07T22:00:00Z');
    await sweep('2026-09-07T22:00:01Z');
    expect(await openAlerts()).toEqual(['late measure/company/sales 2026-08']);
    expect(await onTime(site as SmallSite, '2026-09-08T00:00:00Z')).toBe('1 of 2');
    write({ 'sources/sales.csv': file('2026-07-10', '2026-08-10') });
    await collect('2026-09-08T04:30:00Z');
    expect(await openAlerts()).toEqual([]);
    expect((await standing('company/sales')).at(-1)).toBe('2026-08 on_track 200');
    expect(await onTime(site as SmallSite, '2026-09-09T00:00:00Z')).toBe('1 of 2');
  });

  it('takes the word of the source, where its time of change counts, for what no run of ours saw in time', async () => {
    const { write, collect, config } = await siteOf('    evidence: file_time\n');
    await collect('2026-07-10T04:30:00Z');
    write({ 'sources/sales.csv': file('2026-07-10') });
    const changed = new Date('2026-08-05T10:00:00Z');
    utimesSync(join(config().folder, 'sources/sales.csv'), changed, changed);
    // We were down from 6 to 20 August.
    await collect('2026-08-20T04:30:00Z');
    expect(await onTime(site as SmallSite, '2026-08-21T00:00:00Z')).toBe('1 of 1');
  });

  it('goes by our runs alone where nothing of the source counts as proof', async () => {
    const { write, collect, config } = await siteOf();
    await collect('2026-07-10T04:30:00Z');
    write({ 'sources/sales.csv': file('2026-07-10') });
    const changed = new Date('2026-08-05T10:00:00Z');
    utimesSync(join(config().folder, 'sources/sales.csv'), changed, changed);
    await collect('2026-08-20T04:30:00Z');
    expect(await onTime(site as SmallSite, '2026-08-21T00:00:00Z')).toBe('0 of 1');
  });

  it('counts a run by the time it was for, whenever it was made', async () => {
    const { write, collect } = await siteOf();
    await collect('2026-07-10T04:30:00Z');
    write({ 'sources/sales.csv': file('2026-07-10') });
    await collect('2026-08-07T04:30:00Z');
    const [arrival] = await (site as SmallSite).store.read.arrivals(['company/sales'], '2026-07-15');
    expect(arrival?.logicalTime).toBe('2026-08-07T04:30:00Z');
    expect(arrival?.recordedAt).not.toBe(arrival?.logicalTime);
    expect(await onTime(site as SmallSite, '2026-08-21T00:00:00Z')).toBe('1 of 1');
  });
});
