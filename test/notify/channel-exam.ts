// What every channel that posts to a url is asked, against a real server on this machine: each answer a service may give,
// each way a connection may end, and that no secret shows in anything that comes out.
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import { answering, startHttpServer } from './http-test-server.js';
import { aMessage, HUGE } from './message.js';
import { openOver, sendOver } from './send-over.js';

/** A channel that sits the exam. */
export interface ExamSubject {
  readonly kind: Parameters<typeof openOver>[0];
  /** Its own options, with the url of a service at `origin`; the exam adds those that all have. */
  readonly options: (origin: string) => Readonly<Record<string, unknown>>;
  /** Every secret in these options. */
  readonly secrets: readonly string[];
}

const HERE = { allow_private: true, allowed_hosts: ['127.0.0.1', 'localhost'], timeout_seconds: 5 };

const cut: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('begun', () => response.destroy());
};
const endless =
  (status: number): RequestListener =>
  (_request, response) => {
    response.writeHead(status);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  };

export function channelExam({ kind, options, secrets }: ExamSubject): void {
  const over = (origin: string, more: Readonly<Record<string, unknown>> = {}) => ({
    ...options(origin),
    ...HERE,
    ...more,
  });
  const answered = async (answer: RequestListener, message?: Message): Promise<DeliveryResult> => {
    await using server = await startHttpServer(answer);
    return await sendOver(kind, over(server.origin), message);
  };
  const shown = (output: unknown): string =>
    `${JSON.stringify(output)} ${output instanceof Error ? (output.stack ?? '') : ''} ${String(output)}`;
  const holdsSecret = (output: unknown): readonly string[] =>
    secrets.filter((secret) =>
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) =>
        shown(output).includes(form),
      ),
    );

  describe(`the exam of the ${kind} channel`, () => {
    it.each([200, 201, 202, 204])('takes status %i for taken, after one POST', async (status) => {
      await using server = await startHttpServer(answering(status));
      expect(await sendOver(kind, over(server.origin))).toEqual({
        outcome: 'sent',
        detail: `127.0.0.1:${server.port} took it (status ${status})`,
      });
      expect(server.posts.map(({ method }) => method)).toEqual(['POST']);
      expect(server.posts[0]?.headers['content-type']).toMatch(/^application\/(cloudevents\+)?json/);
      await server.idle();
    });

    it('sends a message of an earlier version, which is only words', async () => {
      await using server = await startHttpServer();
      expect((await sendOver(kind, over(server.origin), aMessage())).outcome).toBe('sent');
      expect(server.posts[0]?.body).toContain('Knowledge articles reused');
    });

    it.each([400, 401, 403, 404, 410, 413, 422])(
      'gives a message up at status %i, with what was said',
      async (status) => {
        const result = await answered(answering(status, {}, '<html><b>invalid_payload</b>\r\n\u001b[2Jplease</html>'));
        expect(result).toMatchObject({ outcome: 'reject' });
        expect(result.detail).toContain(`(status ${status}): invalid_payload [2Jplease`);
        expect(result.detail).not.toMatch(/\p{Cc}/u);
      },
    );

    it.each([408, 429, 500, 502, 503, 504])('tries again after status %i', async (status) => {
      const result = await answered(answering(status, {}, 'not now'));
      expect(result).toEqual({ outcome: 'retry', detail: expect.stringContaining(`(status ${status}): not now`) });
    });

    it.each([
      [429, '7', 7_000],
      [503, 'Mon, 09 Nov 2026 06:31:05 GMT', 60_000],
    ])('waits as long as status %i asks by Retry-After %s', async (status, header, retryAfterMs) => {
      expect(await answered(answering(status, { 'retry-after': header }))).toMatchObject({
        outcome: 'retry',
        retryAfterMs,
      });
    });

    it('makes nothing up of a Retry-After that cannot be read', async () => {
      expect(await answered(answering(429, { 'retry-after': 'soon' }))).not.toHaveProperty('retryAfterMs');
    });

    it.each([
      ['says nothing', () => undefined],
      ['begins to answer and stops', (_request, response) => void response.writeHead(200).write('begun')],
    ] as [string, RequestListener][])('tries again when the other side %s', async (_what, answer) => {
      await using server = await startHttpServer(answer);
      expect(await sendOver(kind, over(server.origin, { timeout_seconds: 0.1 }))).toEqual({
        outcome: 'retry',
        detail: `127.0.0.1:${server.port} gave no answer within 0.1 seconds.`,
      });
      await server.idle();
    });

    it.each([
      ['before it answers', (request) => void request.socket.destroy()],
      ['in the middle of its answer', cut],
    ] as [string, RequestListener][])('tries again when the other side hangs up %s', async (_when, answer) => {
      expect(await answered(answer)).toMatchObject({
        outcome: 'retry',
        detail: expect.stringContaining('gave no whole answer'),
      });
    });

    it('tries again when nobody listens', async () => {
      const server = await startHttpServer();
      await server[Symbol.asyncDispose]();
      expect((await sendOver(kind, over(server.origin))).outcome).toBe('retry');
    });

    it.each([301, 302, 303, 307, 308])('follows no redirect %i', async (status) => {
      await using elsewhere = await startHttpServer();
      const result = await answered(answering(status, { location: `${elsewhere.origin}/stolen` }));
      expect(result).toMatchObject({ outcome: 'retry', retryAfterMs: 900_000 });
      expect(result.detail).toContain('redirects elsewhere');
      expect(elsewhere.posts).toEqual([]);
    });

    it.each([
      [200, 'sent'],
      [400, 'reject'],
      [500, 'retry'],
    ])('reads no more of an endless answer of status %i than it needs', async (status, outcome) => {
      await using server = await startHttpServer(endless(status));
      const result = await sendOver(kind, over(server.origin));
      expect(result.outcome).toBe(outcome);
      expect(result.detail.length).toBeLessThan(400);
      await server.idle();
    });

    it('sends a message of any size and with any letters, as JSON', async () => {
      await using server = await startHttpServer();
      expect((await sendOver(kind, over(server.origin), HUGE)).outcome).toBe('sent');
      expect(JSON.parse(server.posts[0]?.body ?? '')).toBeTypeOf('object');
    });

    it('shows no secret, whatever is said back', async () => {
      const echo = (status: number) => answering(status, {}, (seen) => `you said ${seen} ${secrets.join(' ')}`);
      const outputs: unknown[] = [];
      for (const status of [200, 302, 400, 429, 500]) outputs.push(await answered(echo(status)));
      outputs.push(await answered(cut));
      await using server = await startHttpServer();
      outputs.push(
        await sendOver(kind, over(server.origin, { allow_private: false, allowed_hosts: ['x'] })).catch((e) => e),
      );
      outputs.push(await sendOver(kind, over(server.origin.replace('http:', 'https:'))));
      outputs.push(await sendOver(kind, over(server.origin.replace('http:', 'gopher:'))).catch((e) => e));
      expect(outputs.flatMap(holdsSecret)).toEqual([]);
      expect(outputs).toHaveLength(9);
    });

    it('sends nothing once it is told to stop', async () => {
      await using server = await startHttpServer();
      const result = await sendOver(kind, over(server.origin), aMessage(), AbortSignal.abort());
      expect(result).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('Stopped') });
      expect(server.posts).toEqual([]);
    });

    it('breaks off when it is told to stop, and leaves no connection', async () => {
      const stop = new AbortController();
      await using server = await startHttpServer(() => stop.abort());
      const result = await sendOver(kind, over(server.origin), aMessage(), stop.signal);
      expect(result).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('Stopped') });
      await server.idle();
    });

    it('waits for a person when the other side cannot prove who it is', async () => {
      await using server = await startHttpServer();
      const result = await sendOver(kind, over(server.origin.replace('http:', 'https:')));
      expect(result).toMatchObject({ outcome: 'retry', retryAfterMs: 900_000 });
      expect(result.detail).toContain('No encrypted connection');
      expect(server.posts).toEqual([]);
    });

    it('reaches no address of this machine or a private network unless that is allowed', async () => {
      await using server = await startHttpServer();
      for (const host of ['127.0.0.1', 'localhost', '[::1]', '10.1.2.3', '169.254.169.254', '[::ffff:10.0.0.1]']) {
        const more = { allow_private: false, allowed_hosts: [host, '[::ffff:a00:1]'] };
        const result = await sendOver(kind, over(`https://${host}:${server.port}`, more));
        expect(result).toMatchObject({ outcome: 'retry', retryAfterMs: 900_000 });
        expect(result.detail).toContain('CHANNEL_ADDRESS_REFUSED');
      }
      expect(server.posts).toEqual([]);
    });

    it('never reaches a link-local address, allowed or not', async () => {
      const result = await sendOver(kind, over('https://169.254.169.254', { allowed_hosts: ['169.254.169.254'] }));
      expect(result.detail).toContain('CHANNEL_ADDRESS_REFUSED');
    });

    it.each([
      ['http://127.0.0.1', { allow_private: false }, 'CHANNEL_URL_INVALID'],
      ['http://hooks.example.com', { allowed_hosts: ['*.example.com'] }, 'CHANNEL_URL_INVALID'],
      ['http://10.0.0.1', { allow_private: false, allowed_hosts: ['10.0.0.1'] }, 'CHANNEL_URL_INVALID'],
      ['https://user:pw@127.0.0.1', {}, 'CHANNEL_URL_INVALID'],
      ['https://hooks.example.org', { allowed_hosts: ['hooks.example.com', '*.example.net'] }, 'CHANNEL_HOST_REFUSED'],
      ['https://example.net', { allowed_hosts: ['*.example.net'] }, 'CHANNEL_HOST_REFUSED'],
      ['https://evilexample.net', { allowed_hosts: ['*.example.net'] }, 'CHANNEL_HOST_REFUSED'],
      ['https://127.0.0.1', { ca: '/nowhere/ca.pem' }, 'CHANNEL_CA_UNREADABLE'],
    ])('does not open for %s with %j', async (origin, more, code) => {
      const failure = await openOver(kind, over(origin, more)).then(() => undefined, toFailure);
      expect(failure).toMatchObject({ kind: 'config', code });
      expect(holdsSecret(failure)).toEqual([]);
    });

    it('opens for a host below a listed one', async () => {
      const sender = await openOver(kind, over('https://a.b.example.net.', { allowed_hosts: ['*.Example.net'] }));
      await sender.close();
    });

    it('refuses an option it does not know', async () => {
      await expect(openOver(kind, over('https://127.0.0.1', { colour: 'red' }))).rejects.toMatchObject({
        code: 'CHANNEL_OPTIONS_INVALID',
      });
    });
  });
}
