import { describe, expect, it } from 'vitest';
import type { Repair } from '#connectors/csv/dialect/dialect-options.js';
import { readBytes } from './read-bytes.js';

const rules = (read: Awaited<ReturnType<typeof readBytes>>): string[] =>
  read.rejects.map((reject) => `${reject.locator} ${reject.rule}`);

describe('records', () => {
  it('gives the asked-for columns in the order asked, one of them twice if asked twice', async () => {
    const read = await readBytes('a,b,c\n1,2,3\n4,,6\n', ['c', 'a', 'c']);
    expect(read.rows).toEqual([
      ['3', '1', '3'],
      ['6', '4', '6'],
    ]);
    expect((await readBytes('a,b\n1,\n', ['b', 'b'])).rows).toEqual([[null, null]]);
    expect(read.places).toEqual(['a.csv:2', 'a.csv:3']);
    expect(read.summary).toMatchObject({ header: ['a', 'b', 'c'], records: 2 });
  });

  it('gives all columns when none is asked for, even of equal names', async () => {
    const read = await readBytes('a,b,a\n1,2,3\n');
    expect(read.rows).toEqual([['1', '2', '3']]);
    expect(read.summary.header).toEqual(['a', 'b', 'a']);
  });

  it('tells an unquoted empty field from a quoted one', async () => {
    expect((await readBytes('a,b,c\n1,,""\n"",,1\n')).rows).toEqual([
      ['1', null, ''],
      ['', null, '1'],
    ]);
  });

  it('reads LF, CRLF and CR in one file, line ends inside quotes, doubled quotes, and no end at all', async () => {
    const read = await readBytes('a,b\r\n1,"x\r\ny"\n2,"say ""hi"""\r3,"""",\n4,"z"');
    expect(read.rows).toEqual([
      ['1', 'x\r\ny'],
      ['2', 'say "hi"'],
      ['4', 'z'],
    ]);
    expect(read.places).toEqual(['a.csv:2', 'a.csv:4', 'a.csv:6']);
    expect(rules(read)).toEqual(['a.csv:5 column_count']);
  });

  it('gives up only the line on which a quote is wrong, and says which repair would take it', async () => {
    const read = await readBytes('a,b\n1,"open\n2,fine\n3,"good"\n4,bad " quote\n5,"in "ner"\n6,last\n', ['a']);
    expect(read.rows).toEqual([['2'], ['3'], ['6']]);
    expect(rules(read)).toEqual(['a.csv:2 broken_quote', 'a.csv:5 broken_quote', 'a.csv:6 broken_quote']);
    expect(read.rejects.map((reject) => /repairs: \[(\w+)\]/.exec(reject.remedy)?.[1])).toEqual([
      'unclosed_quote',
      'stray_quote',
      'inner_quote',
    ]);
  });

  it('goes on after a quote left open for longer than a record may be', async () => {
    const filler = 'x,y\n'.repeat(5_000);
    const read = await readBytes(`a,b\n1,"open\n${filler}2,end\n`, ['a'], { sizes: { maxRecordBytes: 1000 } });
    expect(rules(read)).toEqual(['a.csv:2 broken_quote']);
    expect(read.rows).toHaveLength(5_001);
    expect(read.places.at(-1)).toBe('a.csv:5003');
  });

  it('rejects a line longer than a record may be, once, and goes on at the next', async () => {
    const read = await readBytes(`a,b\n1,${'x'.repeat(30_000)}\r\n2,y\n`, [], {
      sizes: { maxRecordBytes: 1000, windowBytes: 700, headBytes: 10 },
    });
    expect(read.rows).toEqual([['2', 'y']]);
    expect(rules(read)).toEqual(['a.csv:2 record_too_large']);
    expect(read.rejects[0]?.raw.length).toBeLessThan(600);
  });

  it('takes a record of exactly the longest length, and no longer one', async () => {
    const sizes = { maxRecordBytes: 20 };
    expect((await readBytes(`a,b\n1,${'x'.repeat(18)}\n`, [], { sizes })).rows).toHaveLength(1);
    expect(rules(await readBytes(`a,b\n1,${'x'.repeat(19)}\n`, [], { sizes }))).toEqual(['a.csv:2 record_too_large']);
    expect((await readBytes(`a,b\n1,"${'x'.repeat(16)}"\n`, [], { sizes })).rows).toHaveLength(1);
    expect(rules(await readBytes(`a,b\n1,"${'x'.repeat(17)}"\n`, [], { sizes }))).toEqual(['a.csv:2 record_too_large']);
  });

  it('ends within its bounds on text made to be looked at again and again', async () => {
    for (const piece of ['"a\n', '"a,', '"a"b,', ',"', '""', '"', '","', '"\n""', '\r', '"\r', 'a"\n"']) {
      const text = `a,b\n${piece.repeat(60_000)}\n1,2\n`;
      const read = await readBytes(text, ['a'], {
        delimiter: ',',
        quote: '"',
        repairs: ['inner_quote', 'stray_quote'],
      });
      expect(read.rows.length + read.rejects.length).toBeGreaterThan(0);
    }
    const escapes = `a,b\n${'\\\n'.repeat(60_000)}${'"\\'.repeat(60_000)}\n`;
    expect((await readBytes(escapes, ['a'], { delimiter: ',', escape: 'backslash' })).rows).toEqual([]);
  });

  it('rejects records of another length than the header, with their text and the repair that would take them', async () => {
    const read = await readBytes('a,b\n1\n1,2,3\n"1",2,\n1,2\n', ['a'], { delimiter: ',' });
    expect(read.rows).toEqual([['1']]);
    expect(rules(read)).toEqual(['a.csv:2 column_count', 'a.csv:3 column_count', 'a.csv:4 column_count']);
    expect(read.rejects[1]).toMatchObject({ raw: '1,2,3', message: 'The record has 3 fields, the header has 2' });
    expect(read.rejects.map((reject) => /repairs: \[(\w+)\]/.exec(reject.remedy)?.[1])).toEqual([
      'missing_cells',
      undefined,
      'extra_cells',
    ]);
  });

  it('counts blank lines by rule and keeps a line of empty fields', async () => {
    const read = await readBytes('\na,b\n\n  \n,\n1,2\n\n');
    expect(read.skipped).toEqual({ blank_line: 4 });
    expect(read.rows).toEqual([
      [null, null],
      ['1', '2'],
    ]);
    const single = await readBytes('a\n1\n\n \n\u00A0\n""\n x\n');
    expect(single.rows).toEqual([['1'], [''], [' x']]);
    expect(single.skipped).toEqual({ blank_line: 3 });
  });

  it('bounds its batches, and counts what it read against the limit of rows', async () => {
    const read = await readBytes(`a,b\n${'1,2\n3\n'.repeat(500)}`, ['a'], {
      delimiter: ',',
      sizes: { batchRows: 100 },
    });
    expect(read.batches).toBe(10);
    expect([read.rows.length, read.rejects.length, read.summary.records]).toEqual([500, 500, 1000]);
  });

  it('rejects a record with NUL bytes, which a file never written to its end has', async () => {
    const read = await readBytes(`a,b\n1,x\n2,y\0z\n3,"\0"\n${'\0'.repeat(50)}`);
    expect(read.rows).toEqual([['1', 'x']]);
    expect(rules(read)).toEqual(['a.csv:3 nul_byte', 'a.csv:4 nul_byte', 'a.csv:5 nul_byte']);
    expect(read.rejects[0]?.raw).toBe('2,y\\x00z');
  });

  it('reads marks of several bytes, also where a chunk ends inside one', async () => {
    const text =
      'a\u00A6b\n1\u00A6\u2021x\u00A6y\u2021\n2\u00A6\u2021say \u2021\u2021hi\u2021\u2021\u2021\n3\u00A7\u00A64\n';
    for (let cut = 1; cut < Buffer.byteLength(text); cut += 1) {
      const read = await readBytes(text, [], {
        delimiter: '\u00A6',
        quote: '\u2021',
        cuts: [cut],
        sizes: { windowBytes: 1, headBytes: 1 },
      });
      expect(read.rows).toEqual([
        ['1', 'x\u00A6y'],
        ['2', 'say \u2021hi\u2021'],
        ['3\u00A7', '4'],
      ]);
    }
  });

  it('reads quotes and delimiters behind a backslash when told to', async () => {
    const read = await readBytes('a,b\n"x\\"y\\\\",c\\,d\n"l\nm",\\n\n', [], { delimiter: ',', escape: 'backslash' });
    expect(read.rows).toEqual([
      ['x"y\\', 'c,d'],
      ['l\nm', 'n'],
    ]);
  });
});

