import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseConnector } from '#connectors/database/definition.js';
import type { DatabaseExtract } from '#connectors/database/options.js';
import type { ReadRequest, Source } from '#connectors/sdk/types.js';
import { readAll, request } from '../read-all.js';

const context = (baseDirectory: string) => ({
  baseDirectory,
  cacheDirectory: '/nowhere',
  now: () => '2026-08-03T06:00:00Z',
});

class SqliteFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'plumbline-sqlite-'));
  readonly file = join(this.folder, 'source.sqlite');

  constructor(sql: string) {
    this.run(sql);
  }

  run(sql: string): void {
    const database = new Database(this.file);
    database.exec(sql);
    database.close();
  }

  open(): Promise<Source<DatabaseExtract>> {
    return databaseConnector.open({ client: 'sqlite', file: 'source.sqlite' }, context(this.folder));
  }

  async read(query: string, columns: readonly string[], change: Partial<ReadRequest<DatabaseExtract>> = {}) {
    return readAll(await this.open(), request({ query }, columns, change));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const MANY =
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) select i, i * 2 as d from n';

describe('reading SQLite', () => {
  it('gives values exactly, as text, in the order asked', async () => {
    using file = new SqliteFile(
      `create table t (i integer, r real, s text, b boolean, n text);
       insert into t values (9223372036854775807, 0.1, 'grün 😀', true, null), (-1, 1e21, '', false, '0012'), (0, 2.5e-7, ' ', 0, '');`,
    );
    const read = await file.read('select * from t order by rowid', ['s', 'i', 'R', 'b', 'n']);
    expect(read.rows).toEqual([
      ['grün 😀', '9223372036854775807', '0.1', '1', null],
      ['', '-1', '1000000000000000000000', '0', '0012'],
      [' ', '0', '0.00000025', '0', ''],
    ]);
    expect(read.places[2]).toMatch(/^query [0-9a-f]{6} row 3$/);
  });

  it('binds the days wanted and tells of them', async () => {
    using file = new SqliteFile(
      "create table t (d text); insert into t values ('2025-12-31'), ('2026-01-01'), ('2026-01-31'), ('2026-02-01');",
    );
    const read = await file.read("select d, ':period_end' as x from t where d >= :period_start and d < :period_end;", [
      'd',
    ]);
    expect(read.rows).toEqual([['2026-01-01'], ['2026-01-31']]);
    expect(read.summary.description).toEqual([
      expect.stringMatching(/^query sha256 [0-9a-f]{64}$/),
      expect.stringContaining('where d >= :period_start'),
      ':period_start = 2026-01-01, :period_end = 2026-02-01',
      '2 rows',
    ]);
  });

  it('rejects a row whose cell is a blob or infinite, and keeps its neighbours', async () => {
    using file = new SqliteFile("create table t (a, b); insert into t values (1, x'00ff'), (2, 'ok'), (3, 9e999);");
    const read = await file.read('select a, b from t', ['a', 'b']);
    expect(read.rows).toEqual([['2', 'ok']]);
    expect(read.rejects).toMatchObject([
      {
        rule: 'unreadable_value',
        locator: expect.stringMatching(/row 1$/),
        message: expect.stringContaining('2 bytes (BLOB)'),
      },
      {
        rule: 'unreadable_value',
        locator: expect.stringMatching(/row 3$/),
        message: expect.stringContaining('Infinity'),
      },
    ]);
    expect((await file.read('select a, b from t', ['a'])).rows).toHaveLength(3);
  });

  it('reads a large result in batches and lets other work go on meanwhile', async () => {
    using file = new SqliteFile('create table t (a)');
    let turns = 0;
    const ticker = setInterval(() => {
      turns += 1;
    }, 1);
    const read = await file.read(MANY, ['d']);
    clearInterval(ticker);
    expect(read.rows).toHaveLength(200_000);
    expect(read.batches).toBe(200);
    expect(turns).toBeGreaterThan(2);
  });

  it('gives the same digest for the same question', async () => {
    using file = new SqliteFile('create table t (a)');
    const digest = async (query: string) => (await file.read(query, ['a'])).summary.digest;
    expect(await digest('select a from t')).toBe(await digest('select a from t'));
    expect(await digest('select a from t where 1')).not.toBe(await digest('select a from t'));
  });
});

