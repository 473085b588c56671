import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvConnector } from '#connectors/csv/definition.js';
import { castFileError } from '#connectors/csv/errors.js';
import { CsvExtractSchema } from '#connectors/csv/options.js';
import type { Batch } from '#connectors/sdk/types.js';
import { request } from '../read-all.js';
import { CONTEXT, CsvFolder, csvExtract } from './csv-folder.js';

const rowsAndRules = (read: Awaited<ReturnType<CsvFolder['read']>>) => ({
  rows: read.rows,
  rules: read.rejects.map((reject) => `${reject.locator} ${reject.rule}`),
});

async function restOf(reading: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  while ((await reading.next()).done !== true);
}

describe('reading CSV files', () => {
  it('gives the asked-for columns in the order asked, with file and line', async () => {
    using folder = new CsvFolder().write('a.csv', 'month,kind,amount\n2026-01,x,1.50\n2026-02,y,2\n');
    const read = await folder.read(['amount', 'month']);
    expect(read.rows).toEqual([
      ['1.50', '2026-01'],
      ['2', '2026-02'],
    ]);
    expect(read.places).toEqual(['a.csv:2', 'a.csv:3']);
  });

  it('reads files in the order of their names and matches no hidden or other ones', async () => {
    using folder = new CsvFolder()
      .write('b-2.csv', 'v\n2\n')
      .write('b-1.csv', 'v\n1\n')
      .write('b-1.csv.tmp', 'v\n9\n')
      .write('.b-3.csv', 'v\n9\n')
      .write('c.csv', 'v\n9\n');
    mkdirSync(join(folder.path, 'b-4.csv'));
    expect((await folder.read(['v'], { files: 'b-*.csv' })).rows).toEqual([['1'], ['2']]);
  });

  it('tells an unquoted empty field from a quoted one', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b,c\n1,,""\n');
    expect((await folder.read(['a', 'b', 'c'])).rows).toEqual([['1', null, '']]);
  });

  it('reads LF, CRLF and CR in one file, line ends inside quotes, and a last line without an end', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b\r\n1,"x\r\ny"\n2,"say ""hi"""\r3,z');
    const read = await folder.read(['a', 'b']);
    expect(read.rows).toEqual([
      ['1', 'x\r\ny'],
      ['2', 'say "hi"'],
      ['3', 'z'],
    ]);
    expect(read.places).toEqual(['a.csv:2', 'a.csv:4', 'a.csv:5']);
  });

  it('gives up only the line on which a quote is never closed', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b\n1,"open\n2,fine\n3,"good"\n4,bad " quote\n5,last\n');
    const { rows, rules } = rowsAndRules(await folder.read(['a']));
    expect(rows).toEqual([['2'], ['3'], ['5']]);
    expect(rules).toEqual(['a.csv:2 broken_quote', 'a.csv:5 broken_quote']);
  });

  it('goes on after a quote left open for more than 1 MiB', async () => {
    const filler = 'x,y\n'.repeat(400_000);
    using folder = new CsvFolder().write('a.csv', `a,b\n1,"open\n${filler}2,end\n`);
    const read = await folder.read(['a']);
    expect(read.rejects).toHaveLength(1);
    expect(read.rows).toHaveLength(400_001);
    expect(read.places.at(-1)).toBe('a.csv:400003');
    expect(read.batches).toBeGreaterThan(80);
  });

  it('rejects a record longer than 1 MiB and goes on at the next line', async () => {
    using folder = new CsvFolder().write('a.csv', `a,b\n1,${'x'.repeat(3_000_000)}\r\n2,y\n`);
    const read = await folder.read(['a', 'b']);
    expect(rowsAndRules(read)).toEqual({ rows: [['2', 'y']], rules: ['a.csv:2 record_too_large'] });
    expect(read.rejects[0]?.raw.length).toBeLessThan(600);
  });

  it('rejects records with more or fewer fields than the header, with their text', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b\n1\n1,2,3\n"1",2,3\n1,2\n');
    const read = await folder.read(['a']);
    expect(rowsAndRules(read)).toEqual({
      rows: [['1']],
      rules: ['a.csv:2 column_count', 'a.csv:3 column_count', 'a.csv:4 column_count'],
    });
    expect(read.rejects[1]).toMatchObject({ raw: '1,2,3', message: 'The record has 3 fields, the header has 2' });
  });

  it('counts blank lines by rule and keeps a line of empty fields', async () => {
    using folder = new CsvFolder().write('a.csv', '\na,b\n\n  \n,\n1,2\n\n');
    const read = await folder.read(['a', 'b']);
    expect(read.skipped).toEqual({ blank_line: 4 });
    expect(read.rows).toEqual([
      [null, null],
      ['1', '2'],
    ]);
  });

  it('removes a byte order mark and skips the separator hint of spreadsheets by a named rule', async () => {
    using folder = new CsvFolder().write('a.csv', '\uFEFFsep=;\r\nMonat;Wert\r\n2026-01;1,5\r\n');
    const read = await folder.read(['Monat', 'Wert'], { delimiter: ';' });
    expect(read.rows).toEqual([['2026-01', '1,5']]);
    expect(read.skipped).toEqual({ separator_hint: 1 });
  });

  it('reads tab-separated files in which quotes mean nothing', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\tb\n5" pipe\t"x\n');
    expect((await folder.read(['a', 'b'], { delimiter: 'tab', quote: 'none' })).rows).toEqual([['5" pipe', '"x']]);
  });
});

