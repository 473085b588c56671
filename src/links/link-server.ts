import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { PAGE_HEADERS, pageHtml } from './page.js';
import { createRate } from './rate.js';
import { answerRequest, type LinkAnswer } from './request.js';
import type { LinkDesk } from './types.js';

/** What one server may be asked at once, and how slowly. */
const LIMITS = {
  connections: 100,
  headerBytes: 8 * 1024,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  keepAliveMs: 5_000,
  /** How often it is looked for what is too slow. */
  checkEveryMs: 1_000,
} as const;

const RATE = { most: 120, windowMs: 60_000 } as const;

/** How long requests under way may take when the server stops. */
const STOPS_WITHIN_MS = 3_000;

export interface LinkServerOptions {
  readonly desk: LinkDesk;
  readonly baseUrl: string;
  readonly siteName: string;
  /** Port 0 takes any that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Milliseconds of a clock that only runs forward. */
  readonly elapsedMs: () => number;
  readonly limits?: Partial<Record<keyof typeof LIMITS | 'requestsAMinute', number>>;
}

export interface RunningLinkServer {
  readonly port: number;
  /** Ends when the server listens no more and requests under way are answered, or were given up. */
  stop(): Promise<void>;
}

/**
 * Starts to answer links.
 *
 * @throws PlumblineError `config` LINKS_CANNOT_LISTEN where the port is in use or may not be listened at
 */
export async function startLinkServer(options: LinkServerOptions): Promise<RunningLinkServer> {
  const { desk, baseUrl, siteName, listen, elapsedMs } = options;
  const limits = { ...LIMITS, ...options.limits };
  const { host, pathname } = new URL(baseUrl);
  const place = { host: host.toLowerCase(), basePath: pathname.replace(/\/+$/, '') };
  const isWithin = createRate({ ...RATE, most: limits.requestsAMinute ?? RATE.most }, elapsedMs);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = isWithin(addressOf(request)) ? await answered(desk, place, request) : TOO_MANY;
    // Who is gone wants no answer.
    if (response.destroyed) return;
    if ('word' in given) {
      response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${given.word}\n`);
    } else {
      response
        .writeHead(given.page.status, { ...PAGE_HEADERS, ...given.headers })
        .end(pageHtml(given.page, place.basePath, siteName));
    }
  };
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = limits.connections;
  await listening(server, listen);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : listen.port,
    stop: () => stopped(server),
  };
}

const TOO_MANY: LinkAnswer = {
  page: { status: 429, title: 'Too many requests', lines: ['Nothing was changed. Try again in a minute.'] },
  headers: { 'retry-after': '60' },
};

const LATER: LinkAnswer = {
  page: { status: 503, title: 'This cannot be done now', lines: ['Nothing was changed. Try again in a minute.'] },
  headers: { 'retry-after': '60' },
};

/** Whatever fails is an answer: nobody's mistake may end the server. */
async function answered(
  desk: LinkDesk,
  place: Parameters<typeof answerRequest>[1],
  request: IncomingMessage,
): Promise<LinkAnswer> {
  try {
    return await answerRequest(desk, place, {
      method: request.method ?? '',
      target: request.url ?? '',
      host: request.headers.host,
      contentType: request.headers['content-type'],
      body: (most) => bodyOf(request, most),
    });
  } catch (error) {
    const { code, message: why } = toFailure(error);
    // Whoever breaks off in the middle of a form is no failure.
    if (!request.destroyed || request.complete) desk.logger.warn({ code, why }, 'a link could not be answered');
    return LATER;
  }
}

async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  if (Number.parseInt(request.headers['content-length'] ?? '0', 10) > most) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // Left open, so that there can be an answer to what is too long.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > most) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Who asks: of a proxy on this machine, whom it asks for, which is the last that it has added. */
function addressOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? '';
  const isNear = peer === '::1' || /^(::ffff:)?127\./.test(peer);
  const behind = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return isNear && behind !== undefined && isIP(behind) !== 0 ? behind : peer;
}

function listening(server: Server, { host, port }: LinkServerOptions['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another process listens there' : cause.message;
      reject(
        new PlumblineError('config', 'LINKS_CANNOT_LISTEN', `Cannot answer links at "${host}", port ${port}: ${why}.`, {
          remedy: 'End the other process, or write another address under links.listen in site.yaml.',
          cause,
        }),
      );
    });
    server.listen({ host, port }, resolve);
  });
}

async function stopped(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const giveUp = setTimeout(() => server.closeAllConnections(), STOPS_WITHIN_MS);
  await closed;
  clearTimeout(giveUp);
}
