// Each fault is a real answer of a real server on this machine.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBodyCache } from '#connectors/csv/http/body-cache.js';
import { askAbout, fetchFile } from '#connectors/csv/http/fetch-file.js';
import type { HttpServer } from '#connectors/csv/http/request.js';
import { guardRead } from '#connectors/sdk/limits.js';
import type { ReadLimits } from '#connectors/sdk/types.js';
import { LoopbackServer } from './loopback-server.js';

const LIMITS: ReadLimits = { maxRows: 1e6, maxBytes: 1e6, timeoutMs: 30_000 };

async function fetched(
  server: LoopbackServer,
  change: { limits?: Partial<ReadLimits>; signal?: AbortSignal; server?: Partial<HttpServer> } = {},
) {
  const guard = guardRead(
    'extract "x"',
    { ...LIMITS, ...change.limits },
    change.signal ?? new AbortController().signal,
  );
  try {
    const cache = createBodyCache(server.cacheDirectory);
    const answer = await fetchFile(server.asServer(change.server), 'a.csv', cache, guard);
    return { ...answer, text: readFileSync(answer.file.path, 'utf8') };
  } finally {
    guard.close();
  }
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(code, headers).end('<html>no</html>');
  };

describe('fetching a file', () => {
  it('gives its bytes, asks with the secrets of the connection, and leaves nothing open', async () => {
    await using server = await LoopbackServer.start();
    const answer = await fetched(server, { server: { headers: { authorization: 'Bearer s3cret' } } });
    expect(answer.text).toBe('a\n1\n');
    expect(server.seen).toMatchObject([
      { method: 'GET', url: '/files/a.csv', headers: { authorization: 'Bearer s3cret', connection: 'close' } },
    ]);
    await server.idle();
  });

  it('asks only for what has moved, and takes the kept bytes when nothing has', async () => {
    const modified = 'Mon, 03 Aug 2026 06:00:00 GMT';
    await using server = await LoopbackServer.start((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
      response.writeHead(200, { etag: '"v1"', 'last-modified': modified }).end('a\n1\n');
    });
    expect((await fetched(server)).unchanged).toBe(false);
    const again = await fetched(server);
    expect(again).toMatchObject({
      unchanged: true,
      text: 'a\n1\n',
      validators: { etag: '"v1"', lastModified: modified },
    });
    expect(server.seen[1]?.headers).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': modified });
  });

  it('keeps the newer bytes in the place of the older', async () => {
    let version = 1;
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200, { etag: `"v${version}"` }).end(`a\n${version}\n`);
    });
    await fetched(server);
    version = 2;
    expect((await fetched(server)).text).toBe('a\n2\n');
    expect(readdirSync(server.cacheDirectory)).toHaveLength(2);
  });

  it.each([
    ['changed', (path: string) => writeFileSync(path, 'a\n9\n')],
    ['cut', (path: string) => writeFileSync(path, 'a')],
    ['lost', (path: string) => rmSync(path)],
  ])('asks for all of it when the kept bytes are %s', async (_what, damage) => {
    await using server = await LoopbackServer.start((request, response) => {
      if (request.headers['if-none-match'] !== undefined) return void response.writeHead(304).end();
      response.writeHead(200, { etag: '"v1"' }).end('a\n1\n');
    });
    damage((await fetched(server)).file.path);
    expect(await fetched(server)).toMatchObject({ unchanged: false, text: 'a\n1\n' });
  });

  it('asks for all of it when the note beside the kept bytes is damaged', async () => {
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200, { etag: '"v1"' }).end('a\n1\n');
    });
    await fetched(server);
    for (const name of readdirSync(server.cacheDirectory)) {
      if (name.endsWith('.json')) writeFileSync(join(server.cacheDirectory, name), '{"url":');
    }
    await fetched(server);
    expect(server.seen[1]?.headers['if-none-match']).toBeUndefined();
  });

  it('unpacks what was packed for the way', async () => {
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a\n1\n'));
    });
    expect((await fetched(server)).text).toBe('a\n1\n');
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('keeps a packed file packed', async () => {
    const packed = gzipSync('a\n1\n');
    await using server = await LoopbackServer.start((_request, response) => response.end(packed));
    expect(readFileSync((await fetched(server)).file.path)).toEqual(packed);
  });

  it('says when a cut answer could not be told from a whole one', async () => {
    await using server = await LoopbackServer.start((_request, response) => {
      response.removeHeader('transfer-encoding');
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { connection: 'close' });
      response.write('a\n');
      response.end('1\n');
    });
    const { notes, text } = await fetched(server);
    expect(text).toBe('a\n1\n');
    expect(notes).toEqual([expect.stringContaining('does not say how long')]);
  });
});

