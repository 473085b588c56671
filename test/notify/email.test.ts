// Against a real SMTP server in this process (see smtp-test-server.ts): what a mail server answers, and what it gets.
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOpenChannel } from '#src/notify/channels.js';
import { letterOf } from '#src/notify/letter/letter-of.js';
import { letterText } from '#src/notify/letter/letter-text.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import { wordsOfHtml, wordsOfText } from './letter/words.js';
import { aMessage, FIGURES, facts } from './message.js';
import { reply, type SmtpTestServer, startSmtpServer } from './smtp-test-server.js';

const PASSWORD = 'hunter2-s3cret';

const servers: SmtpTestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function serving(options: Parameters<typeof startSmtpServer>[0] = {}): Promise<SmtpTestServer> {
  const server = await startSmtpServer(options);
  servers.push(server);
  return server;
}

async function send(
  options: Record<string, unknown>,
  message: Message = aMessage(),
  signal: AbortSignal = new AbortController().signal,
): Promise<DeliveryResult> {
  const open = createOpenChannel({
    channels: [{ id: 'mail', kind: 'email', options: { from: 'Plumbline <plumbline@example.com>', ...options } }],
    resolveSecrets: async (unresolved) => unresolved,
    siteId: 'acme',
    baseDirectory: '/',
  });
  const sender = await open('mail');
  try {
    return await sender.send(message, signal);
  } finally {
    await sender.close();
  }
}

const plain = ({ port }: { port: number }) => ({ url: `smtp://127.0.0.1:${port}` });

