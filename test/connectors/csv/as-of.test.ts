import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CsvExtract, CsvExtractSchema } from '#connectors/csv/options.js';
import { CsvFolder, csvExtract } from './csv-folder.js';

const TABLE = 'day,v\n2026-09-01,1\n';

/** What a read says of how far its files go, and its notes of that. */
async function said(folder: CsvFolder, options: Partial<CsvExtract>, columns: readonly string[] = ['v']) {
  const { summary } = await folder.read(columns, options, { window: { start: '2026-09-01', end: '2026-10-01' } });
  return { watermark: summary.watermark, notes: (summary.notes ?? []).filter((note) => note.includes('as_of')) };
}

const cell = (at: string) => ({ evidence: 'as_of_cell', value: at, at });

describe('the "as of" of CSV files', () => {
  it('is the content of a cell before the table, of the table, and of a line that a layout does not use', async () => {
    using folder = new CsvFolder()
      .write('before.csv', `As of,2026-09-30\n\n${TABLE}`)
      .write('within.csv', 'v,2026-09-29\n1,2\n')
      .write('single.csv', 'Report,2026-09-28,\nBacklog,,42\n');
    expect(await said(folder, { files: 'before.csv', skip_lines: 1, as_of: 'B1' })).toEqual({
      watermark: cell('2026-09-30'),
      notes: [],
    });
    expect((await said(folder, { files: 'within.csv', as_of: 'B1' })).watermark).toEqual(cell('2026-09-29'));
    const layout = { kind: 'cell' as const, cells: { v: 'C2' } };
    const options = { files: 'single.csv', delimiter: ',', header: 'none' as const, layout, as_of: 'B1' };
    expect((await said(folder, options)).watermark).toEqual(cell('2026-09-28'));
  });

  it.each([
    ['quoted, with a delimiter in the field before', '"Stand; ""vorläufig""";"30.09.2026"\n', 'B1'],
    ['behind a sep= line', 'sep=;\nStand;30.09.2026\n', 'B2'],
    ['with white space around it', 'Stand; 30.09.2026 \r\n', 'B1'],
    ['behind a quote that is never closed', '"Stand;x\nStand;30.09.2026\n', 'B2'],
  ])('reads a cell %s', async (_, preamble, place) => {
    using folder = new CsvFolder().write('a.csv', `${preamble}day;v\n2026-09-01;1\n`);
    const options = { header: { find: true as const }, as_of: { cell: place, pattern: 'dd.MM.yyyy' } };
    expect((await said(folder, options)).watermark).toEqual(cell('2026-09-30'));
  });

  it('is what follows a text at the beginning of a line, in the same field or in the next that is not empty', async () => {
    using folder = new CsvFolder()
      .write('same.csv', 'Umsatzliste\nStand: 30.09.2026;;\nday;v\n2026-09-01;1\n')
      .write('next.csv', 'Umsatzliste;\n;\nStand:;;29.09.2026\nday;v\n2026-09-01;1\n')
      .write('foot.csv', 'day;v\n2026-09-01;1\nStand: 28.09.2026;\n');
    const options = { header: { find: true as const }, as_of: { after: 'Stand:', pattern: 'dd.MM.yyyy' } };
    expect((await said(folder, { ...options, files: 'same.csv' })).watermark).toEqual(cell('2026-09-30'));
    expect((await said(folder, { ...options, files: 'next.csv' })).watermark).toEqual(cell('2026-09-29'));
    const footer = { from: 'Stand' };
    expect((await said(folder, { ...options, files: 'foot.csv', footer })).watermark).toEqual(cell('2026-09-28'));
  });

  it('is the last of the days that a name is about', async () => {
    using folder = new CsvFolder().write('in/umsatz-2026-09.csv', TABLE).write('in/umsatz-2026-08.csv', TABLE);
    const options = { files: 'in/*.csv', as_of: { date_in_name: 'umsatz-{yyyy}-{MM}.csv' } };
    const at = '2026-09-30';
    expect((await said(folder, options)).watermark).toEqual({ evidence: 'as_of_name', value: at, at });
    const leap = { as_of: { date_in_name: 'a-{yyyy}-{MM}.csv' } };
    using february = new CsvFolder().write('a-2028-02.csv', TABLE);
    expect((await said(february, leap)).watermark?.at).toBe('2028-02-29');
  });

  it('is a point in time where that has a zone', async () => {
    using folder = new CsvFolder()
      .write('zone.csv', `As of,2026-10-01T00:00:00+02:00\n${TABLE}`)
      .write('none.csv', `As of,2026-10-01T06:00:00\n${TABLE}`);
    const options = { skip_lines: 1, as_of: 'B1' };
    const at = '2026-09-30T22:00:00Z';
    expect((await said(folder, { ...options, files: 'zone.csv' })).watermark).toEqual(cell(at));
    const { watermark, notes } = await said(folder, { ...options, files: 'none.csv' });
    expect(watermark).toBeUndefined();
    expect(notes).toEqual([expect.stringMatching(/none\.csv.*B1.*"2026-10-01T06:00:00".*no date/)]);
  });

  it('is of several files the latest, and each that says nothing has a note', async () => {
    using folder = new CsvFolder()
      .write('1.csv', `As of,2026-09-30\n${TABLE}`)
      .write('2.csv', `As of,2026-09-28\nday,v\n2026-09-02,1\n`)
      .write('3.csv', `As of,\nday,v\n2026-09-03,1\n`);
    const { watermark, notes } = await said(folder, { skip_lines: 1, as_of: 'B1' });
    expect(watermark).toEqual(cell('2026-09-30'));
    expect(notes).toEqual(['3.csv: the cell B1 ("as_of") is blank']);
  });

  it('is also told by the name of a file that holds the same as an earlier one', async () => {
    using folder = new CsvFolder().write('a-2026-09-29.csv', TABLE).write('a-2026-09-30.csv', TABLE);
    const { watermark } = await said(folder, { as_of: { date_in_name: 'a-{yyyy}-{MM}-{dd}.csv' } });
    expect(watermark?.at).toBe('2026-09-30');
  });

  it.each<readonly [string, string, CsvExtract['as_of'], RegExp]>([
    ['a cell of no date', 'As of,soon\n', 'B1', /the cell B1 \("as_of"\) says "soon", which is no date: .*YYYY-MM-DD/],
    ['a day that is not there', 'As of,2026-09-31\n', 'B1', /"2026-09-31".*no such day/],
    ['a two-way date', 'As of,09/10/2026\n', 'B1', /"09\/10\/2026"/],
    ['a number', 'As of,46295\n', 'B1', /"46295"/],
    ['a cell beyond the line', 'As of\n', 'B1', /the cell B1 .* is blank/],
    ['a line beyond the file', 'As of\n', 'B99', /the cell B99 .* not in the file/],
    ['a text that is nowhere', 'As of\n', { after: 'Stand:' }, /no line .*begins with "Stand:"/],
    ['a text without a date', 'Stand:\n', { after: 'Stand:' }, /nothing follows "Stand:"/],
    ['a name without a date', 'x\n', { date_in_name: 'b-{yyyy}.csv' }, /no date "b-\{yyyy\}\.csv" in the name/],
  ])('is not made up of %s: a note says what stands there', async (_, preamble, asOf, note) => {
    using folder = new CsvFolder().write('a.csv', `${preamble}${TABLE}`);
    const { watermark, notes } = await said(folder, { skip_lines: 1, as_of: asOf });
    expect(watermark).toBeUndefined();
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it('quotes no more than the beginning of what stands there', async () => {
    using folder = new CsvFolder().write('a.csv', `As of,${'x'.repeat(5000)}\n${TABLE}`);
    const { notes } = await said(folder, { skip_lines: 1, as_of: 'B1' });
    expect(notes[0]?.length).toBeLessThan(300);
  });

  it('is read from packed files, and from files of another encoding', async () => {
    const text = 'Stand für;30.09.2026\nday;v\n2026-09-01;1\n';
    using folder = new CsvFolder()
      .write('packed.csv.gz', gzipSync(text))
      .write('wide.csv', Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const options = { skip_lines: 1, as_of: { after: 'Stand für', pattern: 'dd.MM.yyyy' } };
    expect((await said(folder, { ...options, files: '*.gz' })).watermark).toEqual(cell('2026-09-30'));
    expect((await said(folder, { ...options, files: 'wide.csv' })).watermark).toEqual(cell('2026-09-30'));
  });

  it('is found at both ends of a file that is longer than what is kept of it', async () => {
    const rows = Array.from({ length: 120_000 }, (_, index) => `2026-09-01;${index}\n`).join('');
    const pattern = 'dd.MM.yyyy';
    using folder = new CsvFolder()
      .write('begin.csv', `Stand: 30.09.2026\nday;v\n${rows}Ende\n`)
      .write('end.csv', `day;v\n${rows}Stand: 29.09.2026`)
      .write('middle.csv', `day;v\n${rows}Stand: 28.09.2026\n${rows}`);
    const footer = { from: 'Stand' };
    const begin = { files: 'begin.csv', skip_lines: 1, footer: { from: 'Ende' }, as_of: { after: 'Stand:', pattern } };
    expect((await said(folder, begin)).watermark).toEqual(cell('2026-09-30'));
    const end = { footer, as_of: { after: 'Stand:', pattern } };
    expect((await said(folder, { ...end, files: 'end.csv' })).watermark).toEqual(cell('2026-09-29'));
    const middle = await said(folder, { ...end, files: 'middle.csv' });
    expect(middle.watermark).toBeUndefined();
    expect(middle.notes).toEqual([expect.stringContaining('begins with "Stand:"')]);
  });

  it('takes the day numbers of spreadsheets where the pattern says so', async () => {
    using folder = new CsvFolder().write('a.csv', `As of,46295\n${TABLE}`);
    const { watermark } = await said(folder, { skip_lines: 1, as_of: { cell: 'B1', pattern: 'serial' } });
    expect(watermark?.at).toBe('2026-09-30');
  });

  it('changes neither rows nor balance nor digest of what is read but by being asked for', async () => {
    using folder = new CsvFolder().write('a.csv', `As of,2026-09-30\n${TABLE}`);
    const plain = await folder.read(['day', 'v'], { skip_lines: 1 });
    const dated = await folder.read(['day', 'v'], { skip_lines: 1, as_of: 'B1' });
    expect(dated.rows).toEqual(plain.rows);
    expect(dated.seen).toBe(plain.seen);
    expect(plain.summary.watermark?.evidence).toBe('file');
  });

  it('is known by reading alone: asked without, the folder says nothing', async () => {
    using folder = new CsvFolder().write('a.csv', `As of,2026-09-30\n${TABLE}`);
    const limits = { maxRows: 10, maxBytes: 1000, timeoutMs: 1000 };
    const signal = new AbortController().signal;
    const ask = { extract: 'x', options: csvExtract({ skip_lines: 1, as_of: 'B1' }), limits, signal };
    expect(await (await folder.open()).watermark(ask)).toBeUndefined();
  });
});

describe('as_of of a CSV extract', () => {
  it.each([
    ['b1', /place such as B1/],
    ['B', /place such as B1/],
    ['Status!B1', /place such as B1/],
    [{ cell: 'B1001' }, /first 1000 lines/],
    [{ cell: 'B1', pattern: 'MM/yyyy' }, /has no day/],
    [{ cell: 'B1', pattern: 'dd.mm.yyyy' }, /is no date pattern/],
    [{ after: '' }, /./],
    [{ after: 'Stand:', cell: 'B1' }, /./],
    [{ date_in_name: 'a-{yy}.csv' }, /\{yy\}/],
    [{}, /./],
  ])('refuses %j', (asOf, message) => {
    const result = CsvExtractSchema.safeParse({ files: '*.csv', as_of: asOf });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toMatch(message);
  });
});
