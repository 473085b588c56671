import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { channelExam } from './channel-exam.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage, facts } from './message.js';
import { NOW, openOver, sendOver } from './send-over.js';

const SECRET = 'a-secret-of-the-receiver';
const options = (origin: string) => ({
  url: `${origin}/hooks/Tk9fRU5UUlk1?key=q7Zp-99-xyzzy`,
  signing_secret: SECRET,
  headers: { Authorization: 'Bearer t0p-s3cret-token', 'X-Tenant': 'tenant-4711' },
});

channelExam({
  kind: 'webhook',
  options,
  secrets: [SECRET, 'Tk9fRU5UUlk1', 'q7Zp-99-xyzzy', 't0p-s3cret-token', 'tenant-4711'],
});

async function posted(message = aMessage(), change: Record<string, unknown> = {}) {
  await using server = await startHttpServer();
  const result = await sendOver('webhook', { ...options(server.origin), allow_private: true, ...change }, message);
  expect(result.outcome).toBe('sent');
  const [post] = server.posts;
  if (post === undefined) throw new RangeError('nothing was posted');
  return post;
}

describe('the webhook channel', () => {
  it('posts a CloudEvent with the facts of an alert as data', async () => {
    const about = facts();
    const { body, headers, url } = await posted(aMessage({ about }));
    expect(url).toBe('/hooks/Tk9fRU5UUlk1?key=q7Zp-99-xyzzy');
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: 'alert-7c1f-0-amara-mail',
      source: '/plumbline/acme',
      type: 'plumbline.alert.opened',
      subject: 'measure/operations/knowledge-articles-reused',
      time: '2026-11-09T06:30:00Z',
      datacontenttype: 'application/json',
      data: {
        thread: 'alert-7c1f',
        recipient: { id: 'amara', name: 'Amara Osei', email: 'amara@example.com' },
        headline: '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
        text: 'Hello Amara Osei,\n\nKnowledge articles reused is missing since 2026-W44.\n',
        about,
      },
    });
  });

  it.each([
    [facts({ transition: 'resolved' }), 'plumbline.alert.resolved'],
    [facts({ kind: 'test' }), 'plumbline.test'],
    [undefined, 'plumbline.message'],
  ])('names the event by what has happened: %#', async (about, type) => {
    const { body } = await posted(aMessage(about === undefined ? {} : { about }));
    expect(JSON.parse(body)).toMatchObject({ type });
  });

  it('sends the same event under the same id and body', async () => {
    const [first, again] = [await posted(aMessage({ about: facts() })), await posted(aMessage({ about: facts() }))];
    expect(again.headers['webhook-id']).toBe('alert-7c1f-0-amara-mail');
    expect(again.body).toBe(first.body);
  });

  it('signs id, time and body', async () => {
    const { body, headers } = await posted();
    const seconds = NOW.getTime() / 1000;
    const signed = `alert-7c1f-0-amara-mail.${seconds}.${body}`;
    expect(headers['webhook-timestamp']).toBe(String(seconds));
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`);
  });

  it('takes the bytes behind whsec_ for its key', async () => {
    const key = Buffer.from('0123456789abcdef01234567');
    const { body, headers } = await posted(aMessage(), { signing_secret: `whsec_${key.toString('base64')}` });
    const signed = `alert-7c1f-0-amara-mail.${NOW.getTime() / 1000}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  });

  it('sends headers of its own, which replace none that it sets', async () => {
    const { headers } = await posted();
    expect(headers).toMatchObject({ authorization: 'Bearer t0p-s3cret-token', 'x-tenant': 'tenant-4711' });
  });

  it.each([
    { signing_secret: 'short' },
    { signing_secret: 'whsec_this is no base64 at all' },
    { headers: { Host: 'evil.example.com' } },
    { headers: { 'a b': 'x' } },
  ])('does not open with %j', async (change) => {
    await expect(openOver('webhook', { ...options('https://example.com'), ...change })).rejects.toMatchObject({
      code: 'CHANNEL_OPTIONS_INVALID',
    });
  });

  it('names a header whose secret has a line end, and not the secret', async () => {
    const headers = { Authorization: 'Bearer t0p\r\nX-Evil: 1' };
    const failure: unknown = await openOver('webhook', { ...options('https://example.com'), headers }).catch((e) => e);
    expect(failure).toMatchObject({
      code: 'CHANNEL_HEADER_INVALID',
      message: expect.stringContaining('Authorization'),
    });
    expect(String(failure)).not.toContain('t0p');
  });
});