describe('repairs', () => {
  it('fills a short record with blanks and drops what is too much, each counted by its name', async () => {
    const text = 'a,b,c\n1\n1,x,3,,\nx,2,y,z\n';
    const options = { delimiter: ',' };
    const all = await readBytes(text, [], {
      ...options,
      repairs: ['missing_cells', 'extra_cells', 'lose_extra_content'],
    });
    expect(all.rows).toEqual([
      ['1', null, null],
      ['1', 'x', '3'],
      ['x', '2', 'y'],
    ]);
    expect(all.repaired).toEqual({ missing_cells: 1, extra_cells: 1, lose_extra_content: 1 });
    expect(all.summary.lost).toEqual({ count: 1, first: 'a.csv:4' });
    const one = await readBytes(text, [], { ...options, repairs: ['extra_cells'] });
    expect(rules(one)).toEqual(['a.csv:2 column_count', 'a.csv:4 column_count']);
  });

  it('takes wrong quotes as text, on their own line only', async () => {
    const text = 'a,b\n5" pipe,x\n"say "hi" now",y\n"open,z\n"fine",w\n';
    const read = await readBytes(text, [], { repairs: ['stray_quote', 'inner_quote', 'unclosed_quote'] });
    expect(read.rows).toEqual([
      ['5" pipe', 'x'],
      ['say "hi" now', 'y'],
      ['"open', 'z'],
      ['fine', 'w'],
    ]);
    expect(read.repaired).toEqual({ stray_quote: 1, inner_quote: 1, unclosed_quote: 1 });
  });

  it('mends nothing that has more than one fault unless each repair is allowed', async () => {
    const text = 'a,b\n5" pipe\n';
    expect(rules(await readBytes(text, ['a'], { repairs: ['stray_quote'] }))).toEqual(['a.csv:2 column_count']);
    const both = await readBytes(text, [], { repairs: ['stray_quote', 'missing_cells'] });
    expect(both.rows).toEqual([['5" pipe', null]]);
    expect(both.repaired).toEqual({ stray_quote: 1, missing_cells: 1 });
  });

  it('removes NUL bytes, and a field of nothing else is blank', async () => {
    const read = await readBytes('a,b\n1\0,\0\n', [], { repairs: ['nul_bytes'] });
    expect(read.rows).toEqual([['1', null]]);
    expect(read.repaired).toEqual({ nul_bytes: 1 });
  });
});

