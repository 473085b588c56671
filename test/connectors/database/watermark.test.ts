import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { DatabaseExtract } from '#connectors/database/options.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import { SqliteFile } from './sqlite-file.js';

const ORDERS = `create table orders (id integer, updated_at text, kind text);
  insert into orders values (1, '2026-01-01 10:00:00', 'a'), (2, '2026-01-02 11:30:00', 'b'), (3, null, 'a');`;

function watermarkOf(options: DatabaseExtract, sql = ORDERS): Promise<Watermark | undefined> {
  const file = new SqliteFile(sql);
  return withSource(file.connection, (source) => source.watermark(request(options, []))).finally(() =>
    file[Symbol.dispose](),
  );
}

describe('the watermark of a source', () => {
  it('is the greatest value of a column, over the rows of the extract', async () => {
    const watermark = { column: 'UPDATED_AT' };
    expect(await watermarkOf({ table: 'orders', watermark })).toEqual({
      evidence: 'column_maximum',
      value: '2026-01-02 11:30:00',
      at: '2026-01-02',
    });
    expect(await watermarkOf({ table: 'orders', where: "kind = 'a'", watermark })).toMatchObject({
      value: '2026-01-01 10:00:00',
    });
  });

  it.each([
    ["'2026-01-02T11:30:00+02:00'", '2026-01-02T09:30:00Z'],
    ["'2026-01-02'", '2026-01-02'],
    ['count(*)', undefined],
    ["'v17'", undefined],
  ])('is what its query gives, a time where it is one: %s', async (expression, at) => {
    const watermark = { query: `select ${expression} from (select count(*) from orders)` };
    const { at: shown, evidence } = (await watermarkOf({ query: 'select id from orders', watermark })) ?? {};
    expect([evidence, shown]).toEqual(['query', at]);
  });

  it('is none where nothing is declared, or nothing is there', async () => {
    expect(await watermarkOf({ table: 'orders' })).toBeUndefined();
    const empty = 'create table orders (id integer, updated_at text, kind text)';
    expect(await watermarkOf({ table: 'orders', watermark: { column: 'updated_at' } }, empty)).toBeUndefined();
    const watermark = { query: 'select updated_at from orders' };
    expect(await watermarkOf({ table: 'orders', watermark }, empty)).toBeUndefined();
  });

  it('is one value', async () => {
    const watermark = { query: 'select id from orders' };
    await expect(watermarkOf({ table: 'orders', watermark })).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('3 rows'),
    });
    await expect(watermarkOf({ table: 'orders', watermark: { column: 'updated' } })).rejects.toMatchObject({
      code: 'SOURCE_COLUMN_MISSING',
    });
  });
});

describe('reading what is new', () => {
  const options: DatabaseExtract = {
    query: 'select id from orders where updated_at > :since order by id',
    watermark: { query: 'select max(updated_at) from orders' },
  };

  it('binds :since to the last watermark, or to the beginning', async () => {
    using file = new SqliteFile(ORDERS);
    const read = (change: object, initial?: string) =>
      withSource(file.connection, (source) =>
        readAll(
          source,
          request({ ...options, watermark: { ...options.watermark, ...(initial ? { initial } : {}) } }, ['id'], change),
        ),
      );
    const first = await read({});
    expect(first.rows).toEqual([['1'], ['2']]);
    expect(first.summary.watermark).toEqual({ evidence: 'query', value: '2026-01-02 11:30:00', at: '2026-01-02' });
    expect(first.summary.description).toContain(':since = 0001-01-01 00:00:00');
    expect((await read({ since: '2026-01-01 10:00:00' })).rows).toEqual([['2']]);
    expect((await read({}, '2026-01-01 10:00:00')).rows).toEqual([['2']]);
    expect((await read({ since: "x' or '1'='1" })).rows).toEqual([]);
  });

  it('tells the watermark that the rows had, not a newer one', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `(${index}, '2026-01-01', 'x')`).join(', ');
    using file = new SqliteFile(`pragma journal_mode = wal; ${ORDERS} insert into orders values ${rows};`);
    await withSource(file.connection, async (source) => {
      const reading = source.read(
        request({ ...options, table: 'orders', query: undefined, watermark: { column: 'updated_at' } }, ['id']),
      );
      const first = await reading.next();
      let seen = first.done ? 0 : first.value.seen;
      const writer = new Database(file.file);
      writer.exec("insert into orders values (9999, '2026-09-09 00:00:00', 'late')");
      writer.close();
      for (;;) {
        const step = await reading.next();
        if (step.done) {
          expect(step.value.watermark?.value).toBe('2026-01-02 11:30:00');
          break;
        }
        seen += step.value.seen;
      }
      expect(seen).toBe(3003);
    });
  });

  it('has no :since without a watermark', async () => {
    using file = new SqliteFile(ORDERS);
    const query = 'select id from orders where updated_at > :since';
    await expect(
      withSource(file.connection, (source) => readAll(source, request({ query }, ['id'], { since: 'x' }))),
    ).rejects.toMatchObject({ code: 'SOURCE_QUERY_PARAMETER_UNKNOWN' });
  });
});
