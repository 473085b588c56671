import { describe, expect, it } from 'vitest';
import { type KeyColumn, placeOf, readableKey, withoutKey } from '#connectors/database/row-places.js';
import type { CatalogColumn } from '#connectors/database/sql/catalog.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import { SqliteFile } from './sqlite-file.js';

const KEYED = `create table lines ("Order" integer, line text, amount, primary key ("Order", line)) without rowid;
  insert into lines values (4711, 'a', 1.5), (4711, 'b "2"', x'00'), (4712, 'a', null);`;

async function read(sql: string, table: string, columns: readonly string[]) {
  using file = new SqliteFile(sql);
  return await withSource(file.connection, (source) => readAll(source, request({ table }, columns)));
}

describe('the place of a row of a table', () => {
  it('is its primary key, of rejects too, and no cell is more than was asked for', async () => {
    const { rows, places, rejects, seen } = await read(KEYED, 'lines', ['amount']);
    expect(rows).toEqual([['1.5'], [null]]);
    expect(places).toEqual(['table "lines" Order=4711 line=a', 'table "lines" Order=4712 line=a']);
    expect(rejects.map(({ locator }) => locator)).toEqual(['table "lines" Order=4711 line="b \\"2\\""']);
    expect(seen).toBe(3);
  });

  it('takes the key from the columns asked for where it is among them', async () => {
    const { rows, places, summary } = await read(KEYED, 'lines', ['LINE', 'order', 'line']);
    expect(rows[0]).toEqual(['a', '4711', 'a']);
    expect(places[0]).toBe('table "lines" Order=4711 line=a');
    expect(summary.description[1]).toBe('SELECT "line", "Order", "line" FROM "lines"');
  });

  it('never depends on a key that has no text', async () => {
    const sql = "create table t (id blob primary key, a); insert into t values (x'00ff', 1), (null, 2);";
    const { rows, places } = await read(sql, 't', ['a']);
    expect(rows).toEqual([['1'], ['2']]);
    expect(places).toEqual(['table "t" id=(2 bytes (BLOB))', 'table "t" id=null']);
  });

  it('is the number of the row where a table has no key, or one of many columns', async () => {
    const wide = 'create table t (a, b, c, d, primary key (a, b, c, d)); insert into t values (1, 2, 3, 4);';
    expect((await read(wide, 't', ['a'])).places).toEqual(['table "t" row 1']);
    expect((await read('create table t (a); insert into t values (1)', 't', ['a'])).places).toEqual([
      'table "t" row 1',
    ]);
  });

  it('is cut where a key is long', () => {
    const key: readonly KeyColumn[] = [{ name: 'odd name', index: 0 }];
    const place = placeOf('table "t"', key, 1, () => 'x'.repeat(1000));
    expect(place).toMatch(/^table "t" "odd name"="x{60}… \(1000 characters\)"$/);
  });
});

describe('readableKey()', () => {
  const column = (change: Partial<CatalogColumn>): CatalogColumn => ({
    ...{ name: 'id', declared: 'int', kind: 'integer', key: 'readable' },
    ...change,
  });

  it('is the whole key', () => {
    const key = [column({}), column({ name: 'line' })];
    expect(readableKey([...key, { name: 'amount', declared: 'int', kind: 'integer' }], 'mysql')).toEqual(key);
  });

  it('is none where a part may not be read, or is of a type that may have no text', () => {
    expect(readableKey([column({}), column({ key: 'hidden' })], 'postgres')).toEqual([]);
    expect(readableKey([column({ declared: 'binary(16)', kind: 'other' })], 'mysql')).toEqual([]);
    expect(readableKey([column({ declared: 'bytea', kind: 'other' })], 'postgres')).toEqual([]);
    expect(readableKey([column({ declared: 'uuid', kind: 'other' })], 'postgres')).toHaveLength(1);
  });
});

describe('withoutKey()', () => {
  it('keeps the columns asked for, with what is null and what is empty', () => {
    const bytes = new TextEncoder().encode('ab17c18');
    const bounds = Int32Array.of(0, 1, 1, 2, 2, 4, -1, -1, 4, 5, 5, 7, 7, 7, -1, -1, 7, 7);
    const rows = { length: 3, width: 3, bytes, bounds };
    expect(rowsAsText(withoutKey(rows, 2))).toEqual([
      ['a', 'b'],
      [null, 'c'],
      ['', null],
    ]);
    expect(withoutKey(rows, 3)).toBe(rows);
  });
});