describe('content beyond the header', () => {
  const repairs: Repair[] = ['extra_cells', 'lose_extra_content', 'missing_cells'];
  const fine = '2026-09-01,x,y\n'.repeat(5);

  it.each([
    ['a decimal comma', '2026-09-02,2,25,y'],
    ['a negative one', '2026-09-02,-2,25,y'],
    ['one in parentheses', '2026-09-02,(2,25),y'],
    ['one with a currency', '2026-09-02,EUR 2,25 €,y'],
    ['a grouped one', '2026-09-02,1.234,50,y'],
    ['a comma between thousands', '2026-09-02,1,234.50,y'],
    ['more than one', '2026-09-02,1,5,2,25'],
    ['one at the end', 'x,y,2,25'],
    ['two that fill the header', '2,5,2,5'],
    ['one before a blank cell', 'x,2,25,'],
  ])('that may come from %s is never mended, and no repair is told', async (_, line) => {
    const read = await readBytes(`a,b,c\n${fine}${line}\n`, [], { delimiter: ',', repairs });
    expect(rules(read)).toEqual(['a.csv:7 column_count']);
    expect(read.rejects[0]?.remedy).toContain('Numbers with decimal commas need quotes, or another delimiter');
    expect(read.rejects[0]?.remedy).not.toContain('repairs');
    expect([read.rows.length, read.repaired, read.summary.lost]).toEqual([5, {}, undefined]);
  });

  it.each([
    ['quoted numbers side by side', ',', 'x,"2","25",y'],
    ['numbers between other delimiters', ';', 'x;2;25;y'],
    ['a date before a number', ',', 'x,01.09.2026,25,y'],
    ['a code before a number', ',', 'x,A-12,25,y'],
  ])('is not taken for a cut number: %s', async (_, delimiter, line) => {
    const text = `a${delimiter}b${delimiter}c\n${fine.replaceAll(',', delimiter)}${line}\n`;
    const read = await readBytes(text, ['a'], { delimiter, repairs });
    expect(read.rows).toHaveLength(6);
    expect(read.repaired).toEqual({ lose_extra_content: 1 });
    expect(read.summary.lost).toEqual({ count: 1, first: 'a.csv:7' });
  });

  it('that is empty is mended where a cut number could not have moved what is asked for', async () => {
    const text = `day,amount,note\n${fine}2026-09-02,2,25,\n`;
    expect((await readBytes(text, ['day'], { repairs })).repaired).toEqual({ extra_cells: 1 });
    for (const column of ['amount', 'note'])
      expect(rules(await readBytes(text, [column], { repairs }))).toEqual(['a.csv:7 column_count']);
  });

  it('that most records have is the fault of the file: none is mended, and no repair is told', async () => {
    for (const delimiter of [',', ';']) {
      const text = 'a,b\nx,y,z\nx,y\nx,y,z\nx,y,z,z\n'.replaceAll(',', delimiter);
      const read = await readBytes(text, ['a'], { delimiter, repairs });
      expect(rules(read)).toEqual(['a.csv:2 column_count', 'a.csv:4 column_count', 'a.csv:5 column_count']);
      expect(read.rejects[0]?.remedy).toContain('Most records have more fields than the header');
      expect(read.rejects[0]?.remedy).not.toContain('repairs');
      expect(read.rejects[0]?.remedy.includes('decimal commas')).toBe(delimiter === ',');
    }
  });

  it('is told last and with a warning where one record has it', async () => {
    const read = await readBytes(`a,b,c\n${fine}x,y,z,w\n`, ['a'], { delimiter: ',' });
    expect(read.rejects[0]?.remedy).toMatch(/^Give each record .*may be lost and nothing before it has moved\.$/);
    expect(read.rejects[0]?.remedy).toContain('repairs: [lose_extra_content]');
  });

  it('is decided the same wherever the file is cut into chunks', async () => {
    const text = `a,b,c\n${'x,y,z\n'.repeat(40)}${'x,y,z,w\n'.repeat(60)}1,2,3,4\n`;
    const whole = await readBytes(text, ['b'], { delimiter: ',', repairs });
    for (const sizes of [{ windowBytes: 16 }, { windowBytes: 100 }]) {
      const cut = await readBytes(text, ['b'], { delimiter: ',', repairs, sizes, cuts: [7, 90, 301] });
      expect([rules(cut), cut.summary.lost]).toEqual([rules(whole), whole.summary.lost]);
    }
  });
});

