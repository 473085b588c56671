import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { addressRefused } from '#connectors/csv/http/address-refused.js';
import { fileUrl, problemOfUrl } from '#connectors/csv/http/base-url.js';
import { reachOf } from '#connectors/sdk/http/addresses.js';
import { assertAddress, guardedLookup } from '#connectors/sdk/http/guarded-lookup.js';
import { problemOfHeader } from '#connectors/sdk/http/header-names.js';
import { retryAfterMs } from '#connectors/sdk/http/retry-after.js';

describe('whom an address reaches', () => {
  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '192.169.0.1'])(
    'is the internet: %s',
    (address) => expect(reachOf(address)).toBe('public'),
  );
  it.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'is this machine: %s',
    (address) => expect(reachOf(address)).toBe('loopback'),
  );
  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::1',
    'fc00::1',
    '::ffff:a00:1',
  ])('is a private network: %s', (address) => expect(reachOf(address)).toBe('private'));
  it.each([
    ...['169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1'],
    ...['::ffff:169.254.169.254', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:4136:e378::', '::10.0.0.1', 'fec0::1', ''],
  ])('is nobody: %j', (address) => expect(reachOf(address)).toBe('nobody'));
});

const ruleOf = (allowPrivate: boolean, onlyLoopback: boolean) => ({
  allowPrivate,
  onlyLoopback,
  refuse: (host: string, address: string) => addressRefused(host, address, onlyLoopback),
});

function lookedUp(addresses: readonly string[], allowPrivate = false, onlyLoopback = false, all = true) {
  const answer = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = guardedLookup(ruleOf(allowPrivate, onlyLoopback), (_name, _options, callback) =>
    callback(null, answer),
  );
  return new Promise((resolve, reject) => {
    lookup('files.example.com', { all }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

describe('a name that leads inside', () => {
  it.each([
    ['10.1.2.3'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['::ffff:192.168.0.1'],
    ['fd12::1'],
    ['8.8.8.8', '10.1.2.3'],
  ])('is refused, even with a public address beside it: %s %s', async (...addresses) => {
    await expect(lookedUp(addresses)).rejects.toMatchObject({
      kind: 'config',
      code: 'SOURCE_ADDRESS_REFUSED',
      message: expect.stringContaining(addresses.at(-1) ?? ''),
      remedy: expect.any(String),
    });
  });

  it('is let through where the connection allows it, but never to link-local addresses', async () => {
    expect(await lookedUp(['10.1.2.3'], true)).toEqual([{ address: '10.1.2.3', family: 4 }]);
    expect(await lookedUp(['8.8.8.8'], false, false, false)).toBe('8.8.8.8');
    await expect(lookedUp(['169.254.169.254'], true)).rejects.toMatchObject({ code: 'SOURCE_ADDRESS_REFUSED' });
  });

  it('is refused for unencrypted requests unless it is this machine', async () => {
    await expect(lookedUp(['8.8.8.8'], true, true)).rejects.toMatchObject({ code: 'SOURCE_ADDRESS_REFUSED' });
    await expect(lookedUp(['10.0.0.1'], true, true)).rejects.toMatchObject({ code: 'SOURCE_ADDRESS_REFUSED' });
    expect(await lookedUp(['127.0.0.1'], true, true)).toHaveLength(1);
  });

  it.each([
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::ffff:a00:1]/',
  ])('is refused when it is an address itself: %s', (url) => {
    const rule = ruleOf(false, false);
    expect(() => assertAddress(new URL(url).hostname, rule)).toThrow(
      expect.objectContaining({ code: 'SOURCE_ADDRESS_REFUSED' }),
    );
  });
});

describe('the url of a connection', () => {
  it.each([
    'ftp://x/',
    'files',
    'http://files.example.com/',
    'http://10.0.0.1/',
    'https://user:pw@x/',
    'https://x/?a=1',
    'https://x/#a',
    'file:///etc/passwd',
  ])('cannot be %s', (url) => expect(problemOfUrl(url)).toBeTypeOf('string'));
  it.each(['https://files.example.com/exports/', 'http://127.0.0.1:8080/', 'http://localhost/', '${env:FILES_URL}'])(
    'can be %s',
    (url) => expect(problemOfUrl(url)).toBeUndefined(),
  );
  it('has files below it, whatever letters their names have', () => {
    expect(fileUrl(new URL('https://x/a'), 'b c/d%2e#1?.csv').href).toBe('https://x/a/b%20c/d%252e%231%3F.csv');
    expect(fileUrl(new URL('https://x/'), 'ä.csv').href).toBe('https://x/%C3%A4.csv');
  });
  it.each(['Host', 'content-length', 'If-None-Match', 'a b', 'x\n'])('has no header of its own named %j', (name) =>
    expect(problemOfHeader(name)).toBeTypeOf('string'),
  );
});

describe('how long a server asks to wait', () => {
  const now = Date.parse('2026-08-03T06:00:00Z');
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 03 Aug 2026 06:01:00 GMT', 60_000],
    ['Mon, 03 Aug 2026 05:00:00 GMT', 0],
    ['999999999', 86_400_000],
  ])('is read from %j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
  it.each([undefined, '', 'soon', '-1', '1.5', '2026-08-03', '3 Aug', 'Mon, 31 Feb 2026 06:01:00 GMT'])(
    'is not made up from %j',
    (header) => expect(retryAfterMs(header, now)).toBeUndefined(),
  );
});
