import iconv from 'iconv-lite';
import type { DialectOptions } from '#connectors/csv/dialect/dialect-options.js';

// One clean file, polluted in named ways. Ids are such that the raw text of a reject tells which rows it stands for.

const HEADER = ['id', 'day', 'amount', 'note'] as const;
export interface CleanRow {
  readonly id: string;
  readonly day: string;
  /** Plain decimal, such as `1234.50`. */
  readonly amount: string;
  readonly note: string;
}
/** Numbers from 0 up to `below`, the same for the same seed. */
export type Random = (below: number) => number;

export interface Pollution {
  readonly name: string;
  readonly pollute: (rows: readonly CleanRow[], random: Random) => string | Uint8Array;
  readonly options?: DialectOptions;
  /** Locale of the amounts, if they are not in plain form. */
  readonly locale?: string;
  /**
   * `same`: no row is lost. `rejects`: some are, each reported. `refused`: no number at all, but a failure.
   * `noted`: a note says that something may be missing.
   */
  readonly outcome: 'same' | 'rejects' | 'refused' | 'noted';
}

export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function cleanRows(random: Random, count = 40): readonly CleanRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${String(index).padStart(4, '0')}`,
    day: `2026-07-${String(1 + random(28)).padStart(2, '0')}`,
    amount: `${1000 + random(9000)}.${String(random(100)).padStart(2, '0')}`,
    note: ['plain', 'two words', 'caf\u00E9', ''][random(4)] ?? '',
  }));
}

type Cells = readonly string[];
const cellsOf = (row: CleanRow): string[] => [row.id, row.day, row.amount, row.note];
const table = (rows: readonly CleanRow[]): string[][] => [[...HEADER], ...rows.map(cellsOf)];
const joined = (records: readonly Cells[], delimiter = ',', end = '\n'): string =>
  records.map((cells) => cells.join(delimiter) + end).join('');
const plain = (rows: readonly CleanRow[]): string => joined(table(rows));
const quotedBy = (quote: string, records: readonly Cells[], delimiter = ',', inner = quote + quote): string =>
  joined(
    records.map((cells) => cells.map((cell) => quote + cell.replaceAll(quote, inner) + quote)),
    delimiter,
  );
const german = (text: string): string => text.replace('.', ',');
const thousands = (text: string): string => text.replace(/^(\d+)(\d{3})\./, '$1,$2.');
const amounts = (rows: readonly CleanRow[], change: (amount: string) => string): CleanRow[] =>
  rows.map((row) => ({ ...row, amount: change(row.amount) }));
/** Changes the line of some rows, never all. */
const someLines = (
  rows: readonly CleanRow[],
  random: Random,
  change: (line: string, row: CleanRow) => string,
): string => {
  const chosen = 1 + random(rows.length - 1);
  const lines = rows.map((row, index) => {
    const line = cellsOf(row).join(',');
    return index === chosen || random(6) === 0 ? change(line, row) : line;
  });
  return `${[HEADER.join(','), ...lines].join('\n')}\n`;
};
const inserted = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);

const DECLARED: DialectOptions = { delimiter: ',', quote: '"' };

export const POLLUTIONS: readonly Pollution[] = [
  { name: 'nothing at all', pollute: plain, outcome: 'same' },
  ...([';', '\t', '|', ':', '~', '^'] as const).map(
    (delimiter): Pollution => ({
      name: `delimiter ${JSON.stringify(delimiter)}, not declared`,
      pollute: (rows) => joined(table(rows), delimiter),
      outcome: 'same',
    }),
  ),
  {
    name: 'a delimiter nobody would guess, declared',
    pollute: (rows) => joined(table(rows), '\u00A7'),
    options: { delimiter: '\u00A7' },
    outcome: 'same',
  },
  {
    name: 'a delimiter nobody would guess, not declared',
    pollute: (rows) => joined(table(rows), '\u00A7'),
    outcome: 'refused',
  },
  {
    name: 'another delimiter than the declared one',
    pollute: (rows) => joined(table(rows), ';'),
    options: { delimiter: ',' },
    outcome: 'refused',
  },
  {
    name: 'decimal commas between semicolons',
    pollute: (rows) => joined(table(amounts(rows, german)), ';'),
    locale: 'de-DE',
    outcome: 'same',
  },
  {
    name: 'decimal commas between commas',
    pollute: (rows) => plain(amounts(rows, german)),
    locale: 'de-DE',
    outcome: 'rejects',
  },
  {
    name: 'decimal commas between commas, every repair of counts allowed',
    pollute: (rows) => plain(amounts(rows, german)),
    options: { delimiter: ',', repairs: ['missing_cells', 'extra_cells', 'lose_extra_content'] },
    locale: 'de-DE',
    outcome: 'rejects',
  },
  {
    name: 'decimal commas between commas in some rows, every repair of counts allowed',
    pollute: (rows, random) => someLines(rows, random, (line, row) => line.replace(row.amount, german(row.amount))),
    options: { repairs: ['missing_cells', 'extra_cells', 'lose_extra_content'] },
    outcome: 'rejects',
  },
  {
    name: 'thousands separators inside quotes',
    pollute: (rows) => quotedBy('"', table(amounts(rows, thousands))),
    locale: 'en-US',
    outcome: 'same',
  },
  {
    name: 'thousands separators without quotes',
    pollute: (rows) => plain(amounts(rows, thousands)),
    locale: 'en-US',
    outcome: 'rejects',
  },
  {
    name: 'thousands separators without a declared locale',
    pollute: (rows) => quotedBy('"', table(amounts(rows, thousands))),
    outcome: 'rejects',
  },
  { name: 'every field in quotes', pollute: (rows) => quotedBy('"', table(rows)), outcome: 'same' },
  { name: 'apostrophes for quotes', pollute: (rows) => quotedBy("'", table(rows)), outcome: 'same' },
  {
    name: 'quotes of several bytes, declared',
    pollute: (rows) => quotedBy('\u2021', table(rows)),
    options: { delimiter: ',', quote: '\u2021' },
    outcome: 'same',
  },
  {
    name: 'doubled quotes, delimiters and line ends in the notes',
    pollute: (rows, random) =>
      quotedBy(
        '"',
        table(
          rows.map((row) => ({
            ...row,
            note: ['say "hi"', 'a,b', 'two\nlines', 'two\r\nlines', '"'][random(5)] ?? '',
          })),
        ),
      ),
    outcome: 'same',
  },
  {
    name: 'quotes behind backslashes, declared',
    pollute: (rows) => quotedBy('"', table(rows.map((row) => ({ ...row, note: 'say "hi", now' }))), ',', '\\"'),
    options: { escape: 'backslash' },
    outcome: 'same',
  },
  {
    name: 'quotes behind backslashes, not declared',
    pollute: (rows) => quotedBy('"', table(rows.map((row) => ({ ...row, note: 'say "hi" now' }))), ',', '\\"'),
    outcome: 'rejects',
  },
  { name: 'CRLF line ends', pollute: (rows) => joined(table(rows), ',', '\r\n'), outcome: 'same' },
  { name: 'CR line ends', pollute: (rows) => joined(table(rows), ',', '\r'), outcome: 'same' },
  {
    name: 'mixed line ends',
    pollute: (rows, random) =>
      table(rows)
        .map((cells) => cells.join(',') + (['\n', '\r\n', '\r'][random(3)] ?? '\n'))
        .join(''),
    outcome: 'same',
  },
  { name: 'no line end at the end', pollute: (rows) => plain(rows).slice(0, -1), outcome: 'noted' },
  {
    name: 'no line end at the end where one is required',
    pollute: (rows) => plain(rows).slice(0, -1),
    options: { final_line_end: 'required' },
    outcome: 'rejects',
  },
  {
    name: 'a preamble of known length',
    pollute: (rows) => `Report; of "July\n\n  made by: me,\n${plain(rows)}`,
    options: { skip_lines: 3 },
    outcome: 'same',
  },
  {
    name: 'a preamble of unknown length',
    pollute: (rows, random) => `${'Report; of "July, final\n\n'.repeat(1 + random(4))}${plain(rows)}`,
    options: { header: { find: true } },
    outcome: 'same',
  },
  { name: 'a preamble that is not declared', pollute: (rows) => `Report of July\n${plain(rows)}`, outcome: 'refused' },
  {
    name: 'a footer by its text',
    pollute: (rows, random) => `${plain(rows)}Total,,${random(1e6)}.00,\nprinted by "me\n`,
    options: { footer: { from: 'Total' } },
    outcome: 'same',
  },
  {
    name: 'a footer by its length',
    pollute: (rows, random) => `${plain(rows)}Total,,${random(1e6)}.00,\n\nprinted by me\n`,
    options: { footer: { rows: 2 } },
    outcome: 'same',
  },
  {
    name: 'a header in two rows',
    pollute: (rows) => `booking,,value,\n${plain(rows).replace(HEADER.join(','), 'id,day,amount,note')}`,
    options: { header: { row: 2 } },
    outcome: 'same',
  },
  {
    name: 'a header in two rows that belong together',
    pollute: (rows) => plain(rows).replace(HEADER.join(','), ',,amo,\nid,day,unt,note'),
    options: { header: { rows: 2, join: '' } },
    outcome: 'same',
  },
  {
    name: 'no header, columns by their position',
    pollute: (rows) => joined(rows.map(cellsOf)),
    options: { header: 'none' },
    outcome: 'same',
  },
  { name: 'no header, though one was expected', pollute: (rows) => joined(rows.map(cellsOf)), outcome: 'refused' },
  { name: 'a twin of another column', pollute: (rows) => plain(rows).replace('day', 'note'), outcome: 'same' },
  {
    name: 'a twin of the measured column',
    pollute: (rows) => plain(rows).replace('day', 'amount'),
    outcome: 'refused',
  },
  { name: 'a renamed column', pollute: (rows) => plain(rows).replace('amount', 'amount EUR'), outcome: 'refused' },
  { name: 'a UTF-8 byte order mark', pollute: (rows) => `\uFEFF${plain(rows)}`, outcome: 'same' },
  {
    name: 'UTF-16 with a byte order mark',
    pollute: (rows) => Buffer.from(`\uFEFF${plain(rows)}`, 'utf16le'),
    outcome: 'same',
  },
  {
    name: 'UTF-16 the other way round',
    pollute: (rows) => Buffer.from(`\uFEFF${plain(rows)}`, 'utf16le').swap16(),
    outcome: 'same',
  },
  {
    name: 'UTF-16 without a mark, not declared',
    pollute: (rows) => Buffer.from(plain(rows), 'utf16le'),
    outcome: 'refused',
  },
  {
    name: 'windows-1252, declared',
    pollute: (rows) => iconv.encode(plain(rows.map((row) => ({ ...row, note: 'caf\u00E9 \u20AC' }))), 'windows-1252'),
    options: { encoding: 'windows-1252' },
    outcome: 'same',
  },
  {
    name: 'windows-1252, not declared',
    pollute: (rows, random) =>
      iconv.encode(
        plain(rows.map((row, i) => ({ ...row, note: i === 3 || random(5) === 0 ? 'caf\u00E9' : 'x' }))),
        'windows-1252',
      ),
    outcome: 'rejects',
  },
  {
    name: 'shift_jis, declared',
    pollute: (rows) => iconv.encode(plain(rows.map((row) => ({ ...row, note: '\u8868\u7D50' }))), 'shift_jis'),
    options: { encoding: 'shift_jis' },
    outcome: 'same',
  },
  {
    name: 'a separator too many',
    pollute: (rows, random) =>
      someLines(rows, random, (line) => inserted(line, [0, 5, 6, 8, line.length][random(5)] ?? 0, ',')),
    outcome: 'rejects',
  },
  {
    name: 'a separator too few',
    pollute: (rows, random) => someLines(rows, random, (line) => line.replace(',', '')),
    outcome: 'rejects',
  },
  {
    name: 'empty cells beyond the header, mended',
    pollute: (rows, random) => someLines(rows, random, (line) => `${line},,`),
    options: { repairs: ['extra_cells'] },
    outcome: 'same',
  },
  {
    name: 'cells missing at the end, mended',
    pollute: (rows, random) => someLines(rows, random, (_, row) => `${row.id},${row.day},${row.amount}`),
    options: { repairs: ['missing_cells'] },
    outcome: 'same',
  },
  { name: 'a delimiter at the end of each line', pollute: (rows) => joined(table(rows), ',', ',\n'), outcome: 'same' },
  {
    name: 'a quote inside an unquoted field',
    pollute: (rows, random) => someLines(rows, random, (line) => `${line}5" pipe`),
    outcome: 'rejects',
  },
  {
    name: 'a quote inside an unquoted field, mended',
    pollute: (rows, random) => someLines(rows, random, (line) => `${line}5" pipe`),
    options: { repairs: ['stray_quote'] },
    outcome: 'same',
  },
  {
    name: 'a quote that is never closed',
    pollute: (rows, random) => someLines(rows, random, (_, row) => `${row.id},${row.day},${row.amount},"open`),
    options: DECLARED,
    outcome: 'rejects',
  },
  {
    name: 'a quote that is never closed, mended',
    pollute: (rows, random) => someLines(rows, random, (_, row) => `${row.id},${row.day},${row.amount},"open`),
    options: { repairs: ['unclosed_quote'] },
    outcome: 'same',
  },
  {
    name: 'quotes that are not doubled',
    pollute: (rows, random) => someLines(rows, random, (_, row) => `${row.id},${row.day},${row.amount},"a "b" c"`),
    outcome: 'rejects',
  },
  {
    name: 'quotes that are not doubled, mended',
    pollute: (rows, random) => someLines(rows, random, (_, row) => `${row.id},${row.day},${row.amount},"a "b" c"`),
    options: { repairs: ['inner_quote'] },
    outcome: 'same',
  },
  {
    name: 'padding around the fields, trimmed',
    pollute: (rows, random) =>
      joined(table(rows).map((cells) => cells.map((cell) => ' '.repeat(random(4)) + cell + ' '.repeat(random(4))))),
    options: { trim: true },
    outcome: 'same',
  },
  {
    name: 'padding around quoted fields, trimmed',
    pollute: (rows) => joined(table(rows).map((cells) => cells.map((cell) => ` "${cell}" `))),
    options: { trim: true },
    outcome: 'same',
  },
  {
    name: 'padding in the header, not trimmed',
    pollute: (rows) => plain(rows).replace(',amount', ', amount'),
    outcome: 'refused',
  },
  {
    name: 'the file cut off in the middle',
    pollute: (rows, random) => {
      const text = plain(rows);
      return text.slice(0, text.length / 2 + random(text.length / 2 - 2));
    },
    outcome: 'noted',
  },
  {
    name: 'the file cut off in the middle, whole lines required',
    pollute: (rows, random) => {
      const text = plain(rows);
      return text.slice(0, text.length / 2 + random(text.length / 2 - 2)).replace(/\n$/, '');
    },
    options: { final_line_end: 'required' },
    outcome: 'rejects',
  },
  {
    name: 'NUL bytes in a field',
    pollute: (rows, random) => someLines(rows, random, (line) => inserted(line, line.length - random(12), '\0')),
    outcome: 'rejects',
  },
  {
    name: 'NUL bytes in a field, removed',
    pollute: (rows, random) => someLines(rows, random, (line) => inserted(line, line.length - random(12), '\0')),
    options: { repairs: ['nul_bytes'] },
    outcome: 'same',
  },
  { name: 'NUL bytes after the end', pollute: (rows) => `${plain(rows)}${'\0'.repeat(900)}`, outcome: 'rejects' },
  {
    name: 'blank lines',
    pollute: (rows, random) => `\n${someLines(rows, random, (line) => `${line}\n  \n\n`)}\n`,
    outcome: 'same',
  },
  { name: 'a line sep=;', pollute: (rows) => `sep=;\n${joined(table(rows), ';')}`, outcome: 'same' },
  {
    name: 'a field of two megabytes',
    pollute: (rows, random) => {
      const huge = 1 + random(rows.length - 1);
      return plain(rows.map((row, index) => (index === huge ? { ...row, note: 'x'.repeat(2 ** 21) } : row)));
    },
    outcome: 'rejects',
  },
  {
    name: 'a second table below the first',
    pollute: (rows, random) => `${plain(rows)}\ncity,people\n${'Bonn,3\n'.repeat(1 + random(5))}`,
    options: DECLARED,
    outcome: 'rejects',
  },
  {
    name: 'the header repeated in the middle',
    pollute: (rows, random) => someLines(rows, random, (line) => `${HEADER.join(',')}\n${line}`),
    outcome: 'rejects',
  },
];
