// The exam that every connector sits: over a folder of this machine, and over HTTP against a server on it.
import { appendFileSync, chmodSync, closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvConnector } from '#connectors/csv/definition.js';
import { type ExamRows, type ExamSubject, examineConnector, type Situation } from '#connectors/kit/index.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { openFilesIn } from '../open-files.js';
import { CsvFolder } from './csv-folder.js';
import { LoopbackServer } from './http/loopback-server.js';

const COLUMNS = ['id', 'name', 'amount'] as const;
const ROWS: ExamRows = [
  ['1', 'a', '1.25'],
  ['5', 'e', '5.25'],
  ['7', 'g', '7.25'],
];
/** Line 3 has a stray quote, line 4 nothing, 5 and 6 a wrong number of cells, 8 a quote that is never closed. */
const POLLUTED = [
  'id,name,amount',
  '1,a,1.25',
  '2,"b"x,2.25',
  '',
  '3,c',
  '4,d,4.25,9',
  '5,e,5.25',
  '6,"never closed,6.25',
  '7,g,7.25',
  '',
].join('\n');
const BAD_LINES = [3, 5, 6, 8];

/** A field without a text is unquoted, an empty text is quoted. */
function cell(value: RawCell): string {
  if (value === null) return '';
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
const csv = (columns: readonly string[], rows: ExamRows): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');

function* manyRows(count: number): Generator<string, void, void> {
  yield 'id,amount,note\n';
  for (let first = 0; first < count; first += 1_000) {
    const length = Math.min(1_000, count - first);
    yield Array.from({ length }, (_, index) => `${first + index},${first + index}.25,note\n`).join('');
  }
}

function inFolder(content: string, change: Partial<Situation> = {}, meanwhile?: (path: string) => () => void) {
  const folder = new CsvFolder().write('data.csv', content);
  const stop = meanwhile?.(join(folder.path, 'data.csv'));
  const openOutside = openFilesIn(folder.path);
  const situation: Situation = {
    connection: { folder: folder.path },
    extract: { files: 'data.csv', stands_still_seconds: 0 },
    columns: COLUMNS,
    rows: [],
    move: async () => void folder.write('data.csv', `${content}9,z,9.25\n`),
    refill: async (rows) => void folder.write('data.csv', csv(change.columns ?? COLUMNS, rows)),
    ...(openOutside === undefined ? {} : { openOutside }),
    dispose: async () => {
      stop?.();
      folder[Symbol.dispose]();
    },
    ...change,
  };
  return situation;
}

/** Does something to a file again and again. */
const again =
  (everyMs: number, work: (path: string) => void) =>
  (path: string): (() => void) => {
    const timer = setInterval(work, everyMs, path);
    return () => clearInterval(timer);
  };
const stillFor = (seconds: number) => ({ extract: { files: 'data.csv', stands_still_seconds: seconds } });

const refusedExtracts: ExamSubject['refusedExtracts'] = [
  { source: { files: '../data.csv' }, path: 'files' },
  { source: { files: 'data.csv', delimiter: ',', quote: ',' }, path: 'quote' },
  { source: { files: 'data.csv', stands_still_seconds: -1 }, path: 'stands_still_seconds' },
];

const isRoot = process.getuid?.() === 0;

examineConnector(
  {
    connector: csvConnector,
    filledWith: async (columns, rows) =>
      inFolder(csv(columns, rows), {
        columns,
        rows,
        places: rows.length > 2 ? new Map([[0, 'data.csv:2']]) : new Map(),
      }),
    ofManyRows: async (count) => {
      const folder = new CsvFolder();
      const file = openSync(join(folder.path, 'data.csv'), 'w');
      for (const piece of manyRows(count)) writeSync(file, piece);
      closeSync(file);
      const openOutside = openFilesIn(folder.path);
      return {
        connection: { folder: folder.path },
        extract: { files: '*.csv', stands_still_seconds: 0 },
        columns: ['id', 'amount', 'note'],
        rows: [],
        ...(openOutside === undefined ? {} : { openOutside }),
        dispose: async () => folder[Symbol.dispose](),
      };
    },
    withBadRows: async () =>
      inFolder(POLLUTED, { rows: ROWS, rejectedAt: BAD_LINES.map((line) => `data.csv:${line}`), skipped: 1 }),
    faulty: {
      wrong_credentials: { notApplicable: 'a folder asks for no login: who runs the process has its rights' },
      no_right: isRoot
        ? { notApplicable: 'this run is the super-user’s, who may read every file whatever its mode says' }
        : async () => {
            const folder = new CsvFolder().write('data.csv', csv(COLUMNS, ROWS));
            chmodSync(join(folder.path, 'data.csv'), 0o000);
            return {
              ...stillFor(0),
              connection: { folder: folder.path },
              columns: COLUMNS,
              rows: [],
              dispose: async () => folder[Symbol.dispose](),
            };
          },
      not_there: async () => {
        const situation = inFolder(csv(COLUMNS, ROWS));
        await situation.dispose();
        return { ...situation, dispose: async () => {} };
      },
      rate_limited: { notApplicable: 'a folder does not count who reads it' },
      unavailable: async () =>
        inFolder(
          csv(COLUMNS, ROWS),
          stillFor(0.1),
          again(10, (path) => appendFileSync(path, '8,h,8.25\n')),
        ),
      // Long enough that its writer comes in between.
      cut_off: async () => {
        const content = `id,name,amount\n${'1,a,1.25\n'.repeat(500_000)}`;
        let length = content.length;
        return inFolder(
          content,
          {},
          again(1, (path) => {
            length -= 9;
            truncateSync(path, length);
          }),
        );
      },
      silent: async () => inFolder(csv(COLUMNS, ROWS), stillFor(300)),
      slow_drip: async () =>
        inFolder(
          csv(COLUMNS, ROWS),
          stillFor(5),
          again(20, (path) => appendFileSync(path, '8')),
        ),
    },
    noSecrets: 'a folder asks for no login: who runs the process has its rights',
    refusedConnections: [
      { options: { folder: 'x', token: 'y' }, path: 'token' },
      { options: { folder: 'x', url: 'https://files.example.com/' }, path: 'url' },
      { options: {}, path: '' },
    ],
    refusedExtracts,
  },
  { title: 'csv, a folder' },
);

const TOKEN = 's3cret-token-of-the-exam';
let numbered = 0;

/** A server that gives one file to whoever has the token, or does to them what `answer` says. */
async function served(
  body: () => Iterable<string>,
  change: Partial<Situation> = {},
  answer?: (response: ServerResponse, whole: string) => void,
): Promise<Situation> {
  // A name of its own: what is kept of an earlier server on the same port is of no use.
  const name = `data-${process.pid}-${numbered++}.csv`;
  let version = 1;
  let content = body;
  const listener: RequestListener = (request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    if (request.url !== `/files/${name}`) return void response.writeHead(404).end();
    if (answer !== undefined) return answer(response, [...content()].join(''));
    const etag = `"v${version}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { etag });
    // Whoever asked may have gone.
    pipeline(Readable.from(request.method === 'HEAD' ? [] : content()), response).catch(() => {});
  };
  const server = await LoopbackServer.start(listener);
  return {
    connection: { url: server.url, token: TOKEN, allow_private: true, known_files: [name] },
    extract: { files: name },
    columns: COLUMNS,
    rows: [],
    secrets: [TOKEN],
    move: async () => {
      version += 1;
    },
    refill: async (rows) => {
      version += 1;
      content = () => [csv(change.columns ?? COLUMNS, rows)];
    },
    openOutside: () => server.connections(),
    dispose: () => server[Symbol.asyncDispose](),
    ...change,
  };
}

const answering = (answer?: (response: ServerResponse, whole: string) => void) =>
  served(() => [csv(COLUMNS, ROWS)], {}, answer);
const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end('<html>no</html>');

examineConnector(
  {
    connector: csvConnector,
    filledWith: (columns, rows) =>
      served(() => [csv(columns, rows)], {
        columns,
        rows,
        places: rows.length > 2 ? new Map([[0, '.csv:2']]) : new Map(),
      }),
    ofManyRows: (count) => served(() => manyRows(count), { columns: ['id', 'amount', 'note'] }),
    withBadRows: () =>
      served(() => [POLLUTED], { rows: ROWS, rejectedAt: BAD_LINES.map((line) => `.csv:${line}`), skipped: 1 }),
    faulty: {
      wrong_credentials: async () => {
        const situation = await answering();
        const token = 'an0ther-s3cret-of-the-exam';
        return { ...situation, connection: { ...Object(situation.connection), token }, secrets: [TOKEN, token] };
      },
      no_right: () => answering(status(403)),
      not_there: async () => ({ ...(await answering()), extract: { files: 'gone.csv' } }),
      rate_limited: ({ retryAfterMs }) => answering(status(429, { 'retry-after': String(retryAfterMs / 1000) })),
      unavailable: () => answering(status(503)),
      cut_off: () =>
        answering((response, whole) => {
          response.writeHead(200, { 'content-length': whole.length });
          response.write(whole.slice(0, whole.length / 2), () => response.destroy());
        }),
      silent: () => answering(() => {}),
      slow_drip: () =>
        answering((response, whole) => {
          response.writeHead(200, { 'content-length': whole.length * 1_000 });
          const drip = setInterval(() => response.write('8'), 20);
          response.on('close', () => clearInterval(drip));
        }),
    },
    refusedConnections: [
      { options: { url: 'http://files.example.com/', token: 'x' }, path: 'url' },
      { options: { url: 'https://someone:secret@files.example.com/' }, path: 'url' },
      { options: { url: 'https://files.example.com/', known_files: ['*.csv'] }, path: 'known_files.0' },
    ],
    refusedExtracts,
  },
  { title: 'csv, below a url' },
);