describe('decoding CSV files', () => {
  it('rejects only the record whose bytes are no UTF-8, and spells them', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,gr\u00FCn \u{1F600}\n2,gr'),
      Buffer.from([0xfc]),
      Buffer.from('n\n3,x\n'),
    ]);
    using folder = new CsvFolder().write('a.csv', bytes);
    const read = await folder.read(['a', 'b']);
    expect(read.rows).toEqual([
      ['1', 'gr\u00FCn \u{1F600}'],
      ['3', 'x'],
    ]);
    expect(read.rejects).toMatchObject([{ rule: 'invalid_encoding', locator: 'a.csv:3', raw: '2,gr\\xFCn' }]);
  });

  it('keeps a replacement character that the writer really wrote', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n\uFFFD\n');
    expect((await folder.read(['a'])).rows).toEqual([['\uFFFD']]);
  });

  it('keeps characters whose bytes fall on both sides of a chunk', async () => {
    const line = `${'\u20AC\u{1F600}\u00E4'.repeat(29)}x\n`;
    using folder = new CsvFolder().write('a.csv', `a\n${line.repeat(4000)}`);
    const read = await folder.read(['a']);
    expect(read.rejects).toEqual([]);
    expect(new Set(read.rows.flat())).toEqual(new Set([line.trim()]));
  });

  it('reads windows-1252, and rejects a byte it has no letter for', async () => {
    using folder = new CsvFolder().write('a.csv', Buffer.from('a;b\n1;M\xFCll\xE9r \x80\n2;\x81\n', 'latin1'));
    const read = await folder.read(['b'], { delimiter: ';', encoding: 'windows-1252' });
    expect(rowsAndRules(read)).toEqual({ rows: [['M\u00FCll\u00E9r \u20AC']], rules: ['a.csv:3 invalid_encoding'] });
  });

  it('reads UTF-16 with its mark and rejects a record cut in the middle of a letter', async () => {
    const whole = Buffer.from('\uFEFFa,b\r\n1,\u{1F600}\r\n2,x', 'utf16le');
    using folder = new CsvFolder().write('a.csv', whole.subarray(0, whole.length - 1));
    const read = await folder.read(['a', 'b'], { encoding: 'utf-16le' });
    expect(rowsAndRules(read)).toEqual({ rows: [['1', '\u{1F600}']], rules: ['a.csv:3 invalid_encoding'] });
  });
});

