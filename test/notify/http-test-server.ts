// An HTTP server in this process: what a channel posted, and any answer a service may give.
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

interface SeenPost {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface HttpTestServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly port: number;
  readonly posts: readonly SeenPost[];
  /** Resolves when no connection is open any more. */
  idle(): Promise<void>;
}

/** Starts one that reads each request to its end, notes it, and then answers so. */
export async function startHttpServer(
  answer: RequestListener = (_request, response) => response.end(),
  tls?: { readonly key: string; readonly cert: string },
): Promise<HttpTestServer> {
  const posts: SeenPost[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      posts.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(request, response);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new RangeError('The server does not listen');
  const connections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    port: address.port,
    posts,
    idle: async () => {
      while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers so, whatever was asked. */
export function answering(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | ((text: string) => string) = '',
): RequestListener {
  return (request, response) => {
    const seen = `${request.url ?? ''} ${JSON.stringify(request.headers)}`;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : body(seen));
  };
}
