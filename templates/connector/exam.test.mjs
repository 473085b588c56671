// The exam of the connector "my-source": npx vitest run connectors/my-source.exam.test.mjs
//
// A small server stands in for the API, so that each fault can be made to happen. Teach it to speak like yours.
import http from 'node:http';
import { sdk } from 'plumbline/connector';
import { examineConnector } from 'plumbline/connector-kit';
import mySource from './my-source.mjs';

const TOKEN = 'token-of-the-exam';
const PAGE_ROWS = 500;

/** Starts an API that holds `count` rows, `row(index)` each; `fault` is what goes wrong with it. */
async function startApi({ columns, count, row, fault, retryAfterMs = 0, expected = [], places, rejectedAt }) {
  const server = http.createServer((request, response) => {
    const page = Number(new URL(request.url, 'http://api').searchParams.get('page'));
    const statusOf = { wrong_credentials: 401, no_right: 403, not_there: 404, rate_limited: 429, unavailable: 503 };
    const authorized = request.headers.authorization === `Bearer ${TOKEN}`;
    const status = authorized ? statusOf[fault] : 401;
    if (fault === 'silent') return;
    if (status !== undefined) {
      const headers = status === 429 ? { 'retry-after': String(retryAfterMs / 1000) } : {};
      response.writeHead(status, headers).end();
      return;
    }
    const first = (page - 1) * PAGE_ROWS;
    const length = Math.max(0, Math.min(PAGE_ROWS, count - first));
    const rows = Array.from({ length }, (_, index) => {
      const cells = row(first + index);
      return Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null]));
    });
    const body = JSON.stringify({ rows, next: first + length < count ? page + 1 : null });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    if (fault === 'cut_off') {
      response.write(body.slice(0, body.length / 2));
      setTimeout(() => request.socket.destroy(), 20);
    } else if (fault === 'slow_drip') {
      let at = 0;
      const drip = setInterval(() => response.write(body[at++ % body.length]), 20);
      response.on('close', () => clearInterval(drip));
    } else response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    connection: { url: `http://127.0.0.1:${server.address().port}`, token: TOKEN },
    extract: { path: 'things' },
    columns,
    rows: expected,
    places,
    rejectedAt,
    secrets: [TOKEN],
    // Other rows in the place of those it has: what was read then must not look the same.
    refill: async (rows) => {
      count = rows.length;
      row = (index) => rows[index];
    },
    dispose: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

const three = [1, 2, 3].map((id) => [String(id), `thing ${id}`, '2026-01-01']);
const faulty =
  (fault) =>
  ({ retryAfterMs }) =>
    startApi({ columns: ['id', 'name', 'day'], count: 3, row: (index) => three[index], fault, retryAfterMs });

examineConnector({
  connector: mySource(sdk),
  filledWith: (columns, rows) =>
    startApi({
      columns,
      count: rows.length,
      row: (index) => rows[index],
      expected: rows,
      // How a person finds a row again: some text that its place must hold.
      places: new Map(rows.length > 2 ? [[2, 'things row 3']] : []),
    }),
  ofManyRows: (count) =>
    startApi({ columns: ['id', 'amount', 'day'], count, row: (index) => [String(index), `${index}.5`, '2026-01-01'] }),
  withBadRows: () =>
    startApi({
      columns: ['id', 'name', 'day'],
      count: 3,
      // The second row holds a map where a text should be.
      row: (index) => (index === 1 ? ['2', { first: 'thing' }, '2026-01-01'] : three[index]),
      expected: [three[0], three[2]],
      rejectedAt: ['things row 2, name'],
    }),
  faulty: {
    wrong_credentials: faulty('wrong_credentials'),
    no_right: faulty('no_right'),
    not_there: faulty('not_there'),
    rate_limited: faulty('rate_limited'),
    unavailable: faulty('unavailable'),
    cut_off: faulty('cut_off'),
    silent: faulty('silent'),
    slow_drip: faulty('slow_drip'),
  },
  refusedConnections: [
    { options: { url: 'http://api.example.org', token: 'x' }, path: 'url' },
    { options: { url: 'https://api.example.org' }, path: 'token' },
  ],
  refusedExtracts: [{ source: { path: '../secrets' }, path: 'path' }],
  discoverStream: () => 'things',
  manyRows: { count: 100_000, because: 'the server of this exam is slow to make more' },
  // Take this out, and bring `move` beside `refill`, once `watermark` of the connector answers.
  noWatermark: 'the API does not say when it last changed',
});
