import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { detectDialect } from '#connectors/csv/dialect/detect-dialect.js';
import {
  type DialectOptions,
  declaredDialect,
  dialectShape,
  marksDiffer,
} from '#connectors/csv/dialect/dialect-options.js';

const detect = (text: string, asked: readonly string[] = [], options: DialectOptions = {}) =>
  detectDialect(Buffer.from(text), options, asked);
const delimiterOf = (...args: Parameters<typeof detect>) => declaredDialect(detect(...args).dialect).delimiter;

describe('detecting the delimiter', () => {
  it.each([[','], [';'], ['\t'], ['|'], [':'], ['~'], ['^']])('finds %j', (delimiter) => {
    const text = ['a b', 'c', 'd'].join(delimiter) + `\n${['1', 'x y', ''].join(delimiter)}`.repeat(9);
    expect(detect(text).dialect.delimiter).toBe(delimiter);
    expect(detect(text, ['c']).notes).toEqual([
      `delimiter ${delimiter === '\t' ? 'tab' : `"${delimiter}"`} was detected from 9 records`,
    ]);
  });

  it('is not fooled by decimal commas, times and thousands', () => {
    expect(delimiterOf('Monat;Wert;Kurs\n2026-01;1,5;2,5\n2026-02;2,5;3,5\n')).toBe(';');
    expect(delimiterOf('1;2,5\n3;4,5\n', [], { header: 'none' })).toBe(';');
    expect(delimiterOf('at,amount\n10:30,5\n11:30,6\n')).toBe(',');
    expect(delimiterOf('10:30|5\n11:30|6\n', [], { header: 'none' })).toBe('|');
    expect(delimiterOf('a\tb\n1,234,567\t2\n1,000,000\t3\n')).toBe('tab');
  });

  it('looks past delimiters inside quotes', () => {
    expect(delimiterOf('a;b\n"1,2,3";"x,y"\n"4,5,6";"z,w"\n')).toBe(';');
  });

  it('takes the one under which the asked-for columns are in the header, however few records fit', () => {
    const text = 'a,b;c\n1,2;3\n1,2;3\n';
    expect(delimiterOf(text, ['a'])).toBe(',');
    expect(delimiterOf(text, ['c'])).toBe(';');
    expect(delimiterOf('a,b\n1\n1,2,3\n"1",2,3\n1,2\n', ['b'])).toBe(',');
  });

  it('finds files of one column, whatever stands in it', () => {
    expect(delimiterOf('v\n1,5\n2,5\n', ['v'])).toBe('none');
    expect(delimiterOf('v\n1\n2\n')).toBe('none');
    expect(detect('v\n1\n2\n').notes).toEqual(['one column and no delimiter was detected from 2 records']);
  });

  it('asks for a declaration when more than one fits, or none', () => {
    const unclear = { kind: 'layout', code: 'SOURCE_DIALECT_UNCLEAR', remedy: expect.stringContaining('delimiter:') };
    const failure = (text: string, options: DialectOptions = {}): unknown => {
      try {
        return detect(text, [], options);
      } catch (error) {
        return error;
      }
    };
    expect(failure('a,b;c,d\n1,2;3,4\nx,2;3,y\n')).toMatchObject({
      ...unclear,
      message: expect.stringContaining('",": 3 in the header, 2 of 2 records fit'),
    });
    expect(failure('Report of July, final\na;b;c\n1;2;3\n4;5;6\n')).toMatchObject(unclear);
    expect(failure('Report of July\na;b;c\n1;2;3\n4;5;6\n')).toMatchObject(unclear);
    expect(failure('Report of July\na;b;c\n1;2;3\n4;5;6\n', { skip_lines: 1 })).not.toBeInstanceOf(Error);
  });

  it('finds it behind a preamble of unknown length', () => {
    const text = 'Report of July, final\n\nmade by: me, today\na;b;c\n1;2;3\n4;5;6\n7;8;9\n';
    expect(delimiterOf(text, ['b'], { header: { find: true } })).toBe(';');
    expect(delimiterOf(text, [], { header: { find: true } })).toBe(';');
  });

  it('takes the word of a line sep=, but a declaration before it', () => {
    expect(detect('sep=#\na#b\n1#2\n')).toMatchObject({
      dialect: { delimiter: '#' },
      notes: ['delimiter "#" was told by the line "sep=#"'],
    });
    expect(delimiterOf('sep=#\na;b\n', [], { delimiter: ';' })).toBe(';');
  });

  it('reads an empty file with a comma, and says nothing', () => {
    expect(detect('')).toEqual({
      dialect: { delimiter: ',', quote: '"', escape: 'double', encoding: 'utf-8' },
      notes: [],
    });
  });

  it('drops a record that the head cuts', () => {
    const head = Buffer.from('a,b\n1,2\n3;4');
    expect(detectDialect(head, {}, [], false).notes).toEqual(['delimiter "," was detected from 1 record']);
  });
});

