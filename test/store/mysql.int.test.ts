import { randomUUID } from 'node:crypto';
import knex from 'knex';
import { describe, expect, it } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import type { StoreLocation } from '#src/store/types.js';
import { type EmptyPlace, storeExam } from './store-exam.js';
import { message } from './store-samples.js';

const url = process.env['PLUMBLINE_TEST_MYSQL_URL'];

/** A server of the test's own; test/support/servers.ts says so where there is none. */
describe.skipIf(url === undefined)('MySQL', () => {
  storeExam('MySQL', emptyDatabase);

  it('is STORE_UNREACHABLE where nothing listens', async () => {
    const store = await openStore(locationOf('plumbline', { host: '127.0.0.1', port: 1 }));
    const expected = { code: 'STORE_UNREACHABLE', kind: 'transient', message: expect.stringContaining('127.0.0.1:1') };
    await expect(store.read.latestLogicalTime()).rejects.toMatchObject(expected);
    await expect(store.migrate()).rejects.toMatchObject(expected);
    await store.close();
  });

  it('is STORE_AUTH for a wrong password, which is not repeated', async () => {
    const store = await openStore(locationOf('plumbline', { password: 'not-the-password' }));
    const failure = await store.migrate().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'STORE_AUTH', kind: 'auth' });
    expect(JSON.stringify([String(failure), failure])).not.toContain('not-the-password');
    await store.close();
  });

  it('is STORE_UNKNOWN_DATABASE where the server has none of the name', async () => {
    const store = await openStore(locationOf('plumbline_nowhere'));
    await expect(store.migrate()).rejects.toMatchObject({ code: 'STORE_UNKNOWN_DATABASE', kind: 'config' });
    await store.close();
  });

  it('is STORE_VALUE_TOO_LARGE for an id that its column would cut off', async () => {
    const { location, remove } = await emptyDatabase();
    const store = await openStore(location);
    await store.migrate();
    const enqueue = store.write((writer) => writer.enqueue([message('m'.repeat(513))]));
    await expect(enqueue).rejects.toMatchObject({ code: 'STORE_VALUE_TOO_LARGE' });
    expect(await store.models.outboxRecords(1)).toEqual([]);
    await store.close();
    await remove();
  });

  it('tells the time of the server in UTC, whatever zone it shows its own in', async () => {
    const { location, remove } = await emptyDatabase();
    const store = await openStore(location);
    await store.migrate();
    const before = new Date().toISOString();
    const there = await store.read.serverTime();
    // The server of the test runs on this machine; a zone would be half an hour away at least.
    expect(Math.abs(Date.parse(there ?? '') - Date.parse(before))).toBeLessThan(900_000);
    await store.close();
    await remove();
  });

  it('tries a deadlocked transaction again', async () => {
    const { location, remove } = await emptyDatabase();
    const store = await openStore(location);
    await store.migrate();
    await store.write((writer) => writer.enqueue([message('m-1'), message('m-2')]));
    const attempts = { forth: 0, back: 0 };
    const touch = (name: keyof typeof attempts, first: string, second: string) =>
      store.write(async (writer) => {
        attempts[name] += 1;
        await writer.enqueue([message(first)]);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await writer.enqueue([message(second)]);
      });
    await Promise.all([touch('forth', 'm-1', 'm-2'), touch('back', 'm-2', 'm-1')]);
    expect(attempts.forth + attempts.back).toBeGreaterThan(2);
    await store.close();
    await remove();
  });
});

async function emptyDatabase(): Promise<EmptyPlace> {
  const database = `plumbline_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${database} character set latin1`);
  return { location: locationOf(database), remove: () => onServer(`drop database ${database}`) };
}

function locationOf(
  database: string,
  change: Partial<Extract<StoreLocation, { client: 'mysql' }>> = {},
): Extract<StoreLocation, { client: 'mysql' }> {
  const server = new URL(url ?? 'mysql://nobody@127.0.0.1:1/');
  return {
    client: 'mysql',
    host: server.hostname,
    port: Number(server.port === '' ? 3306 : server.port),
    database,
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
    ...change,
  };
}

async function onServer(statement: string): Promise<void> {
  const { host, port, user, password } = locationOf('');
  const admin = knex({ client: 'mysql2', connection: { host, port, user, password } });
  await admin.raw(statement);
  await admin.destroy();
}
