import { describe, expect, it } from 'vitest';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import type { SheetsExtract } from '#connectors/google-sheets/options.js';
import type { PlannedCall } from '#connectors/sdk/plan.js';
import { readAll, request } from '../read-all.js';
import { extract, failureOf, ID, spreadsheet, tab, withSite } from './sheets-site.js';

const planned = (options: readonly SheetsExtract[]): readonly PlannedCall<SheetsExtract>[] =>
  googleSheetsConnector.plan(options.map((each, index) => ({ extract: `e${index}`, options: each, columns: ['x'] })));

const onlyCall = (options: readonly SheetsExtract[]): PlannedCall<SheetsExtract> => {
  const [call, ...others] = planned(options);
  if (call === undefined || others.length > 0) throw new Error(`There are ${others.length + 1} calls`);
  return call;
};

describe('a plan', () => {
  it('has one call for all extracts of a spreadsheet, by id or address', () => {
    const address = `https://docs.google.com/spreadsheets/d/${ID}/edit#gid=0`;
    const calls = planned([
      extract(),
      extract({ spreadsheet: 'another-spreadsheet' }),
      extract({ spreadsheet: address, range: 'sales' }),
    ]);
    expect(calls.map((call) => call.requests.map((each) => each.extract))).toEqual([['e0', 'e2'], ['e1']]);
    expect(calls.map((call) => call.upstreamCalls)).toEqual([2, 2]);
    expect(calls[0]?.description).toBe('spreadsheet 1AbCdEfG…, 2 ranges');
  });

  it('splits where the address would grow too long, and loses no extract', () => {
    const options = Array.from({ length: 100 }, (_, index) =>
      extract({ range: `a_rather_long_name_of_a_range_${index}` }),
    );
    const calls = planned(options);
    expect(calls).toHaveLength(3);
    for (const call of calls) {
      const characters = call.requests.reduce((sum, each) => sum + (each.options.range ?? '').length, 0);
      expect(characters).toBeLessThanOrEqual(1500);
    }
    expect(calls.flatMap((call) => call.requests.map((each) => each.extract))).toEqual(
      options.map((_, index) => `e${index}`),
    );
  });

  it('asks for a range that extracts share once', () => {
    expect(planned(Array.from({ length: 500 }, () => extract({ range: 'shared' })))).toHaveLength(1);
  });
});

describe('a planned call', () => {
  const names = Array.from({ length: 100 }, (_, index) => `kpi_${index}`);
  const sheet = spreadsheet(
    names.map((_, index) => tab([['x'], [index]], { sheetId: index, title: `Tab ${index}` })),
    { namedRanges: Object.fromEntries(names.map((name, index) => [name, { tab: `Tab ${index}`, range: 'A1:A9' }])) },
  );

  it.each(['at once', 'one after the other'])('reads 100 extracts with exactly 2 requests, %s', async (how) => {
    await withSite(sheet, async ({ source, server }) => {
      const call = onlyCall(names.map((name) => extract({ range: name })));
      const reads = call.requests.map(
        (each) => () => readAll(source, { ...request(each.options, ['x']), extract: each.extract, call }),
      );
      const results = [];
      if (how === 'at once') results.push(...(await Promise.all(reads.map((read) => read()))));
      else for (const read of reads) results.push(await read());
      expect(results.map(({ rows }) => rows)).toEqual(names.map((_, index) => [[String(index)]]));
      expect(server.requests.map(({ kind }) => kind)).toEqual(['token', 'metadata', 'values']);
    });
  });

  it('keeps the mistake of one extract to itself', async () => {
    await withSite(sheet, async ({ source }) => {
      const call = onlyCall([extract({ range: 'kpi_1' }), extract({ range: 'gone' }), extract({ range: 'kpi_2' })]);
      const results = await Promise.allSettled(
        call.requests.map((each) => readAll(source, { ...request(each.options, ['x']), extract: each.extract, call })),
      );
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });
  });

  it('is asked anew after a failure, and for an extract that is read again', async () => {
    await withSite(sheet, async ({ source, server }) => {
      const call = onlyCall([extract({ range: 'kpi_1' })]);
      const read = () => readAll(source, { ...request(extract({ range: 'kpi_1' }), ['x']), extract: 'e0', call });
      server.misbehave(({ kind }) => (kind === 'values' ? { kind: 'reset' } : undefined));
      expect(await failureOf(read())).toMatchObject({ kind: 'transient' });
      server.misbehave(undefined);
      expect((await read()).rows).toEqual([['1']]);
      server.put({ ...sheet, namedRanges: { kpi_1: { tab: 'Tab 3', range: 'A1:A9' } } });
      expect((await read()).rows).toEqual([['3']]);
    });
  });

  it('goes on for the others when one of its extracts is cancelled', async () => {
    await withSite(sheet, async ({ source, server }) => {
      const call = onlyCall([extract({ range: 'kpi_1' }), extract({ range: 'kpi_2' })]);
      const stop = new AbortController();
      server.misbehave(({ kind }) => (kind === 'values' ? { kind: 'drip', everyMs: 1 } : undefined));
      const read = (index: number, signal: AbortSignal) =>
        readAll(source, {
          ...request(extract({ range: `kpi_${index}` }), ['x'], { signal }),
          extract: `e${index - 1}`,
          call,
        });
      const first = failureOf(read(1, stop.signal));
      const second = read(2, new AbortController().signal);
      await expect.poll(() => server.requests.at(-1)?.kind).toBe('values');
      stop.abort();
      expect(await first).toMatchObject({ kind: 'cancelled' });
      expect((await second).rows).toEqual([['2']]);
      expect(server.requests.filter(({ kind }) => kind === 'values')).toHaveLength(1);
    });
  });
});
