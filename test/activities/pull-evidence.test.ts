// What a pull is told (since, call, columns) and what it leaves (watermark, repairs, notes), over one open source.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../support/fake-site.js';
import { createFakeSystem } from '../support/fake-system.js';
import { extractsFile, measureOf, scorecardFile } from '../support/small-site.js';

const measures = scorecardFile(measureOf('sales', 'sales', 'monthly'));
const watermark = (value: string) => ({ evidence: 'query', value }) as const;
const rows = [['2026-03-02', '10']];

describe('a pull', () => {
  let site: FakeSite;
  beforeEach(async () => {
    site = await createFakeSite({
      'extracts/sales.yaml': extractsFile(fakeExtract('sales')),
      'scorecards/company.yaml': measures,
    });
  });
  afterEach(() => site.dispose());

  const salesAt = (mark?: string): void => {
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows,
      ...(mark === undefined ? {} : { watermark: watermark(mark) }),
    });
  };
  const sinces = (): (string | undefined)[] => site.system.reads.map(({ since }) => since);

  it('tells the source types, time column and call, and where its watermark was left', async () => {
    salesAt('m1');
    await site.collect('2026-03-05T05:30:00Z');
    expect(site.system.reads[0]).toMatchObject({
      columns: ['day', 'amount'],
      columnTypes: ['date', 'decimal'],
      timeColumn: 'day',
      timeColumnType: 'date',
      call: { description: 'call sales', upstreamCalls: 1 },
    });
    expect(site.system.reads[0]).not.toHaveProperty('since');
    await site.collect('2026-03-06T05:30:00Z');
    expect(sinces()).toEqual([undefined, 'm1']);
  });

  it.each([
    [
      'have a form of their own',
      '    time: day\n    columns: { day: { type: date, pattern: dd.MM.yyyy }, amount: decimal }\n',
    ],
    [
      'may repeat a key of another day',
      '    time: day\n    columns: { day: date, amount: decimal }\n    duplicates: { keep: last, key: [amount] }\n',
    ],
  ])('lets no source leave out rows by a time whose rows %s', async (_what, more) => {
    await site.apply({ 'extracts/sales.yaml': extractsFile(fakeExtract('sales', more)) });
    salesAt();
    await site.collect('2026-03-05T05:30:00Z');
    expect(site.system.reads[0]).not.toHaveProperty('timeColumn');
  });

  it('that is repeated reads from where its first execution did', async () => {
    salesAt('m1');
    await site.collect('2026-03-05T05:30:00Z');
    salesAt('m2');
    await site.collect('2026-03-06T05:30:00Z');
    salesAt('m3');
    await site.collect('2026-03-07T05:30:00Z');
    await site.collect('2026-03-06T05:30:00Z', '2026-03-07T09:00:00Z');
    expect(sinces()).toEqual([undefined, 'm1', 'm2', 'm1']);
  });

  it('starts from none when a definition has changed, or a measure has come', async () => {
    salesAt('m1');
    await site.collect('2026-03-05T05:30:00Z');
    await site.apply({ 'scorecards/company.yaml': measures.replace('sum: amount', 'sum: amount, scale: 2') });
    await site.collect('2026-03-06T05:30:00Z');
    await site.collect('2026-03-07T05:30:00Z');
    await site.apply({
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly').replace('sum: amount', 'sum: amount, scale: 2'),
        measureOf('more', 'sales', 'weekly'),
      ),
    });
    await site.collect('2026-03-08T05:30:00Z');
    expect(sinces()).toEqual([undefined, undefined, 'm1', undefined]);
  });

  it('starts from none when the history has become longer', async () => {
    salesAt('m1');
    await site.collect('2026-03-05T05:30:00Z');
    const before = readFileSync(join(site.folder, 'site.yaml'), 'utf8');
    await site.apply({ 'site.yaml': `${before}history_months: 36\n` });
    await site.collect('2026-03-06T05:30:00Z');
    expect(sinces()).toEqual([undefined, undefined]);
  });

  it('passes over a failed pull to the last good one', async () => {
    salesAt('m1');
    await site.collect('2026-03-05T05:30:00Z');
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows: [['2026-03-02', 'ten']],
      watermark: watermark('m2'),
    });
    await site.collect('2026-03-06T05:30:00Z');
    salesAt('m3');
    await site.collect('2026-03-07T05:30:00Z');
    expect(sinces()).toEqual([undefined, 'm1', 'm1']);
  });

  describe('of a source that is asked by :since', () => {
    const asksFor = (query: string, ...cards: string[]) =>
      site.apply({
        'extracts/sales.yaml': extractsFile(
          fakeExtract('sales').replace(
            'stream: sales',
            `stream: sales, query: '${query}', watermark: { returns: whole_periods }`,
          ),
        ),
        'scorecards/company.yaml': scorecardFile(...cards),
      });
    const monthly = measureOf('sales', 'sales', 'monthly');
    const salesWith = (mark: string, ...days: string[]): void => {
      site.system.streams.set('sales', {
        fields: ['day', 'amount'],
        rows: days.map((each) => [each, '1']),
        watermark: watermark(mark),
      });
    };
    const sinceOfRun = async (day: string): Promise<string | undefined> => {
      await site.collect(`${day}T05:30:00Z`);
      return sinces().at(-1);
    };

    it('goes back to where it stood when a row came before its period', async () => {
      await asksFor(':since', monthly);
      salesWith('m1', '2026-03-01');
      expect(await sinceOfRun('2026-03-20')).toBeUndefined();
      salesWith('m2', '2026-04-01');
      expect(await sinceOfRun('2026-03-28')).toBe('m1');
      salesWith('m3', '2026-04-01');
      expect(await sinceOfRun('2026-03-29')).toBe('m1');
      expect(await site.values('company/sales')).toEqual(['2026-03 1']);
      expect(await sinceOfRun('2026-04-02')).toBe('m1');
      expect(await site.values('company/sales')).toEqual(['2026-03 1', '2026-04 1']);
      expect(await sinceOfRun('2026-04-03')).toBe('m3');
    });

    it('reads from the beginning while the first read saw days to come', async () => {
      await asksFor(':since', monthly);
      salesWith('m1', '2026-03-01', '2026-04-01');
      expect(await sinceOfRun('2026-03-20')).toBeUndefined();
      expect(await sinceOfRun('2026-03-21')).toBeUndefined();
      expect(await sinceOfRun('2026-04-01')).toBeUndefined();
      expect(await sinceOfRun('2026-04-02')).toBe('m1');
    });

    it('counts a day as to come that one of its measures does not want yet', async () => {
      await asksFor(':since', monthly, measureOf('daily', 'sales', 'daily'));
      salesWith('m1', '2026-03-20');
      await sinceOfRun('2026-03-20');
      salesWith('m2', '2026-03-25');
      expect(await sinceOfRun('2026-03-21')).toBe('m1');
      salesWith('m3', '2026-03-25');
      expect(await sinceOfRun('2026-03-25')).toBe('m1');
      expect(await site.values('company/daily')).toEqual(['2026-03-20 1', '2026-03-25 1']);
    });

    it('reads from the beginning where days are wanted that :period_end kept back before', async () => {
      await asksFor(':since and day < :period_end', monthly);
      salesWith('m1', '2026-03-01');
      await sinceOfRun('2026-03-20');
      expect(await sinceOfRun('2026-03-31')).toBe('m1');
      expect(await sinceOfRun('2026-04-01')).toBeUndefined();
      expect(await sinceOfRun('2026-04-02')).toBe('m1');
    });
  });

  it('keeps repairs, notes and watermark with its record', async () => {
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows,
      repaired: { missing_cells: 1 },
      notes: ['a column "extra" is new'],
      watermark: { ...watermark('m1'), at: '2026-03-04T00:00:00Z' },
    });
    await site.collect('2026-03-05T05:30:00Z');
    const [pull] = await site.services.store.read.latestPulls(['sales']);
    expect(pull).toMatchObject({
      repaired: { missing_cells: 1 },
      notes: ['a column "extra" is new'],
      watermark: { evidence: 'query', value: 'm1', at: '2026-03-04T00:00:00Z' },
    });
  });
});

