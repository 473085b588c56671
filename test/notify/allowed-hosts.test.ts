// Where channels may go: by the site's list, by the channel's own, by the addresses that a name has.
import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { guardedLookup } from '#connectors/sdk/http/guarded-lookup.js';
import { createOpenChannel } from '#src/notify/channels.js';
import { openEndpoint } from '#src/notify/http/endpoint.js';
import type { HttpOptions } from '#src/notify/http/options.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage } from './message.js';

const SECRET = 'a-secret-of-the-receiver';

function open(kind: 'webhook' | 'email', options: object, allowHosts?: readonly string[]) {
  return createOpenChannel({
    channels: [{ id: 'room', kind, options }],
    siteId: 'acme',
    resolveSecrets: async (unresolved) => unresolved,
    baseDirectory: '/',
    ...(allowHosts === undefined ? {} : { allowHosts }),
  })('room');
}
const hook = (url: string, more: object = {}) => ({ url, signing_secret: SECRET, ...more });
const mail = { url: 'smtp://mail.example.com', from: 'plumbline@example.com' };

describe('the hosts of the site', () => {
  it.each([
    ['webhook', hook('https://hooks.example.com/x'), ['hooks.example.com']],
    ['webhook', hook('https://HOOKS.example.com./x'), ['Hooks.Example.com']],
    ['webhook', hook('https://a.b.example.com/x'), ['*.example.com']],
    ['email', mail, ['mail.example.com']],
  ] as const)('let a %s through that leads to one of them', async (kind, options, allowHosts) => {
    await expect(open(kind, options, allowHosts)).resolves.toHaveProperty('send');
  });

  it.each([
    ['webhook', hook('https://example.com/x'), ['*.example.com']],
    ['webhook', hook('https://hooks.example.com.evil.test/x'), ['hooks.example.com']],
    ['webhook', hook('https://evil.test/x', { allowed_hosts: ['evil.test'] }), ['hooks.example.com']],
    ['email', mail, ['hooks.example.com']],
  ] as const)('hold a %s back that leads elsewhere, whatever its own list says', async (kind, options, allowHosts) => {
    await expect(open(kind, options, allowHosts)).rejects.toMatchObject({
      code: 'CHANNEL_HOST_REFUSED',
      message: expect.stringContaining(`The site reaches only: ${allowHosts[0]}.`),
    });
  });

  it('do not make a private address a public one', async () => {
    await using server = await startHttpServer();
    const to = server.origin.replace('http:', 'https:');
    const sender = await open('webhook', hook(to), ['127.0.0.1']);
    const result = await sender.send(aMessage(), new AbortController().signal);
    expect(result).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('CHANNEL_ADDRESS_REFUSED') });
    expect(server.posts).toEqual([]);
  });
});

describe('http:// to a host of the own network', () => {
  const context = { siteId: 'acme', channelId: 'room', baseDirectory: '/', now: () => new Date() };
  const URL_TEXT = 'http://alertmanager.monitoring.svc:9093/api';
  const inCluster = (options: HttpOptions, allowHosts?: readonly string[]) =>
    openEndpoint(URL_TEXT, options, { ...context, ...(allowHosts === undefined ? {} : { allowHosts }) });

  it.each([
    ['is not named', { allow_private: true }, undefined],
    ['is named by a pattern alone', { allow_private: true, allowed_hosts: ['*.monitoring.svc'] }, ['*.svc']],
    ['may have no private address', { allowed_hosts: ['alertmanager.monitoring.svc'] }, undefined],
  ] as const)('is refused where it %s', async (_why, options, allowHosts) => {
    const written = {
      ...options,
      ...('allowed_hosts' in options ? { allowed_hosts: [...options.allowed_hosts] } : {}),
    };
    await expect(inCluster(written as HttpOptions, allowHosts)).rejects.toMatchObject({ code: 'CHANNEL_URL_INVALID' });
  });

  it.each([
    ['the channel', { allow_private: true, allowed_hosts: ['alertmanager.monitoring.svc'] }, undefined],
    ['the site', { allow_private: true }, ['alertmanager.monitoring.svc']],
  ])('goes to a private address where %s names it, and to no other', async (_who, options, allowHosts) => {
    const { rule } = await inCluster(options, allowHosts);
    const reach = (address: string): Promise<string> =>
      new Promise((resolve) => {
        const answer: LookupAddress[] = [{ address, family: 4 }];
        const lookup = guardedLookup(rule, (_name, _options, callback) => callback(null, answer));
        lookup('alertmanager.monitoring.svc', {}, (error, found) =>
          resolve(error === null ? String(found) : error.message),
        );
      });
    expect(await reach('10.42.0.7')).toBe('10.42.0.7');
    expect(await reach('93.184.216.34')).toContain('a public address');
    expect(await reach('169.254.169.254')).toContain('a link-local or reserved address');
  });
});

describe('a webhook whose secret is being changed', () => {
  it('signs with both, so that either receiver knows what is genuine', async () => {
    await using server = await startHttpServer();
    const options = { allow_private: true, next_signing_secret: 'the-next-secret-of-it' };
    const sender = await open('webhook', hook(server.origin, options));
    await sender.send(aMessage(), new AbortController().signal);
    const both = server.posts[0]?.headers['webhook-signature'];
    expect(both).toMatch(/^v1,\S{44} v1,\S{44}$/);
    const alone = await open('webhook', hook(server.origin, { allow_private: true }));
    await alone.send(aMessage(), new AbortController().signal);
    expect(server.posts[1]?.headers['webhook-signature']).toMatch(/^v1,\S{44}$/);
  });
});
