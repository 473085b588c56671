import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quarantined, quarantinedBalance } from '#src/activities/pull/quarantine.js';
import type { RejectRecord } from '#src/store/types.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const SALES = 'company/sales';

describe('rows that are mostly rejected', () => {
  let site: FakeSite;

  const timed = (more = ''): string => `    time: day\n    columns: { day: date, amount: decimal }\n${more}`;
  const files = (more?: string) => ({
    'extracts/sales.yaml': extractsFile(fakeExtract('sales', timed(more))),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
  beforeEach(async () => {
    site = await createFakeSite(files());
  });
  afterEach(() => site.dispose());

  const salesAre = (...amounts: string[]): void => {
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows: amounts.map((amount) => ['2026-03-02', amount]),
    });
  };

  it('are believed to one half', async () => {
    salesAre('10', 'ten');
    const run = await site.collect('2026-03-05T05:30:00Z');
    expect(run).toMatchObject({ state: 'done', used: 1, rejected: 1 });
    expect(await site.values(SALES)).toEqual(['2026-03 10']);
  });

  it('leave the last good values, and are kept with a failure that names share and first reject', async () => {
    salesAre('10', '5');
    await site.collect('2026-03-05T05:30:00Z');
    salesAre('10', 'five', 'six');
    const run = await site.collect('2026-03-06T05:30:00Z');
    expect(run).toMatchObject({ state: 'failed', failedExtracts: ['sales'], revisions: 0 });
    expect(run).toMatchObject({ seen: 3, used: 0, rejected: 2, skipped: 1 });
    expect(await site.values(SALES)).toEqual(['2026-03 15']);
    const [pull] = await site.services.store.read.latestPulls(['sales']);
    expect(pull).toMatchObject({
      outcome: 'failed',
      failure: {
        kind: 'data',
        code: 'SOURCE_QUARANTINED',
        message: expect.stringMatching(/2 of 3 rows, more than 50 %.*The first: sales:2, column "amount"/),
      },
      balance: { seen: 3, used: 0, rejected: 2, skipped: { quarantined: 1 } },
    });
    const rejects = await site.services.store.models.rejectsOf({ limit: 9 });
    expect(rejects.map(({ raw }) => raw)).toEqual(['five', 'six']);
  });

  it.each(['one stream', 'parts'])('are not hidden by a long history around them, in %s', async (form) => {
    const old = Array.from({ length: 200 }, (_, index) => [`201${index % 10}-03-02`, '1']);
    const salesWith = (bad: number): void => {
      const march = Array.from({ length: 20 }, (_, index) => ['2026-03-02', index < bad ? '10,00 x' : '10']);
      const rows = [...old, ...march];
      site.system.streams.set('sales', {
        fields: ['day', 'amount'],
        rows: form === 'parts' ? [] : rows,
        ...(form === 'parts' ? { parts: { 'a.csv': rows } } : {}),
      });
    };
    salesWith(0);
    await site.collect('2026-03-05T05:30:00Z');
    salesWith(19);
    const run = await site.collect('2026-03-06T05:30:00Z');
    expect(run).toMatchObject({ state: 'failed', used: 0, rejected: 19 });
    expect(await site.values(SALES)).toEqual(['2026-03 200']);
    const [pull] = await site.services.store.read.latestPulls(['sales']);
    expect(pull).toMatchObject({ failure: { message: expect.stringContaining('19 of 20 rows, more than 50 %') } });
  });

  it('are read once: trying again would change nothing', async () => {
    salesAre('ten');
    await site.collect('2026-03-05T05:30:00Z');
    expect(site.system.reads).toHaveLength(1);
  });

  it('raise one alert of the extract, which a good read resolves', async () => {
    const open = async () =>
      (await site.services.store.read.alerts({ state: 'open' })).map(({ kind, subject }) => `${kind} ${subject}`);
    salesAre('ten');
    await site.collect('2026-03-05T05:30:00Z');
    expect(await open()).toEqual(['source_failed extract/sales']);
    salesAre('10');
    await site.collect('2026-03-06T05:30:00Z');
    expect(await open()).toEqual([]);
  });

  it('are judged by the limit of the extract', async () => {
    await site.apply(files('    limits: { rejected_percent: 100 }\n'));
    salesAre('10', 'five', 'six');
    await site.collect('2026-03-05T05:30:00Z');
    expect(await site.values(SALES)).toEqual(['2026-03 10']);
    await site.apply(files('    limits: { rejected_percent: 0 }\n'));
    salesAre(...Array.from({ length: 200 }, () => '1'), 'one');
    const strict = await site.collect('2026-03-06T05:30:00Z');
    expect(strict.state).toBe('failed');
  });
});

describe('quarantined()', () => {
  const extract = { id: 'sales', limits: {} } as Parameters<typeof quarantined>[0];
  const reject = (locator: string): RejectRecord => ({
    ordinal: 0,
    locator,
    raw: 'x',
    rule: 'number_grammar',
    message: `of ${locator}`,
    remedy: 'r',
  });

  it('judges each part by itself, whatever the whole is', () => {
    const parts = [
      { part: 'a.csv', wanted: 90, rejected: 0 },
      { part: 'b.csv', wanted: 10, rejected: 6 },
    ];
    const error = quarantined(extract, { parts, rejects: [reject('a.csv:1'), reject('b.csv:7')] });
    expect(error?.message).toContain('b.csv rejected 6 of 10 rows');
    expect(error?.message).toContain('b.csv:7: of b.csv:7');
    expect(quarantined(extract, { parts: [], rejects: [] })).toBeUndefined();
  });

  it('names the worst of several parts and how many more there are', () => {
    const parts = [
      { part: 'a.csv', wanted: 10, rejected: 6 },
      { part: 'b.csv', wanted: 10, rejected: 9 },
    ];
    expect(quarantined(extract, { parts, rejects: [] })?.message).toMatch(/^Reading b\.csv .*in 1 more/);
  });

  it('believes a part without rows, and one whose rows were all skipped', () => {
    const parts = [{ part: 'empty.csv', wanted: 0, rejected: 0 }];
    expect(quarantined(extract, { parts, rejects: [] })).toBeUndefined();
  });

  it('leaves the balance of what was not believed even', () => {
    expect(quarantinedBalance({ seen: 9, used: 3, rejected: 5, skipped: { blank_line: 1 } })).toEqual({
      seen: 9,
      used: 0,
      rejected: 5,
      skipped: { blank_line: 1, quarantined: 3 },
    });
  });
});
