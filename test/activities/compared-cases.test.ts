// Cases of the comparison in docs/alerts.md by their number of messages, through real runs, sweeps and store. October is due
// at the end of 6 November in Berlin, which is 23:00 UTC; its grace is over three working days later.
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

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
alerts:
  policies:
    - { id: all, match: {}, remind: { gaps: [2d], repeat: true }, escalate: [{ after: 2d, tell: [manager] }] }
`;
const PEOPLE = 'people: { robin: { name: Robin, manager: mona }, mona: { name: Mona } }\n';
const HEADER = 'day,code,amount\n';

async function siteOf(measures: readonly string[], sales: string): Promise<SmallSite> {
  site = await createSmallSite({
    'site.yaml': SITE,
    'people.yaml': PEOPLE,
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(...measures.map((id) => measureOf(id, 'sales', 'monthly'))),
    'sources/sales.csv': sales,
  });
  return site;
}

/** What was told so far, and to whom, oldest first. */
const told = async (): Promise<string[]> =>
  (await site.store.models.outboxRecords(100))
    .toReversed()
    .map(({ about, recipientId }) => `${about?.kind} ${about?.transition} to ${recipientId}`);

async function sweepDaily(from: string, days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    await site.sweep(new Date(Date.parse(from) + day * 86_400_000).toISOString());
  }
}

describe('a value that comes a day late', () => {
  it('is one notice and one end, and nobody else hears of it', async () => {
    const { collect, sweep, write } = await siteOf(['revenue'], `${HEADER}2026-09-10,a,120\n`);
    await collect('2026-11-05T05:30:00Z');
    await sweep('2026-11-06T23:00:00Z');
    expect(await told()).toEqual([]);
    await sweep('2026-11-06T23:00:01Z');
    write({ 'sources/sales.csv': `${HEADER}2026-09-10,a,120\n2026-10-10,a,120\n` });
    await collect('2026-11-07T22:00:00Z');
    await sweepDaily('2026-11-08T05:00:00Z', 20);
    expect(await told()).toEqual(['late opened to robin', 'late resolved to robin']);
  });
});

describe('a source with twelve measures that fails', () => {
  it('is one notice and one end, and the twelve that wait for it say nothing', async () => {
    const measures = Array.from({ length: 12 }, (_, index) => `kpi-${index + 1}`);
    const { collect, sweep, write, store } = await siteOf(measures, `${HEADER}2026-09-10,a,120\n`);
    await collect('2026-11-05T05:30:00Z');
    write({ 'sources/sales.csv': 'day,code\n2026-10-10,a\n' });
    await collect('2026-11-06T05:30:00Z');
    await sweep('2026-11-06T23:00:01Z');
    await sweep('2026-11-07T23:00:01Z');
    const [alert, ...others] = await store.read.alerts({ state: 'open' });
    expect(others).toEqual([]);
    expect(alert?.kind).toBe('source_failed');
    expect(alert?.subject).toBe('extract/sales');
    for (const id of measures) expect(await site.standing(`company/${id}`)).toContain('2026-10 late -');
    write({ 'sources/sales.csv': `${HEADER}2026-09-10,a,120\n2026-10-10,a,120\n` });
    await collect('2026-11-08T05:00:00Z');
    await sweepDaily('2026-11-09T05:00:00Z', 20);
    expect(await told()).toEqual(['source_failed opened to robin', 'source_failed resolved to robin']);
  });
});

describe('a measure that is off track three periods in a row', () => {
  it('is told once, and then only reminded of and escalated by its policy', async () => {
    const bad = (...months: readonly string[]): string =>
      `${HEADER}${months.map((month) => `2026-${month}-10,a,1\n`).join('')}`;
    const { collect, write } = await siteOf(['revenue'], bad('08', '09'));
    await collect('2026-10-08T05:30:00Z');
    await sweepDaily('2026-10-09T05:00:00Z', 5);
    expect(await told()).toEqual([]);
    write({ 'sources/sales.csv': bad('08', '09', '10') });
    await collect('2026-11-05T05:30:00Z');
    await collect('2026-11-06T05:30:00Z');
    expect(await told()).toEqual(['off_track opened to robin']);
    await sweepDaily('2026-11-07T06:00:00Z', 3);
    expect(await told()).toEqual([
      'off_track opened to robin',
      'off_track escalated to mona',
      'off_track reminded to robin',
      'off_track reminded to robin',
    ]);
  });
});
