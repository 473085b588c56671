import { describe, expect, it } from 'vitest';
import { DatabaseExtractSchema } from '#connectors/database/options.js';
import { readAll, request } from '../read-all.js';
import { withSource } from './database-source.js';
import { SqliteFile } from './sqlite-file.js';

const TABLES = `create table orders (id integer primary key autoincrement, amount decimal(10,2), ordered_on date, paid boolean, note);
  insert into orders (amount, ordered_on, paid, note) values (1.5, '2026-01-05', 1, null), (2, '2026-01-06', 0, 'x'), (null, null, null, x'00');
  create table "odd.na""me" (a); insert into "odd.na""me" values (1);
  create view paid as select id, amount from orders where paid; create view broken as select * from gone;`;
const ask = (change: object = {}) => ({ sampleRows: 100, signal: new AbortController().signal, ...change });

describe('what there is in a SQLite file', () => {
  it('is tables and views with their columns, none of its own', async () => {
    using file = new SqliteFile(TABLES);
    const streams = await withSource(file.connection, (source) => source.discover(ask()));
    expect(streams.map(({ name, kind, sampledRows }) => [name, kind, sampledRows])).toEqual([
      ['broken', 'view', 0],
      ['odd.na"me', 'table', 1],
      ['orders', 'table', 3],
      ['paid', 'view', 1],
    ]);
    const orders = streams.find(({ name }) => name === 'orders');
    expect(orders?.fields.map(({ name, type, declared, blanks }) => [name, type, declared, blanks])).toEqual([
      ['id', 'integer', 'INTEGER', 0],
      ['amount', 'decimal', 'decimal(10,2)', 1],
      ['ordered_on', 'date', 'date', 1],
      ['paid', 'boolean', 'boolean', 1],
      ['note', 'text', undefined, 2],
    ]);
    expect(orders?.source).toEqual({ table: 'orders' });
  });

  it('is approximate where numbers with fractions are kept as REAL', async () => {
    using file = new SqliteFile(`create table t (r real, f double precision, n numeric, i integer, x text);
      insert into t values (1, 1.5, '2.25', 3, '4.5'), (2, 2.5, '3.25', 4, '5.5');`);
    const [table] = await withSource(file.connection, (source) => source.discover(ask()));
    const approximate = table?.fields.map(({ name, evidence }) => [name, evidence.includes('approximate')]);
    expect(approximate).toEqual([
      ['r', true],
      ['f', true],
      ['n', true],
      ['i', false],
      ['x', false],
    ]);
    const [empty] = await withSource(file.connection, (source) => source.discover(ask({ sampleRows: 0 })));
    expect(empty?.fields[0]?.evidence).toContain('approximate');
  });

  it('can be read by the source it gives', async () => {
    using file = new SqliteFile(TABLES);
    await withSource(file.connection, async (source) => {
      for (const stream of await source.discover(ask())) {
        const options = DatabaseExtractSchema.parse(stream.source);
        const names = stream.fields.map(({ name }) => name);
        const reading = readAll(source, request(options, names));
        if (stream.name === 'broken') await expect(reading).rejects.toMatchObject({ kind: 'layout' });
        else expect((await reading).seen).toBe(stream.sampledRows);
      }
    });
  });

  it('is the same when asked again; another layout has another fingerprint, other rows have not', async () => {
    using file = new SqliteFile(TABLES);
    const all = () => withSource(file.connection, (source) => source.discover(ask()));
    const print = async () => (await all()).find(({ name }) => name === 'orders')?.fingerprint;
    expect(await all()).toEqual(await all());
    const before = await print();
    file.run("insert into orders (amount) values ('text')");
    expect(await print()).toBe(before);
    file.run('alter table orders add column more text');
    expect(await print()).not.toBe(before);
  });

  it('is one of them when one is asked for, without rows when none are', async () => {
    using file = new SqliteFile(TABLES);
    const streams = await withSource(file.connection, (source) =>
      source.discover(ask({ stream: 'orders', sampleRows: 0 })),
    );
    expect(streams).toMatchObject([{ name: 'orders', sampledRows: 0, fields: [{ name: 'id' }, {}, {}, {}, {}] }]);
  });

  it('says of a broken view what the database says', async () => {
    using file = new SqliteFile(TABLES);
    const [broken] = await withSource(file.connection, (source) => source.discover(ask({ stream: 'broken' })));
    expect(broken).toMatchObject({ fields: [], notes: [expect.stringContaining('gone')] });
  });

  it('ends when it is cancelled', async () => {
    using file = new SqliteFile(TABLES);
    const asking = withSource(file.connection, (source) => source.discover(ask({ signal: AbortSignal.abort() })));
    await expect(asking).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
