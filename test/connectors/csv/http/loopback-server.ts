import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpServer } from '#connectors/csv/http/request.js';

/** What a request asked, as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A real server on this machine that answers as a test says, and can tell whether anything is still connected. */
export class LoopbackServer {
  readonly seen: SeenRequest[] = [];
  readonly cacheDirectory = mkdtempSync(join(tmpdir(), 'plumbline-csv-cache-'));
  answer: RequestListener = (_request, response) => response.end('a\n1\n');
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(tls?: { readonly key: string; readonly cert: string }) {
    const listener: RequestListener = (request, response) => {
      const { method = '', url = '', headers } = request;
      this.seen.push({ method, url, headers });
      this.answer(request, response);
    };
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  static async start(answer?: RequestListener, tls?: { key: string; cert: string }): Promise<LoopbackServer> {
    const server = new LoopbackServer(tls);
    if (answer !== undefined) server.answer = answer;
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new RangeError('The server does not listen');
    return address.port;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}/files/`;
  }

  /** As the connector sees it. */
  asServer(change: Partial<HttpServer> = {}): HttpServer {
    return { base: new URL(this.url), headers: {}, allowPrivate: true, ...change };
  }

  /** Connections that are open now. */
  connections(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_error, count) => resolve(count)));
  }

  /** Resolves when the last connection is closed, by whichever side. */
  async idle(): Promise<void> {
    for (;;) {
      if ((await this.connections()) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.cacheDirectory, { recursive: true, force: true });
  }
}