describe('detecting the quote', () => {
  it('takes apostrophes for quotes where whole fields stand in them and no usual quote is seen', () => {
    const detected = detect("'a','b'\n'1,5','x'\n'2','it''s'\n", ['a']);
    expect(detected.dialect).toMatchObject({ delimiter: ',', quote: "'" });
    expect(detected.notes).toContain(`quote "'" was detected`);
  });

  it('leaves apostrophes alone that are text', () => {
    expect(detect("a,b\n'tis,O'Brien\n1,'n\n").dialect.quote).toBe('"');
    expect(detect(`a,b\n'x',"y"\n`).dialect.quote).toBe('"');
  });
});

describe('detecting the encoding', () => {
  it('reads a byte order mark, and nothing else', () => {
    const utf16 = Buffer.from('\uFEFFa;b\n1;2\n3;4\n', 'utf16le');
    expect(detectDialect(utf16, {}, [])).toMatchObject({
      dialect: { encoding: 'utf-16le', delimiter: ';' },
      notes: ['encoding utf-16le was told by the byte order mark', expect.any(String)],
    });
  });
});

describe('the options of a dialect', () => {
  const schema = z.strictObject(dialectShape);

  it('accept well-known encodings that the library knows too, and no code that is no text', () => {
    for (const encoding of [
      'utf-8',
      'UTF8',
      'windows-1252',
      'cp1250',
      'iso-8859-15',
      'utf-16be',
      'Shift_JIS',
      'KOI8-R',
      'gb18030',
      'macintosh',
      'windows-31j',
      'utf-32',
    ]) {
      expect(schema.safeParse({ encoding }).success, encoding).toBe(true);
      expect(iconv.encodingExists(encoding), encoding).toBe(true);
    }
    expect(schema.safeParse({ encoding: 'cp720' }).success).toBe(true);
    for (const encoding of ['base64', 'hex', 'utf-7-imap', 'klingon'])
      expect(schema.safeParse({ encoding }).success).toBe(false);
  });

  it.each([
    [{ delimiter: '"' }],
    [{ delimiter: '\n' }],
    [{ delimiter: ',,' }],
    [{ quote: '' }],
    [{ header: false }],
    [{ header: { rows: 0 } }],
    [{ footer: {} }],
    [{ repairs: ['guess'] }],
    [{ skip_lines: -1 }],
  ])('refuse %j', (options) => {
    expect(schema.safeParse(options).success).toBe(false);
  });

  it('must tell delimiter, quote and escape apart', () => {
    expect(marksDiffer({ delimiter: ';', quote: ';' })).toBe(false);
    expect(marksDiffer({ delimiter: 'tab', quote: '\t' })).toBe(false);
    expect(marksDiffer({ quote: '\\', escape: 'backslash' })).toBe(false);
    expect(marksDiffer({ delimiter: ';', quote: '"' })).toBe(true);
    expect(marksDiffer({ delimiter: 'none', quote: 'none' })).toBe(true);
  });

  it('can be declared as they were detected', () => {
    const { dialect } = detect('a\tb\n1\t2\n');
    expect(declaredDialect(dialect)).toEqual({ delimiter: 'tab', quote: '"', encoding: 'utf-8' });
  });
});
