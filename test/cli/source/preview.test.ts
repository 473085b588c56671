import { describe, expect, it } from 'vitest';
import { ofFiles, ofTable, SourceFolder } from './source-folder.js';

describe('"source preview"', () => {
  it('rejects a row without a time, as a run does, though the column is not required', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-01,a,1\n,b,2\n  ,c,3\n2026-10-02,d,4\n' });
    const { code, out } = await folder.source('preview', 'sales');
    expect(code).toBe(0);
    expect(out).toMatch(/^sales\.csv:2 +2026-10-01 +a +1$/m);
    expect(out).not.toMatch(/^sales\.csv:3/m);
    expect(out).toMatch(/^rejected sales\.csv:3, day: "" – .*blank.* \(blank_required\)$/m);
    expect(out).toMatch(/^rejected sales\.csv:4, day: " {2}" – /m);
    expect(out).toContain('4 rows seen, in all; 2 rows rejected\n');
  });

  it('marks rows of days that no run reads, and finds nothing wrong with them', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2019-10-01,a,1\n2019-10-02,b,x\n2026-10-02,c,4\n' });
    const { out } = await folder.source('preview', 'sales');
    expect(out).toMatch(/^sales\.csv:2 \* /m);
    expect(out).toMatch(/^sales\.csv:4 {2}/m);
    expect(out).not.toContain('sales.csv:3');
    expect(out).toContain('3 rows seen, in all; 0 rows rejected; skipped 2 outside_window\n');
    const days = 'the days a first run reads, from 2025-11-01 until before 2026-12-01\n';
    expect(out).toContain(`2 of 3 rows are outside (marked *) ${days}`);
  });

  it('says nothing of a run where a run would do just this', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-02,c,4\n' });
    const { out } = await folder.source('preview', 'sales');
    expect(out).not.toMatch(/\brun\b|not applied|aggregated/);
    expect(out).toContain('1 row seen, in all; 0 rows rejected\n');
  });

  it('says that duplicates are not told apart, that the source may aggregate, and that no row is of the days wanted', async () => {
    await using folder = new SourceFolder().extracts(
      ofFiles('sales', '    duplicates: { keep: last, key: [code] }\n'),
      ofTable('entries', 'entries'),
      ofTable('read-entries', 'entries', '    push_down: false\n'),
      ofTable('nothing', 'empty_one'),
    );
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-02,c,4\n2026-10-02,c,5\n' });
    folder.sql(`create table entries (day date, amount decimal(10,2)); insert into entries values ('2026-10-01', 2)`);
    const sales = await folder.source('preview', 'sales');
    expect(sales.out).toContain('not applied here: of rows with the same code, duplicates: keep last\n');
    const aggregated = 'rows are aggregated by the source itself where it can';
    expect(sales.out).not.toContain(aggregated);
    expect((await folder.source('preview', 'entries')).out).toContain(aggregated);
    expect((await folder.source('preview', 'read-entries')).out).not.toContain(aggregated);
    expect((await folder.source('preview', 'nothing')).out).toContain('there is no row in the days a first run reads');
  });

  it('says that no measure reads the extract, and shows rows of any day', async () => {
    await using folder = new SourceFolder().write({ 'extracts/all.yaml': `extracts:\n${ofFiles('sales')}` });
    folder.write({ 'sources/sales.csv': 'day,code,amount\n1999-10-02,c,4\n' });
    const { out } = await folder.source('preview', 'sales');
    expect(out).toMatch(/^sales\.csv:2 {2}1999-10-02/m);
    expect(out).toContain('no measure reads "sales" yet');
  });

  it('says which file a run would quarantine, by the share of the extract', async () => {
    const texts = {
      'sources/sales-a.csv': 'day,code,amount\n2026-10-01,a,x\n2026-10-02,b,y\n2026-10-03,c,1\n',
      'sources/sales-b.csv': 'day,code,amount\n2026-10-01,d,x\n2026-10-02,e,1\n',
    };
    await using folder = new SourceFolder().extracts(ofFiles('sales')).write(texts);
    const { out } = await folder.source('preview', 'sales');
    expect(out).toContain('a run would quarantine sales-a.csv: 2 of 3 rows rejected\n');
    expect(out).not.toContain('quarantine sales-b.csv');
    folder.extracts(ofFiles('sales', '    limits: { rejected_percent: 100 }\n'));
    expect((await folder.source('preview', 'sales')).out).not.toContain('quarantine');
  });

  it('prints no control character of a cell, a reject or a place', async () => {
    const bad = '\u001b[31mred\u0007\u0085\u202e';
    const rows = `day,code,amount\n2026-10-01,"${bad}\nsecond",1\n2026-10-02,x,"${bad}"\n`;
    await using folder = new SourceFolder().extracts(ofFiles('sales')).write({ 'sources/sales.csv': rows });
    const { out } = await folder.source('preview', 'sales');
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(out).toMatch(/2026-10-01 +\[31mred +second +1$/m);
    expect(out).toContain('rejected sales.csv:4, amount: ');
  });

  it('shows what the watermark of a folder is made of, and no more than the beginning of a digest', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-02,c,4\n' });
    const { out } = await folder.source('preview', 'sales');
    expect(out).toMatch(/^watermark \(file, 2026-01-02T03:04:05(?:\.\d+)?Z\): [0-9a-f]{12}…$/m);
    expect(out).toMatch(/sha256 [0-9a-f]{12}…$/m);
    expect(out).not.toMatch(/[0-9a-f]{13}/);
  });

  it('shows rows of a snapshot by the columns of the source, with blanks as blanks', async () => {
    const snapshot = `  stock:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: 'stock.csv' }
    snapshot: { takes: last }
    columns: { code: text, amount: { type: decimal, locale: en-US } }
`;
    await using folder = new SourceFolder().extracts(snapshot);
    folder.write({ 'sources/stock.csv': 'code,amount\na,"1,234.5"\nb,\n' });
    const { out } = await folder.source('preview', 'stock');
    expect(out).toMatch(/^PLACE +code +amount$/m);
    expect(out).toMatch(/^stock\.csv:2 +a +1234\.5$/m);
    expect(out).toMatch(/^stock\.csv:3 +b +∅$/m);
    expect(out).toContain('2 rows seen, in all; 0 rows rejected\n');
  });

  it('tells all this as JSON too', async () => {
    await using folder = new SourceFolder().extracts(ofFiles('sales'));
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2019-10-01,a,1\n,b,2\n' });
    const shown = JSON.parse((await folder.source('preview', 'sales', '--json')).out);
    expect(shown).toMatchObject({
      columns: ['day', 'code', 'amount'],
      rows: [{ cells: ['2019-10-01', 'a', '1'], outside: true }],
      rejects: [{ rule: 'blank_required', column: 'day' }],
      rejectedRows: 1,
      seen: 2,
      skipped: { outside_window: 1 },
    });
    expect(shown.inARun).toHaveLength(2);
  });
});

describe('the warnings of a source command', () => {
  it('are those of what was named; others are counted in a line', async () => {
    const undeclared = ofFiles('sales').replace('{ type: decimal, locale: en-US }', 'decimal');
    const other = ofFiles('other').replace('{ type: decimal, locale: en-US }', 'decimal');
    await using folder = new SourceFolder().extracts(undeclared, other);
    folder.write({ 'sources/sales.csv': 'day,code,amount\n2026-10-02,c,4\n' });
    const { err } = await folder.source('preview', 'sales');
    expect(err).toContain('CONFIG_LOCALE_UNDECLARED');
    expect(err.match(/CONFIG_/g)).toHaveLength(1);
    expect(err).toContain(`1 warning elsewhere: plumbline check --config ${folder.path}\n`);
    const connection = await folder.source('check', 'ledger');
    expect(connection.err).toMatch(/^2 warnings elsewhere: /);
    expect(connection.err).not.toContain('CONFIG_');
  });
});
