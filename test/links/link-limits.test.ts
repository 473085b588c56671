// Clients that are slow, many or rude, over real sockets, with limits that are short; and the end of the server.
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningLinkServer, startLinkServer } from '#src/links/link-server.js';
import type { LinkDesk } from '#src/links/types.js';
import { askAt, HOST } from './linked-site.js';

const never = (): never => {
  throw new Error('nobody may come so far');
};
const desk: LinkDesk = {
  keys: { siteId: 'example', secret: 'a-secret-of-the-links-that-nobody-knows' },
  now: () => '2026-11-05T06:00:00Z',
  config: never,
  alert: never,
  alertsIn: never,
  act: never,
  logger: { info: never, warn: never },
};

let running: RunningLinkServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await running.stop();
});

async function start(limits: Parameters<typeof startLinkServer>[0]['limits'] = {}): Promise<void> {
  running = await startLinkServer({
    desk,
    baseUrl: `https://${HOST}/plumbline`,
    siteName: 'Example',
    listen: { host: '127.0.0.1', port: 0 },
    elapsedMs: () => performance.now(),
    limits,
  });
}

/** A connection that sends this and waits; what comes back until the server ends it. */
function slow(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(running.port, '127.0.0.1', () => socket.write(bytes));
    sockets.push(socket);
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

const TIMES = { headersTimeoutMs: 200, requestTimeoutMs: 300, checkEveryMs: 50 };
const POST = `POST /plumbline/acknowledge HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

describe('a client', () => {
  it('that never ends its headers is cut off', async () => {
    await start(TIMES);
    expect(await slow(`GET /plumbline/acknowledge/a.b HTTP/1.1\r\nHost: ${HOST}\r\n`)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that never ends its form is cut off, and nothing is done or logged', async () => {
    await start(TIMES);
    const answer = await slow(`${POST}Content-Length: 100\r\n\r\ntoken=a`);
    expect(answer).not.toMatch(/^HTTP\/1\.1 200 /);
    expect((await askAt(running.port, '/healthz')).status).toBe(200);
  });

  it('that announces more than there may be is refused before it sends it', async () => {
    await start();
    expect(await slow(`${POST}Content-Length: 1000000000\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('beyond the number of connections gets none', async () => {
    await start({ connections: 2, headersTimeoutMs: 60_000, requestTimeoutMs: 60_000 });
    const open = [slow('GET /'), slow('GET /')];
    // They are accepted in the order in which they were opened, so the third finds two.
    expect(await slow('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toBe('');
    expect(open).toHaveLength(2);
  });

  it('that asks too often from one address is told so', async () => {
    await start({ requestsAMinute: 3 });
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await askAt(running.port, '/plumbline/')).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });
});

describe('below a path', () => {
  it('links are answered there and nowhere else', async () => {
    await start();
    const titleAt = async (path: string) => /<h1>(.*)<\/h1>/.exec((await askAt(running.port, path)).body)?.[1];
    expect(await titleAt('/plumbline/acknowledge/a.b')).toBe('This link is not valid');
    for (const path of ['/acknowledge/a.b', '/plumblineacknowledge/a.b', '/plumbline/plumbline/acknowledge/a.b']) {
      expect(await titleAt(path)).toBe('There is nothing here');
    }
  });
});

describe('the end of the server', () => {
  it('waits for nobody who only holds a connection', async () => {
    await start();
    const held = slow(`GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    await askAt(running.port, '/healthz');
    await running.stop();
    expect(await held).toMatch(/^HTTP\/1\.1 200 /);
    await expect(askAt(running.port, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