describe('the email channel', () => {
  it('hands a message over whole', async () => {
    const server = await serving();
    const result = await send(plain(server));
    expect(result.outcome).toBe('sent');
    const [mail] = server.mails;
    expect(mail?.subject).toBe('[Plumbline] MISSING · Knowledge articles reused · since 2026-W44');
    expect(mail?.text).toBe('Hello Amara Osei,\n\nKnowledge articles reused is missing since 2026-W44.\n');
    expect(mail?.from?.text).toBe('"Plumbline" <plumbline@example.com>');
    expect(server.recipients).toEqual(['amara@example.com']);
  });

  it('keeps letters of any script in subject, name and text', async () => {
    const server = await serving();
    const subject = '[Plumbline] FEHLT · Zufriedenheit — Łódź, 東京, Ελλάδα 🚦';
    const text = 'Größe: 12,5 %\n東京 — naïve ✓\n';
    await send(
      plain(server),
      aMessage({ subject, text, recipient: { id: 'z', name: 'Zoë Ångström', address: 'zoe@example.com' } }),
    );
    const [mail] = server.mails;
    expect(mail?.subject).toBe(subject);
    expect(mail?.text).toBe(text);
    expect(server.raw[0]).toMatch(/^To: =\?UTF-8\?.*<zoe@example\.com>/m);
  });

  it('gives the same event the same message id, and the events of one alert one thread', async () => {
    const server = await serving();
    await send(plain(server));
    await send(plain(server));
    await send(plain(server), aMessage({ messageId: 'alert-7c1f-1-amara-mail' }));
    const [first, again, next] = server.mails;
    expect(first?.messageId).toBe('<alert-7c1f-0-amara-mail.plumbline@example.com>');
    expect(again?.messageId).toBe(first?.messageId);
    expect(next?.messageId).not.toBe(first?.messageId);
    for (const mail of [first, next]) {
      expect(mail?.references).toBe('<alert-7c1f.plumbline@example.com>');
      expect(mail?.inReplyTo).toBe('<alert-7c1f.plumbline@example.com>');
    }
  });

  it('writes thread and event into the bytes that go over the wire, beginning and end of an alert alike', async () => {
    const server = await serving();
    await send(plain(server), aMessage({ about: facts() }));
    await send(
      plain(server),
      aMessage({ messageId: 'alert-7c1f-1-amara-mail', about: facts({ transition: 'resolved', sequence: 1 }) }),
    );
    const headers = server.raw.map((each) => each.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '');
    expect(headers).toHaveLength(2);
    for (const [index, header] of headers.entries()) {
      expect(header).toMatch(
        new RegExp(`^Message-ID: <alert-7c1f-${index}-amara-mail\\.plumbline@example\\.com>$`, 'm'),
      );
      expect(header).toMatch(/^In-Reply-To: <alert-7c1f\.plumbline@example\.com>$/m);
      expect(header).toMatch(/^References: <alert-7c1f\.plumbline@example\.com>$/m);
      expect(header).toMatch(/^Content-Type: multipart\/alternative;/m);
    }
  });

  it('has an HTML form beside the plain text, last, where there is more than words, and the same words in it', async () => {
    const server = await serving();
    const about = facts({ kind: 'off_track', figures: FIGURES, next: 'Lena Fischer is told on 2026-11-12.' });
    const text = letterText(letterOf(about, 'Amara Osei'));
    await send(plain(server), aMessage({ text, about }));
    await send(plain(server), aMessage({ messageId: 'only-words' }));
    const [mail, words] = server.mails;
    expect(mail?.text).toBe(text);
    expect(wordsOfHtml(mail?.html || '')).toEqual(wordsOfText(mail?.text ?? ''));
    const types = [...(server.raw[0] ?? '').matchAll(/^Content-Type: (text\/\w+)/gm)].map(([, type]) => type);
    expect(types).toEqual(['text/plain', 'text/html']);
    expect(words?.html).toBe(false);
  });

  it('makes a valid message id of an id that no header can carry', async () => {
    const server = await serving();
    await send(plain(server), aMessage({ messageId: 'missing measure/ops/a>b\r\nX: y@2026-W44' }));
    expect(server.mails[0]?.messageId).toMatch(/^<[0-9a-f]{64}\.plumbline@example\.com>$/);
  });

  it('cannot be made to write a header by a subject, a name or an id', async () => {
    const server = await serving();
    const evil = 'x\r\nBcc: eve@example.com\r\n\r\nbody';
    const result = await send(
      plain(server),
      aMessage({
        messageId: evil,
        threadId: evil,
        subject: evil,
        recipient: { id: 'amara', name: `Amara" <eve@example.com>, ${evil}`, address: 'amara@example.com' },
      }),
    );
    expect(result.outcome).toBe('sent');
    expect(server.recipients).toEqual(['amara@example.com']);
    const headers = server.raw[0]?.split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(server.mails[0]?.subject).toBe('x Bcc: eve@example.com body');
  });

  it.each([
    'amara@example.com, eve@example.com',
    'amara@example.com\r\nRCPT TO:<eve@example.com>',
    'Amara <amara@example.com>',
    'amara',
    '',
  ])('refuses %j as an address, without asking the server', async (address) => {
    const result = await send(
      { url: 'smtp://127.0.0.1:1' },
      aMessage({ recipient: { id: 'amara', name: 'Amara Osei', address } }),
    );
    expect(result).toMatchObject({ outcome: 'reject', detail: expect.stringContaining('not one mail address') });
  });

  it('rejects a message to a person without an address, and says who that is', async () => {
    const result = await send(
      { url: 'smtp://127.0.0.1:1' },
      aMessage({ recipient: { id: 'amara', name: 'Amara Osei' } }),
    );
    expect(result).toEqual({ outcome: 'reject', detail: 'Amara Osei (amara) has no mail address in people.yaml.' });
  });

  it.each([
    ['retry', 451, 'asked to try later'],
    ['retry', 421, 'asked to try later'],
    ['reject', 550, 'refused the message'],
    ['reject', 552, 'refused the message'],
  ])('says %s when the server answers the recipient with %i', async (outcome, code, words) => {
    const server = await serving({ onRcptTo: (_address, _session, done) => done(reply(code, 'mailbox says no')) });
    const result = await send(plain(server));
    expect(result.outcome).toBe(outcome);
    expect(result.detail).toContain(words);
    expect(result.detail).toContain('mailbox says no');
  });

  it('says retry when the server wants a login it was not given', async () => {
    const server = await serving({
      onMailFrom: (_address, _session, done) => done(reply(530, 'authentication required')),
    });
    expect(await send(plain(server))).toMatchObject({ outcome: 'retry', retryAfterMs: 900_000 });
  });

  it('says retry when nobody listens', async () => {
    const { port, stop } = await startSmtpServer();
    await stop();
    const result = await send({ url: `smtp://127.0.0.1:${port}` });
    expect(result).toMatchObject({
      outcome: 'retry',
      detail: expect.stringContaining(`127.0.0.1:${port} could not be reached`),
    });
  });

  it('says retry when the other side hangs up or speaks no SMTP', async () => {
    for (const greeting of ['', 'HTTP/1.1 400 Bad Request\r\n\r\n']) {
      const listener = createServer((socket) => socket.end(greeting));
      const port = await new Promise<number>((resolve) => {
        listener.listen(0, '127.0.0.1', () => {
          const address = listener.address();
          resolve(typeof address === 'object' && address ? address.port : 0);
        });
      });
      try {
        expect((await send({ url: `smtp://127.0.0.1:${port}` })).outcome).toBe('retry');
      } finally {
        listener.close();
      }
    }
  });

  it('sends nothing when TLS is required and not offered', async () => {
    const server = await serving();
    const result = await send({ ...plain(server), require_tls: true });
    expect(result).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('No encrypted connection') });
    expect(server.mails).toEqual([]);
  });

  it('sends nothing when the server cannot prove who it is', async () => {
    // The server's certificate is a self-signed one for localhost.
    const offering = await serving({ disabledCommands: [] });
    expect(await send({ ...plain(offering), require_tls: true })).toMatchObject({
      outcome: 'retry',
      retryAfterMs: 900_000,
    });
    const implicit = await serving({ secure: true });
    expect((await send({ url: `smtps://127.0.0.1:${implicit.port}` })).outcome).toBe('retry');
    expect([...offering.mails, ...implicit.mails]).toEqual([]);
  });

  it('logs in with decoded credentials', async () => {
    const seen: unknown[] = [];
    const server = await serving({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    const result = await send({ url: `smtp://plumb%40example.com:p%3Aa%25ss@127.0.0.1:${server.port}` });
    expect(result.outcome).toBe('sent');
    expect(seen).toEqual([['plumb@example.com', 'p:a%ss']]);
  });

  it('waits for the operator when the login is refused, and keeps the password to itself', async () => {
    const server = await serving({
      allowInsecureAuth: true,
      // Servers have been seen to quote what they were sent.
      onAuth: ({ username, password }, _session, done) => done(new Error(`no ${username} with ${password ?? ''}`)),
    });
    const result = await send({ url: `smtp://plumb:${PASSWORD}@127.0.0.1:${server.port}` });
    expect(result).toMatchObject({
      outcome: 'retry',
      retryAfterMs: 900_000,
      detail: expect.stringContaining('refused the login'),
    });
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
  });

  it('does not send without a login that it was given', async () => {
    const server = await serving({ disabledCommands: ['STARTTLS', 'AUTH'] });
    const result = await send({ url: `smtp://plumb:${PASSWORD}@127.0.0.1:${server.port}` });
    expect(result.outcome).toBe('retry');
    expect(server.mails).toEqual([]);
  });

  it('breaks off when it is told to', async () => {
    const server = await serving({ onConnect: () => undefined });
    const stop = new AbortController();
    const sending = send(plain(server), aMessage(), stop.signal);
    stop.abort();
    expect(await sending).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('Stopped') });
  });
});
