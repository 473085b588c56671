// The fast way against the grammar, cell by cell: whatever a column declares, both read the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumnTyping } from '#src/domain/value/columns/column-typing.js';
import { cellAt } from '#src/domain/value/columns/column-vector.js';
import { NULL_CELL, type RawColumn, textColumn } from '#src/domain/value/columns/raw-column.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, ColumnType } from '#src/domain/value/types.js';

const digits = fc.stringMatching(/^[0-9]{0,19}$/);
const numberText = fc
  .tuple(
    fc.constantFrom('', '', '-', '+', '−', '('),
    digits,
    fc.constantFrom('', '.', ',', '٫', ' '),
    digits,
    fc.constantFrom('', '', '%', ' €', 'k', ')'),
  )
  .map((parts) => parts.join(''));
const two = (most: number): fc.Arbitrary<string> => fc.nat(most).map((part) => String(part).padStart(2, '0'));
const year = fc.constantFrom('2026', '2024', '1969', '1900', '0001', '0000', '9999', '26');
const dateText = fc
  .tuple(year, two(13), two(32), fc.constantFrom('ymd', 'dmy', 'my', 'mdy'), fc.constantFrom('-', '.', '/', ''))
  .map(([y, m, d, order, joint]) => [...order].map((part) => ({ y, m, d })[part]).join(joint));
const clockText = fc
  .tuple(two(25), two(61), fc.constantFrom('', ':00', ':59', ':60', ':30.5', ':30.123456789', ':07.', ':1'))
  .map(([hour, minute, rest]) => `${hour}:${minute}${rest}`);
const momentText = fc
  .tuple(
    fc.oneof(
      dateText,
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-04-05', '29.03.2026', '0001-01-01', '9999-12-31'),
    ),
    fc.constantFrom('T', ' ', ''),
    clockText,
    fc.constantFrom('', '', 'Z', 'z', '+02:00', ' +0130', '-03', '+17:00', '5', '.5'),
  )
  .map((parts) => parts.join(''));
const wordText = fc.constantFrom('true', 'FALSE', 'yes', 'ja', 'nein', '1', '0', 'wahr', 't ', 'trues', 'n\u0000o');
const anyText = fc.oneof(
  numberText,
  dateText,
  momentText,
  wordText,
  fc.constantFrom(
    '',
    ' ',
    '#N/A',
    ' #REF! ',
    '#WERT!',
    'Loading...',
    'NaN',
    '-0.00',
    '00',
    '46054',
    '46054.25',
    '1e3',
    'süd',
  ),
  fc.string({ unit: 'grapheme' }),
);
/** Well-formed, around changes of clocks: of an hour, of half an hour, a minute after midnight. */
const isoMoment = fc
  .tuple(
    fc.constantFrom('2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2007-03-11', '2007-11-04', '1969-12-31'),
    fc.constantFrom('T', ' '),
    two(23),
    two(59),
    fc.constantFrom('', ':00', ':30.5', ':59.999999999'),
    fc.constantFrom('', '', '', 'Z', '+02:00', '-0330'),
  )
  .map(([day, joint, hour, minute, rest, offset]) => `${day}${joint}${hour}:${minute}${rest}${offset}`);
const germanMoment = fc
  .tuple(fc.constantFrom('29.03.2026', '11.03.2007', '05.04.2026'), two(23), two(59), fc.constantFrom('', ':59'))
  .map(([day, hour, minute, rest]) => `${day} ${hour}:${minute}${rest}`);
const USUAL: Readonly<Record<ColumnType, fc.Arbitrary<string>>> = {
  decimal: numberText,
  integer: numberText,
  date: dateText,
  datetime: fc.oneof(isoMoment, germanMoment),
  boolean: wordText,
  ordinal: fc.constantFrom('AA', 'AA-', ' A', 'aa', 'BBB ', 'é', 'e\u0301', '1'),
  text: fc.string({ unit: 'grapheme' }),
};
const cellsOf = (type: ColumnType) => {
  const texts = fc.oneof({ arbitrary: USUAL[type], weight: 4 }, { arbitrary: anyText, weight: 1 });
  const padded = texts.map((text) => ` ${text}`);
  // A byte that counts for nothing where bytes are taken for a number.
  const nul = fc.tuple(texts, fc.boolean()).map(([text, before]) => (before ? `\0${text}` : `${text}\0`));
  const cell = fc.oneof(
    { arbitrary: texts, weight: 9 },
    { arbitrary: padded, weight: 1 },
    { arbitrary: nul, weight: 1 },
  );
  return fc.array(fc.option(cell, { freq: 20 }), { minLength: 1, maxLength: 30 });
};