describe('an answer that is not the file', () => {
  it.each([
    [401, 'auth', 'SOURCE_AUTH_REFUSED'],
    [403, 'permission', 'SOURCE_PERMISSION_DENIED'],
    [404, 'not_found', 'SOURCE_FILE_NOT_FOUND'],
    [410, 'not_found', 'SOURCE_FILE_NOT_FOUND'],
    [408, 'transient', 'SOURCE_UNREACHABLE'],
    [429, 'rate_limited', 'SOURCE_RATE_LIMITED'],
    [500, 'transient', 'SOURCE_UNREACHABLE'],
    [503, 'transient', 'SOURCE_UNREACHABLE'],
    [204, 'config', 'SOURCE_ANSWER_UNUSABLE'],
    [206, 'config', 'SOURCE_ANSWER_UNUSABLE'],
    [304, 'config', 'SOURCE_ANSWER_UNUSABLE'],
    [400, 'config', 'SOURCE_ANSWER_UNUSABLE'],
  ])('of status %i is of kind %s', async (code, kind, name) => {
    await using server = await LoopbackServer.start(status(code));
    await expect(fetched(server)).rejects.toMatchObject({ kind, code: name, remedy: expect.any(String) });
    expect(readdirSync(server.cacheDirectory)).toEqual([]);
    await server.idle();
  });

  it('says how long to wait, in seconds or as a date', async () => {
    await using server = await LoopbackServer.start(status(429, { 'retry-after': '17' }));
    await expect(fetched(server)).rejects.toMatchObject({ retryAfterMs: 17_000 });
    server.answer = status(503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' });
    await expect(fetched(server)).rejects.toMatchObject({ retryAfterMs: 0 });
    server.answer = status(429);
    await expect(fetched(server)).rejects.toMatchObject({ retryAfterMs: undefined });
  });

  it('is a cut one: fewer bytes than promised, a chunk without its end, a reset', async () => {
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a\n1\n', () => response.destroy());
    });
    const cut = { kind: 'transient', code: 'SOURCE_UNREACHABLE' };
    await expect(fetched(server)).rejects.toMatchObject(cut);
    server.answer = (_request, response) => {
      response.writeHead(200);
      response.write('a\n1\n', () => response.destroy());
    };
    await expect(fetched(server)).rejects.toMatchObject(cut);
    server.answer = (request) => request.socket.resetAndDestroy();
    await expect(fetched(server)).rejects.toMatchObject(cut);
    server.answer = (request) => request.socket.end('hello, this is no HTTP\r\n\r\n');
    await expect(fetched(server)).rejects.toMatchObject(cut);
    expect(readdirSync(server.cacheDirectory)).toEqual([]);
    await server.idle();
  });

  it('is one that was damaged or packed otherwise on the way', async () => {
    const packed = gzipSync('a\n1\n'.repeat(1000));
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, -9));
    });
    await expect(fetched(server)).rejects.toMatchObject({ kind: 'data', code: 'SOURCE_FILE_DAMAGED' });
    server.answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x');
    await expect(fetched(server)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNUSABLE',
      message: expect.stringContaining('"br"'),
    });
    await server.idle();
  });

  it('is one larger than the limit, packed or not', async () => {
    await using server = await LoopbackServer.start((_request, response) => response.end(Buffer.alloc(2_000_000)));
    const tooLarge = { kind: 'data', code: 'SOURCE_LIMIT_EXCEEDED' };
    await expect(fetched(server)).rejects.toMatchObject(tooLarge);
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2_000_000)));
    };
    await expect(fetched(server)).rejects.toMatchObject(tooLarge);
    expect(readdirSync(server.cacheDirectory)).toEqual([]);
    await server.idle();
  });

  it('is one that drips until the time is up, or until nobody wants it', async () => {
    await using server = await LoopbackServer.start((_request, response) => {
      response.writeHead(200);
      response.write('a\n');
    });
    await expect(fetched(server, { limits: { timeoutMs: 50 } })).rejects.toMatchObject({
      kind: 'timeout',
      code: 'SOURCE_TIMEOUT',
    });
    await server.idle();
    const controller = new AbortController();
    server.answer = (_request, response) => {
      response.writeHead(200);
      response.write('a\n', () => controller.abort());
    };
    await expect(fetched(server, { signal: controller.signal })).rejects.toMatchObject({ kind: 'cancelled' });
    await server.idle();
    server.answer = () => controller.abort();
    await expect(fetched(server, { limits: { timeoutMs: 50 } })).rejects.toMatchObject({ kind: 'timeout' });
    await server.idle();
    expect(readdirSync(server.cacheDirectory)).toEqual([]);
  });

  it('is nobody: the host refuses, or its name leads nowhere', async () => {
    await using server = await LoopbackServer.start();
    const gone = await LoopbackServer.start();
    const base = new URL(gone.url);
    await gone[Symbol.asyncDispose]();
    await expect(fetched(server, { server: { base } })).rejects.toMatchObject({
      kind: 'transient',
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('refused the connection'),
    });
    const resolveName: NonNullable<HttpServer['resolveName']> = (name, _options, callback) =>
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []);
    const nowhere = { base: new URL('https://nowhere.invalid/'), resolveName };
    await expect(fetched(server, { server: nowhere })).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('leads nowhere'),
    });
  });
});

