import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CsvConnection, CsvConnectionSchema } from '#connectors/csv/options.js';
import { openCsvSource } from '#connectors/csv/source.js';
import { authorityFolder } from '../../support/certificates.js';
import { readAll, request } from '../read-all.js';
import { CONTEXT, csvExtract } from './csv-folder.js';
import { LoopbackServer } from './http/loopback-server.js';

const MODIFIED = 'Mon, 03 Aug 2026 06:00:00 GMT';

const filesOf =
  (files: Readonly<Record<string, string | Buffer>>): RequestListener =>
  ({ url = '', headers }, response) => {
    const body = files[url];
    if (body === undefined) return void response.writeHead(404).end();
    const etag = `"${Buffer.from(body).toString('base64url').slice(0, 20)}"`;
    if (headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { etag, 'last-modified': MODIFIED, 'content-length': Buffer.byteLength(body) }).end(body);
  };

const open = (server: LoopbackServer, change: Partial<CsvConnection> = {}) =>
  openCsvSource(
    { url: server.url, allow_private: true, ...change },
    { ...CONTEXT, cacheDirectory: server.cacheDirectory },
  );

describe('reading files below a url', () => {
  it('gives their rows with their places, and says what was fetched and how far the server had come', async () => {
    await using server = await LoopbackServer.start(
      filesOf({ '/files/x%20y.csv': 'a,b\n1,2\n', '/files/s/z.csv': 'a,b\n3,4\n' }),
    );
    const source = await open(server, { token: 's3cret' });
    const options = csvExtract({ files: ['x y.csv', 's/z.csv'] });
    const read = await readAll(source, request(options, ['b']));
    expect(read.rows).toEqual([['2'], ['4']]);
    expect(read.places).toEqual(['x y.csv:2', 's/z.csv:2']);
    expect(read.summary.watermark).toMatchObject({ evidence: 'modified_time', at: '2026-08-03T06:00:00Z' });
    expect(read.summary.description[0]).toMatch(
      /\/files\/x%20y.csv: 8 bytes, changed Mon, 03 Aug 2026.*sha256 [0-9a-f]{64}$/,
    );
    const { extract, limits, signal } = request(options, []);
    expect(await source.watermark({ extract, options, limits, signal })).toEqual(read.summary.watermark);

    const again = await readAll(source, request(options, ['b']));
    expect(again.rows).toEqual(read.rows);
    expect(again.summary.digest).toBe(read.summary.digest);
    expect(again.summary.watermark).toEqual(read.summary.watermark);
    expect(again.summary.description[0]).toContain('not moved');
    expect(server.seen.every(({ headers }) => headers['authorization'] === 'Bearer s3cret')).toBe(true);
    expect(JSON.stringify([read, again])).not.toContain('s3cret');
    await server.idle();
  });

  it('unpacks a packed file, and counts what is inside against the limit', async () => {
    await using server = await LoopbackServer.start(
      filesOf({ '/files/a.csv.gz': gzipSync(`a\n${'1\n'.repeat(100_000)}`) }),
    );
    const source = await open(server);
    const limits = { maxRows: 1e9, maxBytes: 1000, timeoutMs: 30_000 };
    const options = csvExtract({ files: 'a.csv.gz' });
    expect((await readAll(source, request(options, ['a']))).rows).toHaveLength(100_000);
    await expect(readAll(source, request(options, ['a'], { limits }))).rejects.toMatchObject({
      code: 'SOURCE_LIMIT_EXCEEDED',
    });
  });

  it.each([{ files: '*.csv' }, { files: 'a?.csv' }, { take: 'newest' as const }, { done: '.done' }])(
    'refuses what only a folder can answer: %j',
    async (options) => {
      await using server = await LoopbackServer.start();
      const reading = readAll(await open(server), request(csvExtract({ files: 'a.csv', ...options }), ['a']));
      await expect(reading).rejects.toMatchObject({ kind: 'config', code: 'SOURCE_OPTION_UNFIT' });
      expect(server.seen).toEqual([]);
    },
  );

  it('keeps secrets out of failures, also one that no header can carry', async () => {
    await using server = await LoopbackServer.start((_request, response) => response.writeHead(401).end());
    const reading = readAll(await open(server, { token: 's3cret' }), request(csvExtract({ files: 'a.csv' }), ['a']));
    const failure: unknown = await reading.catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'auth' });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
    const broken: unknown = await open(server, { token: 's3cret\n' }).catch((error: unknown) => error);
    expect(broken).toMatchObject({ kind: 'config', code: 'SOURCE_OPTION_UNFIT' });
    expect(String(broken)).not.toContain('s3cret');
  });
});