describe('before and after the table', () => {
  it('skips lines before the header by count, whatever is in them', async () => {
    const read = await readBytes('Report "July\n\n;;;\na;b\n1;2\n', ['b'], { skip_lines: 3 });
    expect(read.rows).toEqual([['2']]);
    expect(read.places).toEqual(['a.csv:5']);
    expect(read.skipped).toEqual({ preamble: 3 });
  });

  it('finds the header by the asked-for columns', async () => {
    const text = 'Report, "July\nmade, by, me\n\nid,amount,note\n1,2,x\n';
    const read = await readBytes(text, ['amount', 'id'], { header: { find: true } });
    expect(read.rows).toEqual([['2', '1']]);
    expect(read.skipped).toEqual({ preamble: 2, blank_line: 1 });
    await expect(readBytes(text, ['amout'], { header: { find: true } })).rejects.toMatchObject({
      code: 'SOURCE_COLUMN_MISSING',
    });
  });

  it('finds the header by the usual number of fields when no column is asked for', async () => {
    const read = await readBytes('Report\nmade, by me\nid,amount,note\n1,2,x\n2,3,y\n', [], { header: { find: true } });
    expect(read.summary.header).toEqual(['id', 'amount', 'note']);
    expect(read.rows).toHaveLength(2);
  });

  it('takes the record that is said to be the header', async () => {
    const read = await readBytes('x,y\n\nu,v\na,b\n1,2\n', ['a'], { header: { row: 3 } });
    expect(read.rows).toEqual([['1']]);
    expect(read.skipped).toEqual({ preamble: 2, blank_line: 1 });
  });

  it('joins header rows, with merged headings filled to the right', async () => {
    const text = '2026,,2027,\nQ1,Q2,Q1,Q2\n1,2,3,4\n';
    const header = { rows: 2, fill: true, join: '/' };
    expect((await readBytes(text, ['2027/Q2', '2026/Q1'], { header })).rows).toEqual([['4', '1']]);
    expect((await readBytes(text, [], { header: { rows: 2 } })).summary.header).toEqual([
      '2026 Q1',
      'Q2',
      '2027 Q1',
      'Q2',
    ]);
  });

  it('names columns by their position where there is no header', async () => {
    const read = await readBytes('1;2,5\n3;4,5\n', ['2'], { header: 'none' });
    expect(read.rows).toEqual([['2,5'], ['4,5']]);
    expect(read.places).toEqual(['a.csv:1', 'a.csv:2']);
    await expect(readBytes('1;2\n', ['3'], { header: 'none', delimiter: ';' })).rejects.toMatchObject({
      code: 'SOURCE_COLUMN_MISSING',
      message: expect.stringContaining('It has "1", "2"'),
    });
  });

  it('ends the table at the text that begins a footer', async () => {
    const text = 'a,b\n1,2\nTotalled,3\n"Total",5\n1,"x\n\n9,9\n';
    const read = await readBytes(text, ['a'], {
      delimiter: ',',
      footer: { from: 'Total' },
      final_line_end: 'optional',
    });
    expect(read.rows).toEqual([['1']]);
    expect(read.skipped).toEqual({ footer: 5 });
    const exact = await readBytes('a,b\n1,2\n Sum: 3 "x"\n', ['a'], { footer: { from: 'Sum:' } });
    expect([exact.rows, exact.skipped]).toEqual([[['1']], { footer: 1 }]);
  });

  it('leaves the last records out when they are said to be a footer, wherever chunks end', async () => {
    const text = `a,b\n${'1,2\n'.repeat(20)}sum,"40\n"\n\nmade by,me\n`;
    for (const windowBytes of [1, 3, 7, 50, 1000]) {
      const read = await readBytes(text, ['a'], { footer: { rows: 2 }, sizes: { windowBytes, headBytes: 8 } });
      expect(read.rows).toHaveLength(20);
      expect(read.skipped).toEqual({ footer: 4 });
    }
    expect((await readBytes('a,b\n1,2\n', ['a'], { footer: { rows: 2 } })).skipped).toEqual({ footer: 1 });
  });

  it('says so when the last record may be cut off, and rejects it when line ends are required', async () => {
    const text = 'a,b\n1,20\n2,30';
    expect((await readBytes(text)).summary.notes).toContainEqual(expect.stringContaining('may be cut off'));
    const optional = await readBytes(text, [], { final_line_end: 'optional' });
    expect(optional.summary.notes).not.toContainEqual(expect.stringContaining('cut off'));
    const required = await readBytes(text, [], { final_line_end: 'required' });
    expect(required.rows).toEqual([['1', '20']]);
    expect(rules(required)).toEqual(['a.csv:3 cut_off']);
    expect(rules(await readBytes('a,b\n1,"2"', [], { final_line_end: 'required' }))).toEqual(['a.csv:2 cut_off']);
    expect((await readBytes('a,b\n1,2\n', [], { final_line_end: 'required' })).rejects).toEqual([]);
  });

  it('trims unquoted fields and reads the declared texts as null, never inside quotes', async () => {
    const text = 'a , b,c\n 1 ,  NA , "NA" \n\t,"-",-\n" x ",y, \n';
    const read = await readBytes(text, ['a', 'b', 'c'], { trim: true, nulls: ['NA', '-'] });
    expect(read.rows).toEqual([
      ['1', null, 'NA'],
      [null, '-', null],
      [' x ', 'y', null],
    ]);
    expect(read.rejects).toEqual([]);
    expect((await readBytes('a\tb\n\t 1 \n', [], { delimiter: 'tab', trim: true })).rows).toEqual([[null, '1']]);
  });

  it.each([
    ['an empty file', '', 'SOURCE_COLUMN_MISSING', 'the file is empty'],
    ['a file of blank lines', '\n \n', 'SOURCE_COLUMN_MISSING', 'the file is empty'],
    ['a broken quote in the header', 'a,"b\n1,2\n', 'SOURCE_HEADER_UNREADABLE', 'a.csv:1'],
    ['bad bytes in the header', Buffer.from('a,b\xE4\n1,2\n', 'latin1'), 'SOURCE_HEADER_UNREADABLE', 'no text'],
    ['NUL bytes in the header', 'a,b\0\n1,2\n', 'SOURCE_HEADER_UNREADABLE', 'NUL'],
    ['a twin of an asked-for column', 'a,a\n1,2\n', 'SOURCE_COLUMN_AMBIGUOUS', '"a" is there 2 times'],
    ['a header longer than a record may be', `a,${'x'.repeat(2 ** 21)}`, 'SOURCE_HEADER_UNREADABLE', 'longer than'],
  ])('fails on %s', async (_, content, code, words) => {
    await expect(readBytes(content, ['a'])).rejects.toMatchObject({
      kind: 'layout',
      code,
      message: expect.stringContaining(words),
    });
  });
});

