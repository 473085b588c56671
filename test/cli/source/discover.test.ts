// What `source discover` offers is pasted as it is, and the configuration is read again: nothing may be wrong with it.
import { describe, expect, it } from 'vitest';
import { SHEET, SourceFolder } from './source-folder.js';

/** The extracts of an output, as one file of them. */
function pasted(out: string): string {
  const blocks = out.split(/^extracts:\n/m).slice(1);
  return `extracts:\n${blocks.map((block) => block.slice(0, block.indexOf('\n\n') + 1)).join('')}`;
}

/** What the reader finds, but that there is no measure yet: the measure is not what is pasted. */
const NO_MEASURE = ['CONFIG_UNUSED_EXTRACT', 'CONFIG_OBJECTIVE_WITHOUT_MEASURE'];

async function problemsAfterPasting(folder: SourceFolder, out: string) {
  folder.write({ 'extracts/pasted.yaml': pasted(out) });
  return (await folder.problems()).filter(({ code }) => !NO_MEASURE.includes(code));
}

describe('what "source discover" offers to paste is in order', () => {
  it('for files: numbers in any form, headings that are odd or there twice, names that begin with digits', async () => {
    await using folder = new SourceFolder().write({
      'sources/2026 sales.csv': 'day,Umsatz (€),x,x,,1st\n2026-10-01,1.5,a,b,c,2\n2026-10-02,22.75,a,b,c,3\n',
      'sources/german.csv': 'Tag;Wert;null\n01.10.2026;1.234,5;a\n13.10.2026;2,5;b\n',
      'sources/odd.csv': '"a\u001b[2Jb",on,time\n1e-7,2026-10-01,2026-10-01T10:00:00Z\n',
    });
    const { code, out } = await folder.source('discover', 'files');
    expect(code).toBe(0);
    expect(out).toContain('  sales:\n');
    expect(out).toContain('"Umsatz (€)", locale: "en-US-POSIX"');
    expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
    const found = await problemsAfterPasting(folder, out);
    expect(found.filter(({ path }) => !path.startsWith('extracts.odd.'))).toEqual([]);
    // An exponent is read without a locale only, so that is what is told.
    expect(found.map((problem) => problem.code)).toEqual(['CONFIG_LOCALE_UNDECLARED']);
  });

  it('for a database', async () => {
    await using folder = new SourceFolder().sql(
      'create table "2026 bookings" (id integer, "day" date, "net amount" decimal(10,2), "a.b" text);' +
        `insert into "2026 bookings" values (1, '2026-10-01', 12.5, 'x')`,
    );
    const { out } = await folder.source('discover', 'ledger');
    expect(out).toContain('  x-2026-bookings:\n');
    expect(await problemsAfterPasting(folder, out)).toEqual([]);
  });

  it('for a sheet', async () => {
    await using folder = new SourceFolder();
    const day = (serial: number, shown: string) => ({ serial, shown });
    const cells = [
      ['Day', 'Net amount', 'Net amount', '', 'Closed?', '2nd'],
      [day(46296, '01.10.2026'), 12.5, 1, 'x', true, 'a'],
      [day(46297, '02.10.2026'), 3.25, 2, 'y', false, { error: '#N/A' }],
    ];
    await folder.serve({
      id: SHEET,
      title: 'Sales',
      timeZone: 'Europe/Berlin',
      tabs: [{ sheetId: 0, title: '2026 Sales', cells }],
    });
    const { code, out } = await folder.source('discover', 'sheet', '--stream', SHEET);
    expect(code).toBe(0);
    expect(out).toContain('  x-2026-sales:\n');
    expect(out).toContain('# left out: "Net amount" is the heading of 2 columns');
    expect(out).toContain('note: 1 column without a heading is left out');
    expect(out).toContain('note: 1 sampled cell holds a failed formula');
    expect(await problemsAfterPasting(folder, out)).toEqual([]);
    expect((await folder.source('preview', 'x-2026-sales')).out).toContain('2 rows seen, in all; 1 row rejected');
  });

  it('offers nothing for what could not be read, and says why', async () => {
    await using folder = new SourceFolder().write({ 'sources/a.csv.gz': 'no gzip' });
    const { out } = await folder.source('discover', 'files');
    expect(out).toContain('note: not to be read');
    expect(out).not.toContain('extracts:');
  });

  it('counts one row as one', async () => {
    await using folder = new SourceFolder().write({ 'sources/a.csv': 'day,v\n2026-10-01,1\n' });
    const { out } = await folder.source('discover', 'files');
    expect(out).toMatch(/^a\.csv \(files, 1 row looked at, layout [0-9a-f]{12}\)$/m);
    expect(out).not.toMatch(/\b1 (?:rows|files|columns)\b/);
  });
});