describe('checking and discovering below a url', () => {
  it('tells of each known file its size and how a change would show', async () => {
    await using server = await LoopbackServer.start((incoming, response) => {
      if (incoming.url === '/files/bare.csv') response.writeHead(200).end('a\n');
      else filesOf({ '/files/good.csv': 'a\n1\n' })(incoming, response);
    });
    const source = await open(server, { known_files: ['good.csv', 'bare.csv', 'gone.csv'] });
    const probes = await source.check(new AbortController().signal);
    expect(probes.map(({ name, outcome, kind }) => [name, outcome, kind])).toEqual([
      ['file good.csv', 'ok', undefined],
      ['file bare.csv', 'warn', undefined],
      ['file gone.csv', 'fail', 'not_found'],
    ]);
    expect(probes[0]?.message).toMatch(/4 bytes, changed Mon/);
    await server.idle();
  });

  it('asks whether the server answers at all when no file is known', async () => {
    await using server = await LoopbackServer.start(filesOf({}));
    const signal = new AbortController().signal;
    expect(await (await open(server)).check(signal)).toMatchObject([{ name: 'url', outcome: 'ok' }]);
    server.answer = (_request, response) => response.writeHead(401).end();
    expect(await (await open(server)).check(signal)).toMatchObject([{ outcome: 'fail', kind: 'auth' }]);
    expect(await (await open(server, { allow_private: false })).check(signal)).toMatchObject([
      { outcome: 'fail', kind: 'config', remedy: expect.stringContaining('allow_private') },
    ]);
  });

  it('shows known files, or the one that is named', async () => {
    await using server = await LoopbackServer.start(
      filesOf({ '/files/a.csv': 'm;v\n2026-01;1,5\n', '/files/b.csv': 'x\n1\n' }),
    );
    const source = await open(server, { known_files: ['a.csv'] });
    const asked = { sampleRows: 10, signal: new AbortController().signal };
    const [stream, ...others] = await source.discover(asked);
    expect(others).toEqual([]);
    expect(stream).toMatchObject({ name: 'a.csv', source: { files: 'a.csv', delimiter: ';' }, sampledRows: 1 });
    expect((await source.discover({ ...asked, stream: 'b.csv' })).map(({ name }) => name)).toEqual(['b.csv']);
    await server.idle();
  });
});

describe('https', () => {
  const folder = authorityFolder();
  const configFolder = mkdtempSync(join(tmpdir(), 'plumbline-csv-ca-'));
  let server: LoopbackServer;
  const openAs = (host: string, change: Partial<CsvConnection> = {}) =>
    openCsvSource(
      { url: `https://${host}:${server.port}/files/`, allow_private: true, ...change },
      { ...CONTEXT, baseDirectory: configFolder, cacheDirectory: server.cacheDirectory },
      { resolveName: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]) },
    );
  const rowsAs = async (host: string, change?: Partial<CsvConnection>) =>
    (await readAll(await openAs(host, change), request(csvExtract({ files: 'a.csv' }), ['a']))).rows;

  beforeAll(async () => {
    const authority = folder.authority('plumbline-test');
    writeFileSync(join(configFolder, 'ca.pem'), authority.ca);
    server = await LoopbackServer.start(filesOf({ '/files/a.csv': 'a\n1\n' }), authority.issue('files.example.com'));
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    folder.remove();
    rmSync(configFolder, { recursive: true, force: true });
  });

  it('is trusted by the authority that the connection names', async () => {
    expect(await rowsAs('files.example.com', { ca: 'ca.pem' })).toEqual([['1']]);
  });

  it('is refused without it, for another name, and where nothing is encrypted', async () => {
    const refused = { kind: 'config', code: 'SOURCE_TLS_FAILED', remedy: expect.any(String) };
    await expect(rowsAs('files.example.com')).rejects.toMatchObject(refused);
    await expect(rowsAs('other.example.com', { ca: 'ca.pem' })).rejects.toMatchObject(refused);
    await using plain = await LoopbackServer.start();
    const source = await openCsvSource({ url: plain.url.replace('http:', 'https:'), allow_private: true }, CONTEXT);
    await expect(readAll(source, request(csvExtract({ files: 'a.csv' }), ['a']))).rejects.toMatchObject(refused);
    await expect(openAs('files.example.com', { ca: 'nowhere.pem' })).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('the options of a connection', () => {
  it.each([
    {},
    { folder: 'a', url: 'https://x/' },
    { folder: 'a', token: 't' },
    { folder: 'a', known_files: ['x'] },
    { url: 'http://files.example.com/' },
    { url: 'https://x/', token: 't', headers: { Authorization: 'y' } },
    { url: 'https://x/', headers: { Host: 'y' } },
    { url: 'https://x/', known_files: ['*.csv'] },
    { url: 'https://x/', known_files: ['../a.csv'] },
    { folder: '' },
  ])('are refused: %j', (options) => expect(CsvConnectionSchema.safeParse(options).success).toBe(false));
  it.each([
    { folder: '../sources' },
    { url: 'https://x/y', token: '${env:TOKEN}' },
    { url: '${env:URL}', headers: { 'x-api-key': '${file:key}' }, ca: 'ca.pem' },
    { url: 'http://localhost:8080/', allow_private: true, known_files: ['a/b.csv'] },
  ])('are taken: %j', (options) => expect(CsvConnectionSchema.safeParse(options).success).toBe(true));
});