describe('what a CSV folder cannot give', () => {
  it('names absent columns, what is there and what was probably meant', async () => {
    using folder = new CsvFolder().write('a.csv', 'Month, Amount\n1,2\n');
    await expect(folder.read(['Month', 'Amount', 'zzz'])).rejects.toMatchObject({
      kind: 'layout',
      code: 'SOURCE_COLUMN_MISSING',
      message: expect.stringMatching(
        /a\.csv.*"Amount" is not there \(did you mean " Amount"\?\); "zzz" is not there.*It has "Month", " Amount"/,
      ),
    });
  });

  it('refuses a header that has an asked-for name twice, and does not mind twins nobody asks for', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b,b\n1,2,3\n');
    await expect(folder.read(['b'])).rejects.toMatchObject({
      kind: 'layout',
      message: expect.stringContaining('"b" is there 2 times'),
    });
    expect((await folder.read(['a'])).rows).toEqual([['1']]);
  });

  it('fails on an empty file and on a header with a broken quote', async () => {
    using empty = new CsvFolder().write('a.csv', '');
    await expect(empty.read(['a'])).rejects.toMatchObject({
      code: 'SOURCE_COLUMN_MISSING',
      message: expect.stringContaining('the file is empty'),
    });
    using broken = new CsvFolder().write('a.csv', 'a,"b\n1,2\n');
    await expect(broken.read(['a'])).rejects.toMatchObject({ kind: 'layout', code: 'SOURCE_HEADER_UNREADABLE' });
  });

  it('gives nothing and says so when no file matches', async () => {
    using folder = new CsvFolder().write('a.txt', 'a\n');
    const read = await folder.read(['a']);
    expect(read.seen).toBe(0);
    expect(read.summary.description).toEqual([expect.stringContaining('nothing was delivered')]);
  });

  it('says that the folder is missing', async () => {
    const source = await csvConnector.open({ folder: 'nowhere' }, { ...CONTEXT, baseDirectory: '/nonexistent' });
    const reading = source.read(request(csvExtract({ files: '*' }), ['a']));
    await expect(reading.next()).rejects.toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('/nonexistent/nowhere'),
    });
    expect(await source.check(new AbortController().signal)).toMatchObject([
      { name: 'folder', outcome: 'fail', kind: 'not_found' },
    ]);
  });

  it('refuses a link that leads out of the folder and follows one inside it', async () => {
    using outside = new CsvFolder().write('secret.csv', 'a\n1\n');
    using folder = new CsvFolder().write('real.csv', 'a\n1\n');
    symlinkSync(join(folder.path, 'real.csv'), join(folder.path, 'link.csv'));
    const read = await folder.read(['a']);
    expect(read.places).toEqual(['link.csv:2']);
    expect(read.skipped).toEqual({ repeated_file: 1 });
    symlinkSync(join(outside.path, 'secret.csv'), join(folder.path, 'out.csv'));
    await expect(folder.read(['a'])).rejects.toMatchObject({ kind: 'permission', code: 'SOURCE_OUTSIDE_FOLDER' });
  });

  it.each([
    ['EACCES', 'permission'],
    ['ENOENT', 'not_found'],
    ['ESTALE', 'transient'],
    ['EMFILE', 'transient'],
    ['EWHATEVER', 'defect'],
  ])('casts %s to %s', (code, kind) => {
    expect(castFileError(Object.assign(new Error(code), { code }), 'Opening file "a.csv"')).toMatchObject({ kind });
  });

  it('fails for now when the file grows or is replaced while it is read', async () => {
    using folder = new CsvFolder().write('a.csv', `a\n${'123456789\n'.repeat(200_000)}`);
    const source = await folder.open();
    const growing = source.read(request(csvExtract({ files: '*' }), ['a']));
    expect((await growing.next()).done).toBe(false);
    appendFileSync(join(folder.path, 'a.csv'), '2\n');
    await expect(restOf(growing)).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_FILE_CHANGING' });

    const touched = source.read(request(csvExtract({ files: '*' }), ['a']));
    expect((await touched.next()).done).toBe(false);
    writeFileSync(join(folder.path, 'a.csv'), `a\n${'3\n'.repeat(1_000_001)}`);
    await expect(restOf(touched)).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_FILE_CHANGING' });
  });

  it('stops at the limits of rows, bytes and time, and when cancelled', async () => {
    using folder = new CsvFolder().write('a.csv', `a\n${'1\n'.repeat(20_000)}`);
    const limits = { maxRows: 1e9, maxBytes: 1e9, timeoutMs: 30_000 };
    await expect(folder.read(['a'], {}, { limits: { ...limits, maxRows: 100 } })).rejects.toMatchObject({
      kind: 'data',
      code: 'SOURCE_LIMIT_EXCEEDED',
      message: expect.stringContaining('100 rows'),
    });
    await expect(folder.read(['a'], {}, { limits: { ...limits, maxBytes: 1000 } })).rejects.toMatchObject({
      code: 'SOURCE_LIMIT_EXCEEDED',
    });
    await expect(folder.read(['a'], {}, { limits: { ...limits, timeoutMs: 0 } })).rejects.toMatchObject({
      kind: 'timeout',
    });

    const controller = new AbortController();
    const source = await folder.open();
    const reading = source.read(request(csvExtract({ files: '*' }), ['a'], { signal: controller.signal }));
    await reading.next();
    controller.abort();
    await expect(reading.next()).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('evidence of a CSV read', () => {
  it('is the same for the same bytes, and differs for other ones', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n');
    const first = (await folder.read(['a'])).summary;
    folder.write('a.csv', 'a\n1\n');
    expect((await folder.read(['a'])).summary.digest).toBe(first.digest);
    folder.write('a.csv', 'a\n2\n');
    expect((await folder.read(['a'])).summary.digest).not.toBe(first.digest);
    expect(first.description[0]).toMatch(/^a\.csv: 4 bytes, changed 20.*Z, sha256 [0-9a-f]{64}$/);
  });

  it('shows in a check how the newest file begins', async () => {
    using folder = new CsvFolder().write('a.csv', 'a,b\n1,2\n');
    const source = await csvConnector.open({ folder: folder.path }, CONTEXT);
    const probes = await source.check(new AbortController().signal);
    expect(probes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['folder ok', 'files ok', 'header ok']);
    expect(probes[2]?.message).toContain('a,b');
  });

  it('leaves no row out of a batch it can locate', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n');
    const source = await folder.open();
    const batches: Batch[] = [];
    for await (const batch of source.read(request(csvExtract({ files: '*' }), ['a']))) batches.push(batch);
    expect(() => batches[0]?.locate(1)).toThrow(RangeError);
  });
});

describe('CSV options', () => {
  it.each([
    { files: '../x.csv' },
    { files: '/a/b.csv' },
    { files: 'a\\b.csv' },
    { files: '..' },
    { files: [] },
    { files: '' },
  ])('refuse a file pattern that leaves the folder: %j', (options) =>
    expect(CsvExtractSchema.safeParse(options).success).toBe(false),
  );
  it.each([
    { delimiter: ';;' },
    { delimiter: '"' },
    { encoding: 'klingon' },
    { encoding: 'base64' },
    { header: false },
    { quote: ',', delimiter: ',' },
    { take: 'some' },
    { take: { date_in_name: 'x.csv' } },
    { stands_still_seconds: -1 },
    { done: 'a/b' },
    { extra: 1 },
  ])('refuse %j', (options) => expect(CsvExtractSchema.safeParse({ files: '*', ...options }).success).toBe(false));
});
