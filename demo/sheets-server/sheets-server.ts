import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Accounts, createAccounts } from './accounts.js';
import { metadataAnswer, valuesAnswer } from './answers.js';
import { type Fault, Refusal, refusal, send } from './faults.js';
import type { StandInSpreadsheet } from './spreadsheet-data.js';

/** A request the stand-in got, without anything secret. */
export interface SeenRequest {
  readonly kind: 'token' | 'metadata' | 'values' | 'drive' | 'other';
  /** Path and query. */
  readonly url: string;
  readonly ranges: readonly string[];
}

export interface SheetsServer {
  /** `http://127.0.0.1:PORT`, for `endpoint:` of a connection. */
  readonly url: string;
  readonly accounts: Accounts;
  readonly requests: readonly SeenRequest[];
  /** Connections open at this moment. */
  readonly openSockets: number;
  /** Adds a spreadsheet, or puts it in the place of the one with its id. */
  put(spreadsheet: StandInSpreadsheet): void;
  /** Asked before each answer; `undefined` lets it pass. */
  misbehave(how: ((request: SeenRequest) => Fault | undefined) | undefined): void;
  close(): Promise<void>;
}

const DRIVE = /^https:\/\/www\.googleapis\.com\/auth\/drive(\.metadata)?\.readonly$/;

/**
 * Starts a local stand-in for the part of Google Sheets that a reader needs: token exchange, metadata, `batchGet`,
 * Drive's time of change. It is not Google; it listens on loopback only and forgets everything when it is closed.
 */
export async function startSheetsServer(spreadsheets: readonly StandInSpreadsheet[]): Promise<SheetsServer> {
  const accounts = createAccounts();
  const held = new Map(spreadsheets.map((spreadsheet) => [spreadsheet.id, spreadsheet]));
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let fault: ((request: SeenRequest) => Fault | undefined) | undefined;

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const seen = describe(url, request.method ?? 'GET');
      requests.push(seen);
      const spoiled = fault?.(seen);
      const { status, body } = await answer(seen, url, request).catch((error: unknown) => {
        if (error instanceof Refusal) return { status: error.status, body: error.body };
        throw error;
      });
      await send(response, status, body, spoiled);
    })();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function answer(seen: SeenRequest, url: URL, request: IncomingMessage) {
    if (seen.kind === 'token') return accounts.exchange(new URLSearchParams(await bodyOf(request)));
    const scopes = accounts.scopesOf(request.headers.authorization);
    if (scopes === undefined) {
      throw refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', 'ACCESS_TOKEN_INVALID');
    }
    const [, id = ''] = /\/(?:spreadsheets|files)\/([^/:?]+)/.exec(url.pathname) ?? [];
    const spreadsheet = held.get(decodeURIComponent(id));
    if (spreadsheet === undefined) throw refusal(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (spreadsheet.shared === false) {
      throw refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    }
    if (seen.kind === 'metadata') return { status: 200, body: metadataAnswer(spreadsheet) };
    if (seen.kind === 'values') return { status: 200, body: valuesAnswer(spreadsheet, url.searchParams) };
    if (seen.kind === 'drive') {
      if (!scopes.some((scope) => DRIVE.test(scope))) {
        throw refusal(
          403,
          'PERMISSION_DENIED',
          'Request had insufficient authentication scopes.',
          'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        );
      }
      return { status: 200, body: JSON.stringify({ modifiedTime: spreadsheet.modifiedTime }) };
    }
    throw refusal(404, 'NOT_FOUND', 'The stand-in does not speak this part of the API.');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    accounts,
    requests,
    get openSockets() {
      return sockets.size;
    },
    put: (spreadsheet) => held.set(spreadsheet.id, spreadsheet),
    misbehave: (how) => {
      fault = how;
    },
    async close() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function describe(url: URL, method: string): SeenRequest {
  const kind =
    method === 'POST' && url.pathname === '/token'
      ? 'token'
      : /^\/v4\/spreadsheets\/[^/]+\/values:batchGet$/.test(url.pathname)
        ? 'values'
        : /^\/v4\/spreadsheets\/[^/:]+$/.test(url.pathname)
          ? 'metadata'
          : /^\/drive\/v3\/files\/[^/]+$/.test(url.pathname)
            ? 'drive'
            : 'other';
  return { kind, url: url.pathname + url.search, ranges: url.searchParams.getAll('ranges') };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
