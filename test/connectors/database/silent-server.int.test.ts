/** A door behind which nobody speaks: connections are taken, and never answered. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAll, request } from '../read-all.js';
import { until, withSource } from './database-source.js';

let door: Server;
let port: number;
const open = new Set<Socket>();

beforeEach(async () => {
  door = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterEach(() => {
  for (const socket of open) socket.destroy();
  door.close();
});

describe.each(['postgres', 'mysql'] as const)('a %s server that never answers', (client) => {
  it('does not keep a cancelled read, nor a socket after the source is closed', async () => {
    const connection = {
      client,
      host: '127.0.0.1',
      port,
      user: 'r',
      password: 'x',
      database: 'd',
      tls: 'off',
    } as const;
    const closedAt = await withSource(connection, async (source) => {
      const controller = new AbortController();
      const reading = readAll(source, request({ query: 'select 1 as a' }, ['a'], { signal: controller.signal })).catch(
        (error: unknown) => error,
      );
      await until('the connection', async () => (open.size > 0 ? true : undefined));
      const from = performance.now();
      controller.abort();
      expect(await reading).toMatchObject({ kind: 'cancelled' });
      expect(performance.now() - from).toBeLessThan(1_000);
      return performance.now();
    });
    expect(performance.now() - closedAt).toBeLessThan(2_000);
    await until('the socket to close', async () => (open.size === 0 ? true : undefined));
  });
});