describe('what SQLite cannot give', () => {
  const SETUP = 'create table t (a, amount); insert into t values (1, 2);';

  it.each([
    ['select * from nowhere', ['a'], 'layout', 'SOURCE_TABLE_MISSING', /no such table: nowhere/],
    ['select b from t', ['b'], 'layout', 'SOURCE_QUERY_FAILED', /no such column: b/],
    ['select from', ['b'], 'layout', 'SOURCE_QUERY_FAILED', /syntax error/],
    ['select a from t', ['ab'], 'layout', 'SOURCE_COLUMN_MISSING', /did you mean "a"/],
    ['select a from t where 0', ['b'], 'layout', 'SOURCE_COLUMN_MISSING', /It has "a"/],
    ['select a as Amount, amount from t', ['AMOUNT'], 'layout', 'SOURCE_COLUMN_AMBIGUOUS', /2 times/],
    ['select a, a from t', ['a'], 'layout', 'SOURCE_COLUMN_AMBIGUOUS', /2 times/],
    ['delete from t', ['a'], 'config', 'SOURCE_QUERY_REFUSED', /begins with "delete"/],
    ['select a from t where a = $x', ['a'], 'config', 'SOURCE_QUERY_REFUSED', /parameter/],
    ['select a from t where a = :x', ['a'], 'config', 'SOURCE_QUERY_PARAMETER_UNKNOWN', /:x/],
  ] as const)('%s', async (query, columns, kind, code, message) => {
    using file = new SqliteFile(SETUP);
    await expect(file.read(query, columns)).rejects.toMatchObject({
      kind,
      code,
      message: expect.stringMatching(message),
      remedy: expect.any(String),
    });
  });

  it('a file that is missing, none of its kind, or a folder', async () => {
    using file = new SqliteFile('create table t (a)');
    writeFileSync(join(file.folder, 'text.sqlite'), 'hello, this is no database at all'.repeat(100));
    const kindOf = async (name: string): Promise<unknown> => {
      const source = await databaseConnector.open({ client: 'sqlite', file: name }, context(file.folder));
      const read = await readAll(source, request({ query: 'select 1 as a' }, ['a'])).catch((error: unknown) => error);
      const [probe] = await source.check(new AbortController().signal);
      expect(probe).toMatchObject({ outcome: 'fail', remedy: expect.any(String) });
      return read;
    };
    expect(await kindOf('missing.sqlite')).toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('missing.sqlite'),
    });
    expect(await kindOf('no/such/folder.sqlite')).toMatchObject({ kind: 'not_found' });
    expect(await kindOf('.')).toMatchObject({ kind: 'not_found' });
    expect(await kindOf('text.sqlite')).toMatchObject({ kind: 'config', code: 'SOURCE_NOT_A_DATABASE' });
  });

  it('a file another process holds for itself: for now', async () => {
    using file = new SqliteFile('create table t (a)');
    const holder = new Database(file.file);
    holder.exec('begin exclusive');
    await expect(file.read('select a from t', ['a'])).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_BUSY' });
    holder.close();
  });

  it('more rows, bytes or time than allowed, or after a cancel, which also closes the file', async () => {
    using file = new SqliteFile('create table t (a)');
    const limits = { maxRows: 1e9, maxBytes: 1e9, timeoutMs: 30_000 };
    await expect(file.read(MANY, ['i'], { limits: { ...limits, maxRows: 1000 } })).rejects.toMatchObject({
      code: 'SOURCE_LIMIT_EXCEEDED',
    });
    await expect(file.read(MANY, ['i'], { limits: { ...limits, maxBytes: 1000 } })).rejects.toMatchObject({
      code: 'SOURCE_LIMIT_EXCEEDED',
    });
    await expect(
      file.read('with recursive n(i) as (select 1 union all select i + 1 from n) select i from n', ['i'], {
        limits: { ...limits, timeoutMs: 50 },
      }),
    ).rejects.toMatchObject({ kind: 'timeout' });

    const controller = new AbortController();
    const source = await file.open();
    const reading = source.read(request({ query: MANY }, ['i'], { signal: controller.signal }));
    await reading.next();
    controller.abort();
    await expect(reading.next()).rejects.toMatchObject({ kind: 'cancelled' });
    await source.close();
    await source.close();
  });

  it('anything when it would have to write', async () => {
    using file = new SqliteFile('create table t (a); insert into t values (1)');
    const before = await file.read('select count(*) as n from t', ['n']);
    await expect(file.read('with x as (select 1) insert into t select * from x', ['a'])).rejects.toMatchObject({
      kind: 'config',
    });
    expect((await file.read('select count(*) as n from t', ['n'])).rows).toEqual(before.rows);
  });
});

describe('checking SQLite', () => {
  it('tells what the file is', async () => {
    using file = new SqliteFile('create table t (a)');
    const probes = await (await file.open()).check(new AbortController().signal);
    expect(probes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['file ok', 'tables ok', 'read-only ok']);
  });
});
