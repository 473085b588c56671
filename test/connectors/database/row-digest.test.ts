import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultRow } from '#connectors/database/dialects/dialect.js';
import { createRowDigest, type RowDigest } from '#connectors/database/row-digest.js';
import type { SlicedRows } from '#connectors/sdk/sliced-rows.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import { SqliteFile } from './sqlite-file.js';

type Rows = readonly (readonly RawCell[])[];

const digestOf = (add: (digest: RowDigest) => void): string => {
  const digest = createRowDigest();
  add(digest);
  return digest.finish('question');
};
const ofTexts = (rows: readonly ResultRow[]): string => digestOf((digest) => digest.addRows(rows));
const ofSlices = (rows: Rows, gap = 0): string => digestOf((digest) => digest.addSliced(sliced(rows, gap)));

/** @param gap bytes of no cell after each cell */
function sliced(rows: Rows, gap: number): SlicedRows {
  const bytes: number[] = [1, 2, 3];
  const bounds = rows.flat().flatMap((cell) => {
    if (cell === null) return [-1, -1];
    const start = bytes.length;
    bytes.push(...new TextEncoder().encode(cell));
    const end = bytes.length;
    for (let index = 0; index < gap; index += 1) bytes.push(0);
    return [start, end];
  });
  return {
    ...{ length: rows.length, width: rows[0]?.length ?? 0 },
    ...{ bytes: Uint8Array.from(bytes), bounds: Int32Array.from(bounds) },
  };
}

const cell = fc.option(
  fc.oneof(fc.constantFrom('', 'a', '\0', 'null', 'é', 'x'.repeat(252), 'x'.repeat(253), 'x'.repeat(300)), fc.string()),
);
const table = fc.array(fc.tuple(cell, cell), { maxLength: 8 });

describe('the digest of rows', () => {
  it('is one for the same cells and another for others', () => {
    fc.assert(
      fc.property(table, table, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(ofTexts(one) === ofTexts(other)).toBe(same);
        expect(ofSlices(one) === ofSlices(other)).toBe(same);
      }),
    );
  });

  it('does not depend on where chunks end, nor on what lies between cells', () => {
    fc.assert(
      fc.property(table, fc.nat(8), (rows, at) => {
        const parts = [rows.slice(0, at), rows.slice(at)];
        expect(digestOf((digest) => parts.map((part) => digest.addRows(part)))).toBe(ofTexts(rows));
        expect(digestOf((digest) => parts.map((part) => digest.addSliced(sliced(part, 0))))).toBe(ofSlices(rows));
        expect(ofSlices(rows, 3)).toBe(ofSlices(rows));
      }),
    );
  });

  it.each([
    [[[null]], [['']]],
    [[['ab', 'c']], [['a', 'bc']]],
    [[['a', 'b']], [['b', 'a']]],
    [[['1']], [['1'], [null]]],
    [[['x'.repeat(252), 'y']], [['x'.repeat(253), 'y']]],
  ] satisfies readonly (readonly [Rows, Rows])[])('tells %j from %j', (one, other) => {
    expect(ofTexts(one)).not.toBe(ofTexts(other));
    expect(ofSlices(one)).not.toBe(ofSlices(other));
  });

  it('tells a value without a text from the text that says so', () => {
    expect(ofTexts([[{ what: '2 bytes' }]])).not.toBe(ofTexts([['2 bytes']]));
  });
});

describe('the digest of a read', () => {
  const SETUP =
    "create table t (id integer primary key, a text, b text); insert into t values (1, 'x', ''), (2, 'y', null);";
  const digest = (file: SqliteFile, columns = ['a', 'b']) =>
    withSource(
      file.connection,
      async (source) => (await readAll(source, request({ table: 't' }, columns))).summary.digest,
    );

  it('is the same for the same rows, and another once a row was changed, added or replaced', async () => {
    using file = new SqliteFile(SETUP);
    const seen = [await digest(file)];
    expect(await digest(file)).toBe(seen[0]);
    for (const change of [
      "update t set a = 'z' where id = 2",
      "update t set b = '' where id = 2",
      "insert into t values (3, 'x', '')",
      'update t set id = 4 where id = 3',
    ]) {
      file.run(change);
      seen.push(await digest(file));
    }
    expect(new Set(seen).size).toBe(5);
    file.run(`drop table t; ${SETUP}`);
    expect(await digest(file)).toBe(seen[0]);
    expect(await digest(file, ['b', 'a'])).not.toBe(seen[0]);
  });
});