describe('redirects', () => {
  it('are followed on the same host, with what the connection sends', async () => {
    await using server = await LoopbackServer.start((request, response) => {
      if (request.url === '/files/a.csv') return void response.writeHead(302, { location: '../other/b.csv' }).end();
      response.end('a\n2\n');
    });
    const answer = await fetched(server, { server: { headers: { 'x-key': 'k' } } });
    expect(answer.text).toBe('a\n2\n');
    expect(server.seen.map(({ url, headers }) => `${url} ${String(headers['x-key'])}`)).toEqual([
      '/files/a.csv k',
      '/other/b.csv k',
    ]);
  });

  it.each([
    ['https://evil.example.com/x?key=1', 'https://evil.example.com/x'],
    ['http://localhost:1/x', 'http://localhost:1/x'],
    ['//evil.example.com/x', 'http://evil.example.com/x'],
    ['file:///etc/passwd', 'null/etc/passwd'],
  ])('to %s are refused by name', async (location, shown) => {
    await using server = await LoopbackServer.start(status(302, { location }));
    const failure = await fetched(server).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: 'config',
      code: 'SOURCE_REDIRECTED',
      message: expect.stringContaining(`"${shown}"`),
    });
    expect(String(failure)).not.toContain('key=1');
    expect(server.seen).toHaveLength(1);
    await server.idle();
  });

  it('in a circle, or to nowhere, end', async () => {
    await using server = await LoopbackServer.start(status(301, { location: '/files/a.csv' }));
    await expect(fetched(server)).rejects.toMatchObject({ code: 'SOURCE_REDIRECTED' });
    expect(server.seen).toHaveLength(4);
    server.answer = status(308);
    await expect(fetched(server)).rejects.toMatchObject({ code: 'SOURCE_REDIRECTED' });
  });
});

describe('where a request may go', () => {
  it('is never inside, unless the connection allows it', async () => {
    await using server = await LoopbackServer.start();
    await expect(fetched(server, { server: { allowPrivate: false } })).rejects.toMatchObject({
      kind: 'config',
      code: 'SOURCE_ADDRESS_REFUSED',
    });
    const base = new URL(`https://files.example.com:${server.port}/`);
    const resolveName: NonNullable<HttpServer['resolveName']> = (_name, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    await expect(fetched(server, { server: { base, allowPrivate: false, resolveName } })).rejects.toMatchObject({
      code: 'SOURCE_ADDRESS_REFUSED',
      message: expect.stringContaining('127.0.0.1'),
    });
    expect(server.seen).toEqual([]);
  });
});

describe('what a server says of a file', () => {
  it('is asked without its body, and with it where the server knows no other way', async () => {
    await using server = await LoopbackServer.start((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(405).end();
      response.writeHead(200, { etag: '"v1"', 'content-length': '4' }).end('a\n1\n');
    });
    const guard = guardRead('x', LIMITS, new AbortController().signal);
    const answer = await askAbout(server.asServer(), new URL('a.csv', server.url), guard);
    guard.close();
    expect(answer.message.headers.etag).toBe('"v1"');
    expect(server.seen.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    await server.idle();
  });
});
