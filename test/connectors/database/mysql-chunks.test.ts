import type { FieldPacket } from 'mysql2';
import { describe, expect, it } from 'vitest';
import { rowChunks, slicedChunks } from '#connectors/database/dialects/mysql-chunks.js';
import { rowsAsText, type SlicedRows } from '#connectors/sdk/sliced-rows.js';

const [DECIMAL, DOUBLE, TIMESTAMP, VARCHAR, BLOB] = [246, 5, 7, 253, 252];
const [UTF8MB4, BINARY] = [224, 63];

const field = (name: string, columnType: number, characterSet = BINARY): FieldPacket => ({
  constructor: { name: 'FieldPacket' },
  catalog: 'def',
  decimals: 0,
  flags: 0,
  name,
  orgName: name,
  orgTable: 't',
  table: 't',
  columnType,
  characterSet,
});
const everyColumn = (present: readonly string[]): readonly number[] => present.map((_, index) => index);
const printed = (...cells: readonly (string | null)[]): (Buffer | null)[] =>
  cells.map((cell) => (cell === null ? null : Buffer.from(cell)));

function sliced(chunks: readonly (SlicedRows | readonly unknown[])[]): readonly SlicedRows[] {
  return chunks.map((chunk) => {
    if (!('bounds' in chunk)) throw new Error('these are rows of texts');
    return chunk;
  });
}
const texts = (chunks: readonly (SlicedRows | readonly unknown[])[]) =>
  sliced(chunks).flatMap((rows) => rowsAsText(rows));

describe('rows of MySQL as slices', () => {
  it('have null, blank, long and non-ASCII cells as texts have them, in the order asked for', () => {
    const fields = [field('a', DECIMAL), field('left_out', VARCHAR, UTF8MB4), field('b', VARCHAR, UTF8MB4)];
    const builder = slicedChunks(() => [2, 0])(fields);
    const long = 'ü'.repeat(400_000);
    for (const [a, b] of [
      ['1.50', ''],
      [null, 'grün 😀'],
      ['-0.1', null],
      ['7', long],
      ['8', 'x'.repeat(41)],
    ] as const) {
      builder.add(printed(a, 'not asked for', b));
    }
    const { chunks, bytes } = builder.take();
    expect(texts(chunks)).toEqual([
      ['', '1.50'],
      ['grün 😀', null],
      [null, '-0.1'],
      [long, '7'],
      ['x'.repeat(41), '8'],
    ]);
    expect(bytes).toBeGreaterThan(800_000);
    expect(builder.take()).toEqual({ chunks: [], bytes: 0 });
  });

  it('show bytes that are no UTF-8 as a row of texts would', () => {
    const fields = [field('a', VARCHAR, UTF8MB4), field('b', VARCHAR, UTF8MB4)];
    const row = [Buffer.from([0x61, 0xff, 0x62]), Buffer.concat([Buffer.alloc(60, 'y'), Buffer.from([0xc3])])];
    const [asSlices, asRows] = [slicedChunks(everyColumn)(fields), rowChunks(everyColumn)(fields)];
    asSlices.add(row);
    asRows.add(row);
    expect(texts(asSlices.take().chunks)).toEqual(asRows.take().chunks.flat());
  });

  it('write approximate numbers without an exponent', () => {
    const builder = slicedChunks(everyColumn)([field('d', DOUBLE)]);
    builder.add(printed('-2.5e-9'));
    builder.add(printed(null));
    expect(texts(builder.take().chunks)).toEqual([['-0.0000000025'], [null]]);
  });

  it('say that a TIMESTAMP is in UTC, as rows of texts do', () => {
    const fields = [field('at', TIMESTAMP), field('t', VARCHAR, UTF8MB4)];
    const [asSlices, asRows] = [slicedChunks(everyColumn)(fields), rowChunks(everyColumn)(fields)];
    const long = 'x'.repeat(524_288);
    for (const row of [
      printed('2026-07-31 22:30:00', 'a'),
      // What goes before fills the buffer to its last bytes.
      printed('2026-07-31 22:30:00.000001', long.slice(65)),
      printed('0000-00-00 00:00:00', null),
      printed(null, long),
    ]) {
      asSlices.add(row);
      asRows.add(row);
    }
    const rows = texts(asSlices.take().chunks);
    expect(rows).toEqual(asRows.take().chunks.flat());
    expect(rows.map(([at]) => at)).toEqual([
      '2026-07-31 22:30:00+00:00',
      '2026-07-31 22:30:00.000001+00:00',
      '0000-00-00 00:00:00+00:00',
      null,
    ]);
  });

  it('come in pieces of at most 4,096, whatever came over the wire at once, and say when there is enough', () => {
    const builder = slicedChunks(everyColumn)([field('a', DECIMAL)]);
    const enough = Array.from({ length: 20_001 }, (_, row) => builder.add(printed(String(row))));
    expect([enough[4_094], enough[4_095], enough[20_000]]).toEqual([false, true, true]);
    const pieces = sliced(builder.take().chunks);
    expect(pieces.map(({ length }) => length)).toEqual([4_096, 4_096, 4_096, 4_096, 3_617]);
    expect(pieces.flatMap((rows) => rowsAsText(rows))).toEqual(enough.map((_, row) => [String(row)]));
  });

  it('are rows of texts where a column may hold what has none', () => {
    const builder = slicedChunks(everyColumn)([field('a', DECIMAL), field('b', BLOB)]);
    builder.add(printed('1', null));
    expect(builder.take().chunks).toEqual([[['1', null]]]);
  });
});