describe('encodings', () => {
  it('rejects only the record whose bytes are no UTF-8, and spells them', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,gr\u00FCn\n2,gr'),
      Buffer.from([0xfc]),
      Buffer.from('n\n3,"x"\n'),
    ]);
    const read = await readBytes(bytes);
    expect(read.rows).toEqual([
      ['1', 'gr\u00FCn'],
      ['3', 'x'],
    ]);
    expect(read.rejects).toMatchObject([{ rule: 'invalid_encoding', locator: 'a.csv:3', raw: '2,gr\\xFCn' }]);
  });

  it.each([
    ['utf-16le', 'utf16le' as const],
    ['utf-8', 'utf8' as const],
  ])('keeps %s characters whose bytes fall on both sides of a chunk', async (encoding, name) => {
    const text = '\uFEFFa,b\n1,\u20AC\u{1F600}\u00E4\n2,"\u{1F600}""\n\u00E4"\n';
    const bytes = Buffer.from(text, name);
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const read = await readBytes(bytes, [], { encoding, cuts: [cut], sizes: { windowBytes: 1, headBytes: 1 } });
      expect(read.rejects).toEqual([]);
      expect(read.rows.map(([, b]) => b)).toEqual(['\u20AC\u{1F600}\u00E4', '\u{1F600}"\n\u00E4']);
    }
  });

  it('takes the encoding from a byte order mark unless one is declared, and says so', async () => {
    const bigEndian = Buffer.from('\uFEFFa,b\n1,\u00E4\n', 'utf16le').swap16();
    const read = await readBytes(bigEndian);
    expect(read.rows).toEqual([['1', '\u00E4']]);
    expect(read.summary.notes[0]).toBe('encoding utf-16be was told by the byte order mark');
    await expect(readBytes(bigEndian, ['a'], { encoding: 'utf-8' })).rejects.toMatchObject({ kind: 'layout' });
  });

  it('reads windows-1252 and rejects a byte it has no letter for', async () => {
    const read = await readBytes(Buffer.from('a;b\n1;M\xFCll\xE9r \x80\n2;\x81\n', 'latin1'), ['b'], {
      encoding: 'windows-1252',
    });
    expect(read.rows).toEqual([['M\u00FCll\u00E9r \u20AC']]);
    expect(rules(read)).toEqual(['a.csv:3 invalid_encoding']);
  });

  it('rejects a UTF-16 record cut in the middle of a letter', async () => {
    const whole = Buffer.from('\uFEFFa,b\r\n1,\u{1F600}\r\n2,x', 'utf16le');
    const read = await readBytes(whole.subarray(0, whole.length - 1), [], { encoding: 'utf-16le' });
    expect(read.rows).toEqual([['1', '\u{1F600}']]);
    expect(rules(read)).toEqual(['a.csv:3 invalid_encoding']);
  });

  it('keeps a replacement character that the writer really wrote', async () => {
    expect((await readBytes('a\n\uFFFD\n')).rows).toEqual([['\uFFFD']]);
  });
});
