import { describe, expect, it } from 'vitest';
import { SheetsExtractSchema } from '#connectors/google-sheets/options.js';
import { extract, failureOf, ID, spreadsheet, tab, withSite } from './sheets-site.js';

const signal = new AbortController().signal;
const ask = (stream?: string) => ({ ...(stream === undefined ? {} : { stream }), sampleRows: 50, signal });
const day = (serial: number) => ({ serial, shown: `day ${serial}` });
const SHEET = spreadsheet(
  [
    tab([
      ['Month', 'Amount', 'Note', null, 'Units'],
      [day(46_023), 1.5, 'a', 9, 3],
      [],
      [day(46_054), '#N/A', 'b', 9, 4],
      [day(46_082.25), 2.25, null, null, 5],
    ]),
    tab([['gone fishing']], { sheetId: 9, title: 'Q1/net', hidden: true }),
    tab([], { sheetId: 10, title: 'Chart', sheetType: 'OBJECT' }),
  ],
  { namedRanges: { monthly: { tab: 'Data', range: 'A1:B2' } } },
);

describe('discover', () => {
  it('finds named ranges and tabs, dates by how they are shown, and a source that reads each', async () => {
    await withSite(SHEET, async ({ source }) => {
      const streams = await source.discover(ask(ID));
      expect(streams.map(({ name, kind }) => [name, kind])).toEqual([
        [`${ID}/monthly`, 'named_range'],
        [`${ID}/Data`, 'sheet'],
        [`${ID}/Q1/net`, 'sheet'],
      ]);
      expect(streams[0]?.fields.map(({ name, type }) => [name, type])).toEqual([
        ['Month', 'date'],
        ['Amount', 'decimal'],
      ]);
      expect(streams[1]?.fields.map(({ name, type, blanks }) => [name, type, blanks])).toEqual([
        ['Month', expect.stringMatching(/date|text/), 0],
        ['Amount', expect.any(String), 0],
        ['Note', 'text', 1],
        ['Units', 'integer', 0],
      ]);
      expect(streams[1]?.notes.join()).toContain('1 column without a heading');
      expect(streams[2]?.notes.join()).toContain('hidden');
      for (const stream of streams) expect(SheetsExtractSchema.safeParse(stream.source).success).toBe(true);
      expect(await source.discover(ask(ID))).toEqual(streams);
    });
  });

  it('looks into one tab by its name or by the number in an address', async () => {
    await withSite(SHEET, async ({ source }) => {
      const address = `https://docs.google.com/spreadsheets/d/${ID}/edit?gid=9#gid=9`;
      for (const stream of [`${ID}/Q1/net`, address]) {
        expect((await source.discover(ask(stream))).map(({ name }) => name)).toEqual([`${ID}/Q1/net`]);
      }
      expect(await failureOf(source.discover(ask(`${ID}/nothing`)))).toMatchObject({ code: 'SOURCE_RANGE_MISSING' });
    });
  });

  it.each([undefined, 'https://example.com/x', 'a b'])('says that it needs a spreadsheet: %s', async (stream) => {
    await withSite(SHEET, async ({ source, server }) => {
      const failure = await failureOf(source.discover(ask(stream)));
      expect(failure).toMatchObject({ kind: 'config', code: 'SOURCE_SPREADSHEET_UNNAMED' });
      expect(failure.remedy).toContain('address');
      expect(server.requests).toEqual([]);
    });
  });

  it('has the same fingerprint whatever the cells say', async () => {
    const fingerprint = (amount: number) =>
      withSite(
        spreadsheet([tab([['x'], [amount]])]),
        async ({ source }) => (await source.discover(ask(ID)))[0]?.fingerprint,
      );
    expect(await fingerprint(1)).toBe(await fingerprint(2));
    expect(extract().header_rows).toBe(1);
  });
});
