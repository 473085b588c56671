import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { storeExam } from './store-exam.js';
import { MEASURE, message, revision } from './store-samples.js';

storeExam('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-store-'));
  return {
    location: { client: 'sqlite', file: join(folder, 'made-by-migrate', 'plumbline.sqlite') },
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('the file of an SQLite store', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-store-'));
    file = join(folder, 'data', 'plumbline.sqlite');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is not made by reading, and lies in a folder for its owner alone once migrated', async () => {
    const store = await openStore({ client: 'sqlite', file });
    await expect(store.models.openAlerts()).rejects.toMatchObject({ code: 'STORE_NOT_READY' });
    expect(existsSync(dirname(file))).toBe(false);
    await store.migrate();
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    // It is a file: no other clock is asked.
    expect(await store.read.serverTime()).toBeUndefined();
    await store.close();
  });

  it('is not ready while it is a database without our tables', async () => {
    await mkdir(dirname(file));
    new Database(file).exec('create table theirs (a)').close();
    const store = await openStore({ client: 'sqlite', file });
    const expected = { code: 'STORE_NOT_READY', message: expect.stringContaining(file) };
    await expect(store.read.run('x')).rejects.toMatchObject(expected);
    await store.close();
  });

  it('is left as it is where it is no database', async () => {
    await mkdir(dirname(file));
    const text = 'month;amount\n'.repeat(200);
    await writeFile(file, text);
    const store = await openStore({ client: 'sqlite', file });
    const expected = { code: 'STORE_NOT_A_DATABASE', kind: 'config', message: expect.stringContaining(file) };
    await expect(store.migrate()).rejects.toMatchObject(expected);
    await expect(store.read.run('x')).rejects.toMatchObject(expected);
    await store.close();
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('cannot be a folder, nor lie below a file', async () => {
    await mkdir(file, { recursive: true });
    const store = await openStore({ client: 'sqlite', file });
    await expect(store.migrate()).rejects.toMatchObject({ code: 'STORE_CANNOT_OPEN', kind: 'permission' });
    await store.close();
    await writeFile(join(folder, 'plain'), '');
    const below = await openStore({ client: 'sqlite', file: join(folder, 'plain', 'x', 'plumbline.sqlite') });
    await expect(below.migrate()).rejects.toMatchObject({ code: 'STORE_CANNOT_OPEN' });
    await below.close();
  });

  it('takes the writes of other processes in between without loss on either side', async () => {
    const store = await openStore({ client: 'sqlite', file });
    await store.migrate();
    const others = [1, 2].map((process) => startWriter(file, process));
    await Promise.all(others.map((other) => once(other.stdout, 'data')));
    for (let turn = 1; turn <= 30; turn += 1) {
      await store.write(async (writer, reader) => {
        const [current] = await reader.currentActuals([MEASURE], '2026-01-01');
        await writer.appendActuals([revision({ revision: (current?.revision ?? 0) + 1, value: `${turn}` })]);
        await writer.enqueue([message(`ours-${turn}`)]);
      });
    }
    await Promise.all(others.map(async (other) => other.exitCode ?? once(other, 'exit')));
    expect(others.map((other) => other.exitCode)).toEqual([0, 0]);
    expect(await store.read.currentActuals([MEASURE], '2026-01-01')).toMatchObject([{ revision: 30, value: '30' }]);
    expect(await store.models.outboxRecords(1_000)).toHaveLength(30);
    await store.close();
    const turns = new Database(file).prepare('select turn from store_lock').get();
    // Ours take the lock without changing what it is taken by.
    expect(turns).toEqual({ turn: 2 * 40 });
  });

  it('is as it was after a transaction that had nothing to write, which held the lock all the same', async () => {
    const store = await openStore({ client: 'sqlite', file });
    await store.migrate();
    const witness = new Database(file, { timeout: 0 });
    const before = witness.pragma('data_version', { simple: true });
    await store.write(async (writer) => {
      await writer.enqueue([]);
      expect(() => witness.exec('begin immediate')).toThrow('database is locked');
    });
    expect(witness.pragma('data_version', { simple: true })).toBe(before);
    await store.write((writer) => writer.enqueue([message('something')]));
    expect(witness.pragma('data_version', { simple: true })).not.toBe(before);
    witness.close();
    await store.close();
  });

  it('does not stop the process while another transaction of it holds the lock', async () => {
    const [slow, quick] = [await openStore({ client: 'sqlite', file }), await openStore({ client: 'sqlite', file })];
    await slow.migrate();
    const order: string[] = [];
    const holding = slow.write(async (writer) => {
      await writer.enqueue([message('slow')]);
      await new Promise((resolve) => setTimeout(resolve, 150));
      order.push('slow');
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const waiting = quick.write((writer) => writer.enqueue([message('quick')])).then(() => order.push('quick'));
    // Reads go on beside the lock, and see what was there before.
    const seen = await quick.models.outboxRecords(10).then((records) => records.length);
    await Promise.all([holding, waiting]);
    expect([order, seen]).toEqual([['slow', 'quick'], expect.any(Number)]);
    expect(await quick.models.outboxRecords(10)).toHaveLength(2);
    await Promise.all([slow.close(), quick.close()]);
  });
});

/** A process that takes 40 turns at the store's lock, keeping each for a few milliseconds. */
function startWriter(file: string, process: number) {
  const script = `
    const Database = require('better-sqlite3');
    const db = new Database(${JSON.stringify(file)}, { timeout: 20000 });
    const nap = new Int32Array(new SharedArrayBuffer(4));
    console.log('ready ${process}');
    for (let turn = 0; turn < 40; turn += 1) {
      db.exec('begin immediate');
      db.exec('update store_lock set turn = turn + 1');
      Atomics.wait(nap, 0, 0, 3);
      db.exec('commit');
      Atomics.wait(nap, 0, 0, 2);
    }`;
  return spawn('node', ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}
