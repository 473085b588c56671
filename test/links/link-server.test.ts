// The server of links over real sockets: what looks never acts, and what is no request for a link is refused.
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedToken } from '#src/links/token.js';
import { answerLinks } from '#src/worker/answer-links.js';
import { createLinkedSite, HOST, type LinkedSite, linkIn, SECRET, tokenOf } from './linked-site.js';

let linked: LinkedSite;
let mail: Awaited<ReturnType<LinkedSite['deliver']>>[number] | undefined;
beforeAll(async () => {
  linked = await createLinkedSite();
  await linked.site.collect('2026-11-05T05:30:00Z');
  [mail] = await linked.deliver();
});
afterAll(async () => {
  expect(await state()).toEqual(['open']);
  await linked.dispose();
});

const FORM = 'application/x-www-form-urlencoded';
const state = async () => (await linked.site.store.read.alerts({})).map((alert) => alert.state);
const acknowledge = () => linkIn(mail, 'acknowledge');

/** What the server answers to bytes, until it ends the connection. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

describe('what looks at a link', () => {
  it('changes nothing, however often and by whatever method', async () => {
    const paths = [acknowledge(), linkIn(mail, 'snooze')];
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'POST', 'PROPFIND']) {
        const { status } = await linked.ask(path, {
          method,
          headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch' },
        });
        expect([method, status]).toEqual([method, method === 'GET' || method === 'HEAD' ? 200 : 405]);
      }
      expect((await linked.ask(`${path}?utm_source=mail&reason=x&for=1d`)).status).toBe(200);
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) {
      const answer = await linked.ask(`/acknowledge?token=${tokenOf(acknowledge())}`, { method });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
    }
    expect(await state()).toEqual(['open']);
  });

  it('as a scanner that follows all links of a mail, and those of the pages, changes nothing', async () => {
    const links = [...(mail?.html || '').matchAll(/href="https:\/\/[^/"]+([^"]+)"/g)].map(([, path = '']) => path);
    expect(links).toHaveLength(2);
    for (const link of links) {
      const page = await linked.ask(link);
      expect(page.status).toBe(200);
      for (const [, next = ''] of page.body.matchAll(/(?:href|src|action)="([^"]*)"/g)) await linked.ask(next);
    }
    expect(await state()).toEqual(['open']);
  });

  it('is shown a page that fetches nothing, runs nothing, is framed by nobody and kept nowhere', async () => {
    const { headers, body } = await linked.ask(acknowledge());
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const [, sheet = ''] = /<style>(.*)<\/style>/.exec(body) ?? [];
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(sheet).digest('base64')}'`);
    expect(body).not.toMatch(/<script|javascript:|\son[a-z]+=|https?:\/\//i);
  });

  it('gets the headers without a page where it asks for these alone', async () => {
    const { status, body, headers } = await linked.ask(acknowledge(), { method: 'HEAD' });
    expect([status, body, headers['x-frame-options']]).toEqual([200, '', 'DENY']);
  });
});

describe('a link', () => {
  const claims = {
    purpose: 'acknowledge',
    kind: 'off_track',
    subject: 'measure/company/client-rating',
    period: '2026-08',
    sequence: 0,
    person: 'kim',
    expires: 4_000_000_000,
  } as const;
  const at = (changes: object) =>
    linked.ask(`/acknowledge/${signedToken({ ...claims, ...changes }, { siteId: 'example', secret: SECRET })}`);

  it('that has expired says when, in words', async () => {
    const { status, body } = await at({ expires: 1_700_000_000 });
    expect(status).toBe(410);
    expect(body).toContain('This link has expired');
    expect(body).toContain('It counted until 2023-11-14 23:13 (Europe/Berlin).');
    expect(body).not.toContain('<form');
  });

  it('of an alert, or an event, that is not there says so', async () => {
    expect((await at({})).status).toBe(200);
    for (const changes of [
      { period: '2026-07' },
      { subject: 'measure/company/none' },
      { kind: 'late' },
      { sequence: 1 },
    ]) {
      const { status, body } = await at(changes);
      expect([status, body.includes('There is no such alert')]).toEqual([404, true]);
    }
  });
});

describe('the server', () => {
  it.each([
    '/',
    '/acknowledge/',
    '/acknowledge/../healthz',
    '/../../etc/passwd',
    '/acknowledge/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/acknowledge/a/b',
    '/acknowledge/..',
    '/constructor/a.b',
    '/acknowledge/%00',
    '//acknowledge/a.b',
    '/snooze/%0d%0aSet-Cookie:%20a=b',
    `/acknowledge/${'a'.repeat(4_000)}`,
  ])('has nothing at %s', async (path) => {
    const answer = await linked.ask(path);
    expect(answer.status).toBe(404);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toContain('root:');
  });

  it.each(['evil.example.com', `${HOST}:8443`, `${HOST}.evil.example.com`, '127.0.0.1', ''])(
    'is not the host "%s"',
    async (host) => {
      const headers = { host, 'content-type': FORM };
      const body = `token=${tokenOf(acknowledge())}`;
      expect((await linked.ask('/acknowledge', { method: 'POST', headers, body })).status).toBe(421);
      expect((await linked.ask(acknowledge(), { headers: { host } })).status).toBe(421);
      expect(await state()).toEqual(['open']);
    },
  );

  it('says that it is well to whoever asks', async () => {
    const { status, body } = await linked.ask('/healthz', { headers: { host: '10.0.0.7:8085' } });
    expect([status, body]).toEqual([200, 'ok\n']);
    expect((await linked.ask('/healthz', { method: 'POST' })).status).toBe(405);
  });

  it('refuses headers that are too long or broken, and goes on', async () => {
    expect(await raw(linked.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await raw(linked.port, 'no HTTP at all\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await linked.ask('/healthz')).status).toBe(200);
  });

  it('refuses one address that asks too often, and no other', async () => {
    const from = (address: string) =>
      linked.ask(acknowledge(), { headers: { 'x-forwarded-for': `1.2.3.4, ${address}` } });
    const statuses = [];
    for (let count = 0; count < 121; count++) statuses.push((await from('192.0.2.1')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    const refused = await from('192.0.2.1');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect((await from('192.0.2.2')).status).toBe(200);
  });

  it('says which address is in use', async () => {
    const config = linked.site.config();
    const { links } = config.site;
    if (links === undefined) throw new Error('the site has no links');
    const listen = { host: '127.0.0.1', port: linked.port };
    const second = answerLinks(
      { ...config, site: { ...config.site, links: { ...links, listen } } },
      linked.site.services,
      {},
    );
    await expect(second).rejects.toMatchObject({
      kind: 'config',
      code: 'LINKS_CANNOT_LISTEN',
      message: `Cannot answer links at "127.0.0.1", port ${linked.port}: another process listens there.`,
    });
  });
});
