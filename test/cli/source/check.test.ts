import { describe, expect, it } from 'vitest';
import { ofFiles, ofTab, ofTable, SHEET, SourceFolder } from './source-folder.js';

const lastProbe = (out: string) => out.slice(out.lastIndexOf('extract:') - 5);

describe('"source check" of an extract', () => {
  it('reads its first rows after asking the connection', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-01,a,1\n' });
    const { code, out } = await folder.source('check', 'sales');
    expect(code).toBe(0);
    expect(out.match(/^\w+ +\w+:/gm)).toEqual(['ok   folder:', 'ok   files:', 'ok   header:', 'ok   extract:']);
    expect(out).toContain('files: 1 file; newest');
    expect(lastProbe(out)).toBe('ok   extract: "sales": 3 columns found, first row at sales.csv:2\n');
  });

  it('finds a column that is missing, with what to do and the exit code of who must act', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,total\n2026-10-01,a,1\n' });
    const { code, out } = await folder.source('check', 'sales');
    expect(code).toBe(4);
    expect(lastProbe(out)).toMatch(/^fail extract: .*"amount" is not there.*\n {5}→ .+\n$/);
  });

  it('finds a table that is missing', async () => {
    await using folder = new SourceFolder().extracts(ofTable('entries', 'no_such_table'));
    const { code, out } = await folder.source('check', 'entries', '--json');
    expect(code).not.toBe(0);
    const { extract, probes } = JSON.parse(out);
    expect(extract).toBe('entries');
    expect(probes.at(-1)).toMatchObject({ name: 'extract', outcome: 'fail', remedy: expect.stringMatching(/./) });
    expect(probes.at(-1).message).toContain('no_such_table');
  });

  it('finds a sheet that is not shared, and a tab that is not there', async () => {
    const other = SHEET.replace('1A', '1B');
    const tabs = [
      {
        sheetId: 0,
        title: 'Data',
        cells: [
          ['day', 'amount'],
          ['2026-10-01', 3],
        ],
      },
    ];
    await using folder = new SourceFolder().extracts(
      ofTab('private', other, 'Data'),
      ofTab('misnamed', SHEET, 'Dota'),
      ofTab('good', SHEET, 'Data'),
    );
    await folder.serve(
      { id: SHEET, title: 'Sales', timeZone: 'Europe/Berlin', tabs },
      { id: other, title: 'Private', timeZone: 'Europe/Berlin', tabs, shared: false },
    );
    const hidden = await folder.source('check', 'private');
    expect(hidden.code).toBe(3);
    expect(lastProbe(hidden.out)).toMatch(/^fail extract: [\s\S]*→ .*[Ss]hare/);
    const misnamed = await folder.source('check', 'misnamed');
    expect(misnamed.code).not.toBe(0);
    expect(lastProbe(misnamed.out)).toMatch(/^fail extract: .*"Dota" \(did you mean "Data"\?\).*\n {5}→ /);
    const good = await folder.source('check', 'good');
    expect(good.code).toBe(0);
    expect(lastProbe(good.out)).toBe('ok   extract: "good": 2 columns found, first row at Data!A2\n');
  });

  it('warns where there is no row, and where the first ones cannot be used', async () => {
    await using folder = new SourceFolder().extracts(ofTable('nothing', 'empty_one'), ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-01,a\n' });
    const nothing = await folder.source('check', 'nothing');
    expect(nothing.code).toBe(0);
    expect(lastProbe(nothing.out)).toMatch(/^warn extract: "nothing": 2 columns found, but no row .*\n {5}→ /);
    const bad = await folder.source('check', 'sales');
    expect(lastProbe(bad.out)).toMatch(/^warn extract: "sales": .*sales\.csv:2.*\n {5}→ /);
  });

  it('leaves the extract alone where the connection itself fails', async () => {
    await using folder = new SourceFolder().extracts(ofTab('private', SHEET, 'Data'));
    const { code, out } = await folder.source('check', 'private');
    expect(code).not.toBe(0);
    expect(out).not.toContain('extract:');
  });
});

describe('"source check" of a connection', () => {
  it('reads no extract, and says which ones could be checked', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'), ofFiles('costs'));
    folder.write({ 'sources/sales.csv': 'day,code\n' });
    const { code, out, err } = await folder.source('check', 'files');
    expect(code).toBe(0);
    expect(out).not.toContain('extract');
    expect(err).toBe(
      `2 extracts can be checked too (sales, costs): say, plumbline source check sales --config ${folder.path}\n`,
    );
    expect((await folder.source('check', 'ledger')).err).toBe('No extract reads from it yet.\n');
  });

  it('warns of a file that is no text, and shows none of its control characters', async () => {
    await using folder = new SourceFolder().write({
      'sources/logo.png': Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'),
    });
    const { code, out } = await folder.source('check', 'files');
    expect(code).toBe(0);
    expect(out).toMatch(/^warn header: "logo\.png" holds control characters.*\n {5}→ /m);
    expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('takes UTF-16 with its mark for the text it is', async () => {
    const text = Buffer.from('\ufeffday;amount\r\n2026-10-01;1\r\n', 'utf16le');
    await using folder = new SourceFolder().write({ 'sources/a.csv': text });
    expect((await folder.source('check', 'files')).out).toContain('ok   header: "a.csv" begins: day;amount\n');
  });

  it('names what there is where the name is neither', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    const { code, err } = await folder.source('check', 'slaes');
    expect(code).toBe(2);
    expect(err).toContain('Connections are: files, ledger, sheet; extracts are: sales.');
  });
});
