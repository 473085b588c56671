// Evidence of freshness is the spreadsheet's own word, never the time at which it was read.
import { describe, expect, it } from 'vitest';
import type { StandInCell } from '../../../demo/sheets-server/spreadsheet-data.js';
import { readAll, request } from '../read-all.js';
import { extract, failureOf, spreadsheet, tab, withSite } from './sheets-site.js';

const MODIFIED = '2026-11-09T17:05:00.250Z';
const LIMITS = { maxRows: 1000, maxBytes: 1e6, timeoutMs: 30_000 };
const serial = (value: number | string): StandInCell => ({ serial: value, shown: '' });

/** What a read leaves and what `watermark` answers, which must be the same. */
async function watermark(cell: StandInCell) {
  const sheet = spreadsheet([tab([['x'], [1]]), tab([['as of', cell]], { sheetId: 1, title: 'Status' })]);
  return withSite(sheet, async ({ source }) => {
    const options = extract({ as_of: 'Status!B1' });
    const { summary } = await readAll(source, request(options, ['x']));
    const alone = await source.watermark({
      extract: 'e',
      options,
      limits: LIMITS,
      signal: new AbortController().signal,
    });
    expect(alone).toEqual(summary.watermark);
    return summary;
  });
}

describe('the "as of" cell', () => {
  it.each([
    [serial(46_327), { evidence: 'as_of_cell', value: '2026-11-01', at: '2026-11-01' }],
    [serial(46_327.5), { evidence: 'as_of_cell', value: '2026-11-01T11:00:00Z', at: '2026-11-01T11:00:00Z' }],
    ['2026-11-01', { evidence: 'as_of_cell', value: '2026-11-01', at: '2026-11-01' }],
    ['closing of October', { evidence: 'as_of_cell', value: 'closing of October' }],
    [2026, { evidence: 'as_of_cell', value: '2026' }],
    [7_000_000, { evidence: 'as_of_cell', value: '7000000' }],
  ])('says how far the data goes: %o', async (cell, expected) => {
    expect((await watermark(cell)).watermark).toEqual(expected);
  });

  it.each([null, true, { error: '#N/A' }])('says nothing where it is %o, and that is noted', async (cell) => {
    const { watermark: found, notes } = await watermark(cell);
    expect(found).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining('as_of')]);
  });

  it('may be a named range, or a cell of the same tab', async () => {
    const sheet = spreadsheet([tab([['x', null, serial(46_327)], [1]])], {
      namedRanges: { status: { tab: 'Data', range: 'C1' }, table: { tab: 'Data', range: 'A1:A2' } },
    });
    await withSite(sheet, async ({ source }) => {
      for (const options of [
        extract({ range: 'A1:A', tab: 'Data', as_of: 'C1' }),
        extract({ range: 'table', as_of: 'status' }),
      ]) {
        const { summary } = await readAll(source, request(options, ['x']));
        expect(summary.watermark?.at).toBe('2026-11-01');
      }
    });
  });

  it('that is not there fails its extract', async () => {
    await withSite(spreadsheet([tab([['x'], [1]])]), async ({ source }) => {
      const failure = await failureOf(readAll(source, request(extract({ as_of: 'gone' }), ['x'])));
      expect(failure).toMatchObject({ kind: 'layout', code: 'SOURCE_RANGE_MISSING' });
    });
  });
});

describe('Drive', () => {
  const sheet = spreadsheet([tab([['x'], [1]])], { modifiedTime: MODIFIED });
  const expected = { evidence: 'modified_time', value: MODIFIED, at: MODIFIED };
  const ask = { extract: 'e', options: extract(), limits: LIMITS, signal: new AbortController().signal };

  it('says when the file was changed, where the scope is granted', async () => {
    await withSite(
      sheet,
      async ({ source, server }) => {
        expect((await readAll(source, request(extract(), ['x']))).summary.watermark).toEqual(expected);
        expect(await source.watermark(ask)).toEqual(expected);
        expect(server.requests.map(({ kind }) => kind)).toEqual(['token', 'metadata', 'values', 'drive', 'drive']);
      },
      { drive_modified_time: true },
    );
  });

  it('is not asked where it is not wanted: there is no evidence then, and no request', async () => {
    await withSite(sheet, async ({ source, server }) => {
      expect(await source.watermark(ask)).toBeUndefined();
      expect(server.requests).toEqual([]);
      expect((await readAll(source, request(extract(), ['x']))).summary.watermark).toBeUndefined();
    });
  });

  it('refuses a token without the scope, with the scope as the remedy', async () => {
    await withSite(sheet, async (site) => {
      const { googleSheetsConnector } = await import('#connectors/google-sheets/definition.js');
      const { oauth } = site.server.accounts;
      const options = site.connection({ credentials_file: undefined, oauth, drive_modified_time: true });
      const source = await googleSheetsConnector.open(options, site.context);
      const failure = await failureOf(source.watermark(ask));
      await source.close();
      expect(failure).toMatchObject({ kind: 'permission', code: 'SOURCE_PERMISSION_DENIED' });
      expect(failure.remedy).toContain('drive.metadata.readonly');
    });
  });
});