describe('a pull step', () => {
  const ids = ['a', 'b', 'c'];
  const step = async (upstreamCalls = 1) => {
    const site = await createFakeSite(
      {
        'extracts/all.yaml': extractsFile(
          ...ids.map((id) => fakeExtract(id).replace(`stream: ${id}`, `stream: ${id}, call: one`)),
        ),
        'scorecards/company.yaml': scorecardFile(...ids.map((id) => measureOf(id, id, 'monthly'))),
      },
      { system: createFakeSystem(upstreamCalls) },
    );
    return site;
  };

  it('opens the source once for all extracts of one call, hands each the same call, and closes it', async () => {
    const site = await step();
    try {
      await site.collect('2026-03-05T05:30:00Z');
      const { reads, opened, closed } = site.system;
      expect([opened, closed, reads.length]).toEqual([1, 1, 3]);
      expect(new Set(reads.map(({ call }) => call)).size).toBe(1);
      expect(reads[0]?.call?.requests.map(({ extract }) => extract)).toEqual(ids);
    } finally {
      await site.dispose();
    }
  });

  it('closes the source when a read fails, and asks for the rest alone when it tries again', async () => {
    const site = await step();
    try {
      let failures = 0;
      site.system.onRead = ({ extract }) => {
        if (extract !== 'b' || failures > 0) return;
        failures += 1;
        throw new PlumblineError('transient', 'SOURCE_UNREACHABLE', 'cut off');
      };
      const run = await site.collect('2026-03-05T05:30:00Z');
      expect(run.state).toBe('done');
      const { reads, opened, closed } = site.system;
      expect([opened, closed]).toEqual([2, 2]);
      expect(reads.map(({ extract }) => extract)).toEqual(['a', 'b', 'c', 'b']);
      expect(reads.at(-1)?.call?.requests.map(({ extract }) => extract)).toEqual(['b']);
    } finally {
      await site.dispose();
    }
  });

  it('refuses a call that costs more than a step under a budget may', async () => {
    const site = await step(3);
    try {
      await site.apply({
        'connections.yaml': 'connections: { system: { connector: fake, owner: robin, options: { account: one } } }\n',
      });
      const run = await site.collect('2026-03-05T05:30:00Z');
      expect(run).toMatchObject({ state: 'failed', failedExtracts: ids });
      const [pull] = await site.services.store.read.latestPulls(['a']);
      expect(pull).toMatchObject({ failure: { kind: 'defect', code: 'BUG_CALL_OVER_QUOTA' } });
      expect(site.system.reads).toEqual([]);
      expect(site.system.opened).toBe(site.system.closed);
    } finally {
      await site.dispose();
    }
  });
});