const NUMBERS: readonly Partial<ColumnSpec>[] = [
  {},
  { locale: 'de-DE' },
  { locale: 'en-US' },
  { locale: 'fr-CH' },
  { locale: 'ar-EG' },
  { percent: 'fraction' },
  { percent: 'points', locale: 'de-DE' },
  { currency: 'EUR', magnitudes: true },
  { blanks: ['0', 'n/a', '#N/A'] },
  { blanks: ['0'], required: true },
];
const DATES: readonly Partial<ColumnSpec>[] = [
  {},
  ...['dd.MM.yyyy', 'd.M.yyyy', 'yyyyMMdd', ' yyyy-MM-dd', 'MM/yyyy', 'serial', "dd'.'MM.yyyy"].map((pattern) => ({
    pattern,
  })),
  { pattern: 'dd.MM.yy', century: 2000 },
];
const MOMENTS: readonly Partial<ColumnSpec>[] = [
  {},
  ...['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:mm:ss', 'yyyy-MM-ddTHH:mm', 'serial'].map((pattern) => ({ pattern })),
];
const OPTIONS: Readonly<Record<ColumnType, readonly Partial<ColumnSpec>[]>> = {
  decimal: NUMBERS,
  integer: NUMBERS,
  date: DATES,
  datetime: MOMENTS,
  boolean: [{}, { words: { true: ['ja', 'wahr'], false: ['nein'] } }],
  text: [{}],
  ordinal: [{ order: ['BBB', 'A', 'AA-', 'AA', 'é'] }],
};

const column: fc.Arbitrary<ColumnSpec> = fc
  .constantFrom<ColumnType>('decimal', 'integer', 'date', 'datetime', 'boolean', 'text', 'ordinal')
  .chain((type) =>
    fc
      .record({
        options: fc.constantFrom(...OPTIONS[type]),
        required: fc.boolean(),
        timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns'),
      })
      .map(({ options, ...rest }) => ({ name: 'c', sourceName: 'C', type, ...rest, ...options })),
  );

const columnAndCells = column.chain((spec) => fc.tuple(fc.constant(spec), cellsOf(spec.type)));

/** Cells between digits, which no reader may touch. */
function sliced(cells: readonly (string | null)[]): RawColumn {
  const bytes: number[] = [0x31];
  const bounds = cells.flatMap((each) => {
    if (each === null) return [NULL_CELL, NULL_CELL];
    const start = bytes.length;
    const encoded = new TextEncoder().encode(each);
    bytes.push(...encoded, 0x31);
    return [start, start + encoded.length];
  });
  const textAt = (row: number): string | null => cells[row] ?? null;
  return { bytes: Uint8Array.from(bytes), bounds: Int32Array.from(bounds), first: 0, stride: 2, textAt };
}

describe('createColumnTyping()', () => {
  it('reads every cell as the grammar of its column does, from bytes and from text', () => {
    fc.assert(
      fc.property(columnAndCells, ([spec, cells]) => {
        const reader = createCellReader(spec);
        const typing = createColumnTyping(spec, cells.length);
        const rows = Int32Array.from(cells.keys());
        for (const raw of [sliced(cells), textColumn((row) => cells[row] ?? null)]) {
          const bad = new Uint8Array(cells.length);
          typing.type(raw, rows, rows.length, bad);
          const found = cells.map((_, row) => (bad[row] === 1 ? 'bad' : cellAt(typing.vector, row)));
          const expected = cells.map((each) => {
            const reading = reader(each);
            return reading.ok ? reading.value : 'bad';
          });
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves rows alone that it was not asked for', () => {
    const spec: ColumnSpec = { name: 'c', sourceName: 'C', type: 'decimal', timeZone: 'UTC', required: true };
    const typing = createColumnTyping(spec, 3);
    const bad = new Uint8Array(3);
    typing.type(sliced(['ten', '2.50', null]), Int32Array.of(1), 1, bad);
    expect([...bad]).toEqual([0, 0, 0]);
    expect(cellAt(typing.vector, 1)).toBe('2.5');
  });
});
