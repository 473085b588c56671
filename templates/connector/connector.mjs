// The connector "my-source": rows of a JSON API, page by page.
//
// It works as it is against an API that answers GET <url>/<path>?page=1 with
//   { "rows": [ { "id": 1, "amount": "12.50" }, … ], "next": 2 }        ("next" is null on the last page)
// Change `getPage` to what your API speaks, then run its exam: npx vitest run connectors/my-source.exam.test.mjs
import http from 'node:http';
import https from 'node:https';

const PAGE_LIMIT_BYTES = 64 * 1024 * 1024;

/** @type {import('plumbline/connector').ConnectorModule} */
export default function mySource(sdk) {
  const { z, PlumblineError, createBatchBuilder, guardRead, inferField, fingerprintOf, locateColumns } = sdk;

  // 1. What a person writes: `options:` of a connection, `source:` of an extract. Strict, and every field described.
  const connectionSchema = z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname), {
        error: 'must be https:// (http:// only on this machine)',
      })
      .describe('Address of the API, without the path.'),
    token: z
      .string()
      .min(1)
      .meta({ secret: true })
      .describe('Its access token, as a reference to an environment variable.'),
  });
  const extractSchema = z.strictObject({
    path: z
      .string()
      .regex(/^[\w./-]+$/, { error: 'must be letters, digits, dots, dashes and slashes' })
      .refine((path) => !path.includes('..'), { error: 'must not hold ".."' })
      .describe('What to read, below the address: tickets.'),
  });

  // 2. Every way it can fail, by who must act. A failure without a kind counts as a fault of this connector.
  const failure = (kind, code, message, remedy, more = {}) =>
    new PlumblineError(kind, code, message, { remedy, ...more });

  function refusal(status, headers, place) {
    const said = `Reading ${place}: the server answered ${status}`;
    if (status === 401)
      return failure('auth', 'SOURCE_AUTH_REFUSED', said, 'Renew the secret that "token:" refers to.');
    if (status === 403) {
      return failure(
        'permission',
        'SOURCE_PERMISSION_DENIED',
        said,
        'Give the owner of the token the right to read this.',
      );
    }
    if (status === 404 || status === 410) {
      return failure(
        'not_found',
        'SOURCE_NOT_FOUND',
        said,
        'Correct "path:" of the extract or "url:" of the connection.',
      );
    }
    if (status === 429) {
      const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
      const wait = seconds === undefined ? {} : { retryAfterMs: seconds * 1000 };
      return failure(
        'rate_limited',
        'SOURCE_RATE_LIMITED',
        said,
        'It is tried again later; read less often if it stays.',
        wait,
      );
    }
    if (status >= 500)
      return failure('transient', 'SOURCE_UNREACHABLE', said, 'It is tried again; ask who runs the API if it stays.');
    return failure(
      'layout',
      'SOURCE_ANSWER_UNREADABLE',
      said,
      'Open the address by hand and compare it with this connector.',
    );
  }

  const brokenOff = (place, error) =>
    failure(
      'transient',
      'SOURCE_UNREACHABLE',
      `Reading ${place}: the connection broke (${error.code ?? error.message})`,
      'It is tried again; check the network if it stays.',
    );

  // 3. One request. It ends when the guard says so: on a cancel, or when the time is up.
  async function getPage(connection, path, page, guard) {
    const url = new URL(`${connection.url.replace(/\/$/, '')}/${path}?page=${page}`);
    const place = `"${path}" of ${url.host}`;
    const body = await new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).get(url, {
        agent: false,
        signal: guard.signal,
        headers: { authorization: `Bearer ${connection.token}`, accept: 'application/json' },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        if (response.statusCode !== 200) {
          response.destroy();
          reject(refusal(response.statusCode ?? 0, response.headers, place));
          return;
        }
        const chunks = [];
        let bytes = 0;
        response.on('error', reject);
        response.on('data', (chunk) => {
          try {
            bytes += chunk.length;
            guard.addBytes(chunk.length);
            if (bytes > PAGE_LIMIT_BYTES)
              throw failure(
                'data',
                'SOURCE_LIMIT_EXCEEDED',
                `Reading ${place}: a page has more than 64 MiB`,
                'Ask the API for smaller pages.',
              );
            chunks.push(chunk);
          } catch (error) {
            response.destroy();
            reject(error);
          }
        });
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        // A body that stops short ends with "close" and no "end".
        response.on('close', () => reject(new Error('the answer was cut off')));
      });
    }).catch((error) => {
      throw guard.stopped() ?? (error instanceof PlumblineError ? error : brokenOff(place, error));
    });
    const unreadable = (problem) =>
      failure(
        'layout',
        'SOURCE_ANSWER_UNREADABLE',
        `Reading ${place}: ${problem}`,
        'Open the address by hand and compare it with this connector.',
      );
    let answer;
    try {
      answer = JSON.parse(body);
    } catch {
      throw unreadable('the answer is no JSON');
    }
    if (!Array.isArray(answer?.rows)) throw unreadable('the answer has no list "rows"');
    if (answer.next !== null && !Number.isSafeInteger(answer.next))
      throw unreadable('"next" is neither a page nor null');
    return answer;
  }

  // 4. Cells are texts as the source has them, and null. What has no text is a reject with its place, never a guess.
  function cellOf(value) {
    if (value === undefined || value === null) return { ok: true, cell: null };
    if (typeof value === 'string') return { ok: true, cell: value };
    if (typeof value === 'boolean') return { ok: true, cell: String(value) };
    // JSON numbers arrive as doubles: up to 15 digits are surely what was sent.
    if (
      typeof value === 'number' &&
      /^-?\d+(\.\d+)?$/.test(String(value)) &&
      String(value).replace(/\D/g, '').length <= 15
    ) {
      return { ok: true, cell: String(value) };
    }
    return { ok: false, raw: sdk.shortened(JSON.stringify(value)) };
  }

  async function* read(connection, request) {
    const { options, columns, limits, signal } = request;
    const guard = guardRead(`extract "${request.extract}"`, limits, signal);
    const batches = createBatchBuilder((ordinal) => `${options.path} row ${ordinal}`);
    const hashes = [];
    let ordinal = 0;
    try {
      guard.checkpoint();
      for (let page = 1; page !== null; ) {
        const answer = await getPage(connection, options.path, page, guard);
        const present = [...new Set(answer.rows.flatMap((row) => Object.keys(row)))];
        if (answer.rows.length > 0) locateColumns(columns, present, `"${options.path}"`, 'exact');
        guard.addRows(answer.rows.length);
        for (const row of answer.rows) {
          ordinal += 1;
          const cells = columns.map((name) => cellOf(row[name]));
          const bad = cells.findIndex((each) => !each.ok);
          if (bad === -1)
            batches.addRow(
              cells.map((each) => each.cell),
              ordinal,
            );
          else {
            batches.addReject({
              locator: `${options.path} row ${ordinal}, ${columns[bad]}`,
              rule: 'unreadable_value',
              raw: cells[bad].raw,
              message: 'The value is no text and no number of up to 15 digits',
              remedy: 'Have the API send it as a text.',
            });
          }
          if (batches.size >= 1_000) yield batches.take();
        }
        hashes.push(sdk.sha256Hex(JSON.stringify(answer.rows)));
        const batch = batches.take();
        if (batch !== undefined) yield batch;
        guard.checkpoint();
        page = answer.next;
      }
      return {
        digest: sdk.sha256Hex(JSON.stringify([options, columns, hashes])),
        description: [`${options.path}: ${ordinal} rows in ${hashes.length} pages`],
      };
    } finally {
      guard.close();
    }
  }

  // 5. The definition. `open` is called for each collection, with the secrets resolved.
  return {
    name: 'my-source',
    summary: 'Rows of a JSON API, page by page',
    connectionSchema,
    extractSchema,
    capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
    plan: sdk.oneCallEach,
    async open(connection) {
      const limits = { maxRows: 100_000, maxBytes: PAGE_LIMIT_BYTES, timeoutMs: 15_000 };
      const firstPage = async (path, signal) => {
        const guard = guardRead(`"${path}"`, limits, signal);
        try {
          return await getPage(connection, path, 1, guard);
        } finally {
          guard.close();
        }
      };
      return {
        async check(signal) {
          try {
            await firstPage('', signal);
            return [
              { name: 'api', outcome: 'ok', message: `${new URL(connection.url).host} answers and takes the token` },
            ];
          } catch (error) {
            // The address alone may hold no rows; that it answered is what was asked.
            if (error.kind === 'not_found' || error.kind === 'layout') {
              return [{ name: 'api', outcome: 'ok', message: `${new URL(connection.url).host} answers` }];
            }
            if (error.kind === 'cancelled') throw error;
            return [{ name: 'api', outcome: 'fail', message: error.message, remedy: error.remedy, kind: error.kind }];
          }
        },
        async discover({ stream, sampleRows, signal }) {
          if (stream === undefined) {
            throw failure(
              'config',
              'SOURCE_STREAM_NEEDED',
              'An API does not list what it has',
              'Name the path: --stream tickets',
            );
          }
          const { rows } = await firstPage(stream, signal);
          const sample = rows.slice(0, sampleRows);
          const names = [...new Set(sample.flatMap((row) => Object.keys(row)))];
          const textOf = (value) => {
            const { ok, cell, raw } = cellOf(value);
            return ok ? cell : raw;
          };
          const fields = names.map((name) =>
            inferField(
              name,
              sample.map((row) => textOf(row[name])),
            ),
          );
          return [
            {
              name: stream,
              kind: 'other',
              fields,
              sampledRows: sample.length,
              fingerprint: fingerprintOf(fields),
              source: { path: stream },
              notes: [],
            },
          ];
        },
        // An API that says when it last changed should say so here.
        watermark: async () => undefined,
        read: (request) => read(connection, request),
        async close() {},
      };
    },
  };
}

function isLoopback(host) {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
