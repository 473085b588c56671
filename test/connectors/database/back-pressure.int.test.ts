/**
 * Nothing is read ahead of its reader: the server waits in the middle of a result of hundreds of megabytes, and the
 * bytes that came over the wire meanwhile, which its socket counts, stay few.
 */
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerConnection } from '#connectors/database/options.js';
import { request } from '../read-all.js';
import { until, withSource } from './database-source.js';
import { type MysqlSite, mysqlSite } from './mysql-site.js';
import { type PostgresSite, postgresSite } from './postgres-site.js';

const limits = { maxRows: 1e9, maxBytes: 1e12, timeoutMs: 120_000 };
const ROW_BYTES = 10_000;

/** A door to a server that counts what comes through. */
async function counted(port: number): Promise<{ port: number; received(): number; close(): void }> {
  const sockets = new Set<Socket>();
  let bytes = 0;
  const door: Server = createServer((inner) => {
    const outer = createConnection({ host: '127.0.0.1', port });
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    inner.pipe(outer);
    outer.on('data', (chunk) => {
      bytes += chunk.length;
    });
    outer.pipe(inner);
    inner.on('close', () => outer.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received: () => bytes,
    close() {
      for (const socket of sockets) socket.destroy();
      door.close();
    },
  };
}

/** Bytes that came before anything was wanted beyond the first batch, once no more come. */
async function readAhead(connection: ServerConnection, port: number, query: string): Promise<number> {
  const door = await counted(port);
  try {
    return await withSource({ ...connection, host: '127.0.0.1', port: door.port }, async (source) => {
      const reading = source.read(request({ query }, ['pad'], { limits }));
      await reading.next();
      let before = -1;
      await until('the stream to stand still', async () => {
        if (before === door.received()) return true;
        before = door.received();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return undefined;
      });
      const ahead = door.received();
      // It was back-pressure that held it, and not the end of the rows.
      for (let batches = 0; batches < 20; batches += 1) await reading.next();
      expect(door.received()).toBeGreaterThan(ahead);
      await reading.return({ digest: '', description: [] });
      return ahead;
    });
  } finally {
    door.close();
  }
}

const postgresUrl = process.env['PLUMBLINE_TEST_POSTGRES_URL'];
describe.skipIf(postgresUrl === undefined)('a slow reader of PostgreSQL', () => {
  let site: PostgresSite;
  beforeAll(async () => {
    site = await postgresSite(postgresUrl ?? '');
  });
  afterAll(() => site.drop());

  it('holds a few fetches at most, fewer rows of them where rows are wide', async () => {
    const query = `select generate_series(1, 1000000) as i, repeat('x', ${ROW_BYTES}) as pad`;
    expect(await readAhead(site.options(), site.options().port, query)).toBeLessThan(1_500 * ROW_BYTES);
  });
});

const mysqlUrl = process.env['PLUMBLINE_TEST_MYSQL_URL'];
describe.skipIf(mysqlUrl === undefined)('a slow reader of MySQL', () => {
  let site: MysqlSite;
  beforeAll(async () => {
    site = await mysqlSite(mysqlUrl ?? '');
    await site.admin.query('create table t (a int primary key)');
    await site.admin.query(
      'insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) select i from n',
    );
  });
  afterAll(() => site.drop());

  it('holds a few thousand rows at most', async () => {
    const query = `select x.a, repeat('x', ${ROW_BYTES}) as pad from t x, t y, t z`;
    expect(await readAhead(site.options(), site.options().port, query)).toBeLessThan(6_000 * ROW_BYTES);
  });
});
