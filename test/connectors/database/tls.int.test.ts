/**
 * TLS to servers of the test's own, which take nothing else, and from the shared ones, which speak none. Certificates
 * are made for the test; `localhost` is the name in the servers' own, until the last test gives them another.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseConnection, ServerConnection } from '#connectors/database/options.js';
import { startEphemeralMariadb } from '../../../bench/servers/ephemeral-mariadb.js';
import type { EphemeralServer, ServerCertificate } from '../../../bench/servers/ephemeral-server.js';
import { findMariadb } from '../../../scripts/setup/mariadb.mjs';
import { findPostgres } from '../../../scripts/setup/postgres.mjs';
import { type Authority, authorityFolder, type Certificate } from '../../support/certificates.js';
import { startEphemeralPostgres } from '../../support/ephemeral-postgres.js';
import { readQuery, withSource } from './database-source.js';
import { mysqlSite } from './mysql-site.js';
import { postgresSite } from './postgres-site.js';

type Change = Partial<Pick<ServerConnection, 'host' | 'tls' | 'ca' | 'cert' | 'key' | 'user' | 'password'>>;

/** What the tests need of either kind of server. */
interface Site {
  readonly options: (change: Change) => DatabaseConnection;
  /** SQL that tells whether the session is encrypted, as `a`. */
  readonly isEncrypted: string;
  /** An account that must show a certificate, of the password `certified`. */
  makeCertified(): Promise<void>;
  /** Makes the server read its certificate anew. */
  reload(): Promise<void>;
  /** A query that sleeps for long, as `a`. */
  readonly slow: string;
  /** When the slow query runs on the server. */
  started(): Promise<unknown>;
  /** When the account has no connection left. */
  ended(): Promise<void>;
  drop(): Promise<void>;
}

interface Kind {
  readonly name: string;
  readonly isThere: boolean;
  readonly plainUrl: string | undefined;
  start(certificate: ServerCertificate): Promise<EphemeralServer>;
  /** A database and an account on a server; `ssl` for the test's own. */
  site(url: string, ssl: boolean): Promise<Site>;
}

const trusting = { rejectUnauthorized: false };
const mariadb = findMariadb();
const postgres = findPostgres();

const kinds: readonly Kind[] = [
  {
    name: 'MariaDB',
    isThere: mariadb !== undefined,
    plainUrl: process.env['PLUMBLINE_TEST_MYSQL_URL'],
    start: (certificate) => startEphemeralMariadb(mariadb ?? '', certificate),
    async site(url, ssl) {
      const { admin, options, threadOf, connectionsLeft, drop } = await mysqlSite(url, ssl ? { ssl: trusting } : {});
      return {
        options,
        drop,
        isEncrypted:
          "select variable_value <> '' as a from information_schema.session_status where variable_name = 'ssl_cipher'",
        async makeCertified() {
          await admin.query("create user certified@'%' identified by 'certified' require x509");
          await admin.query("grant select on *.* to certified@'%'");
        },
        reload: async () => void (await admin.query('flush ssl')),
        slow: 'select sleep(30) as a, 1 as b',
        started: () => threadOf('sleep(30)'),
        ended: connectionsLeft,
      };
    },
  },
  {
    name: 'PostgreSQL',
    isThere: postgres !== undefined,
    plainUrl: process.env['PLUMBLINE_TEST_POSTGRES_URL'],
    start: (certificate) => startEphemeralPostgres(postgres ?? { initdb: '', postgres: '' }, certificate),
    async site(url, ssl) {
      const { admin, options, pidOf, sessionsLeft, drop } = await postgresSite(url, ssl ? { ssl: trusting } : {});
      return {
        options,
        drop,
        isEncrypted: 'select case when ssl then 1 else 0 end as a from pg_stat_ssl where pid = pg_backend_pid()',
        makeCertified: async () => void (await admin.query("create role certified login password 'certified'")),
        reload: async () => void (await admin.query('select pg_reload_conf()')),
        slow: 'select pg_sleep(30)::text as a',
        started: () => pidOf('pg_sleep(30)'),
        ended: sessionsLeft,
      };
    },
  },
];

const folder = authorityFolder();
const pem = (name: string): string => join(folder.path, name);
const localhost = { host: 'localhost' } as const;
const verified = { ...localhost, tls: 'verify-identity', ca: pem('right.pem') } as const;
const refused = { kind: 'config', code: 'SOURCE_TLS_FAILED', remedy: expect.any(String) };
let authority: Authority;
let stranger: Authority;
let own: Certificate;

beforeAll(() => {
  authority = folder.authority('right');
  stranger = folder.authority('wrong');
  own = authority.issue('localhost');
  const client = authority.issue('client');
  for (const [name, text] of Object.entries({
    'right.pem': authority.ca,
    'wrong.pem': stranger.ca,
    'client.crt': client.cert,
    'client.key': client.key,
    'no.pem': 'nothing of the kind',
  })) {
    writeFileSync(pem(name), text);
  }
});

afterAll(() => folder.remove());

describe.each(kinds.filter(({ isThere }) => isThere))('TLS to $name', (kind) => {
  let server: EphemeralServer;
  let site: Site;
  const answer = async (change: Change): Promise<unknown> =>
    (await readQuery(site.options(change), site.isEncrypted, ['a'])).rows;

  beforeAll(async () => {
    server = await kind.start({ ...own, ca: authority.ca });
    site = await kind.site(server.url, true);
    await site.makeCertified();
  });

  afterAll(async () => {
    await site.drop();
    await server.stop();
  });

  it.each([
    ['require', { tls: 'require' }],
    ['require, whoever the authority', { tls: 'require', ca: pem('wrong.pem') }],
    ['verify-ca, by name', { ...localhost, tls: 'verify-ca', ca: pem('right.pem') }],
    ['verify-ca, by address', { tls: 'verify-ca', ca: pem('right.pem') }],
    ['verify-identity', verified],
  ] as const)('is made by %s', async (_, change) => {
    expect(await answer(change)).toEqual([['1']]);
  });

  it.each([
    ['verify-ca with another authority', { tls: 'verify-ca', ca: pem('wrong.pem') }],
    ['verify-ca with the public authorities', { tls: 'verify-ca' }],
    ['verify-identity with another authority', { ...verified, ca: pem('wrong.pem') }],
    ['verify-identity of an address', { ...verified, host: '127.0.0.1' }],
    ['an authority that is not there', { ...verified, ca: pem('nowhere.pem') }],
    ['an authority that is no PEM file', { ...verified, ca: pem('no.pem') }],
    ['a key that is not there', { ...verified, cert: pem('client.crt'), key: pem('nowhere.key') }],
  ] as const)('is refused with %s', async (_, change) => {
    await expect(answer(change)).rejects.toMatchObject(refused);
  });

  it('is asked for where the server demands it', async () => {
    const failure: unknown = await answer({ tls: 'off' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ remedy: expect.stringContaining('TLS') });
    // MariaDB says no more than that it denies access; MySQL and PostgreSQL say why.
    if (kind.name === 'MariaDB') expect(failure).toMatchObject({ kind: expect.stringMatching(/auth|config/) });
    else expect(failure).toMatchObject(refused);
  });

  it('shows our certificate to a server that asks for one', async () => {
    const certified = { ...verified, user: 'certified', password: 'certified' };
    expect(await answer({ ...certified, cert: pem('client.crt'), key: pem('client.key') })).toEqual([['1']]);
    await expect(answer(certified)).rejects.toMatchObject({ kind: expect.stringMatching(/config|auth/) });
  });

  it('holds for stopping a query too', async () => {
    await withSource(site.options(verified), async (source) => {
      expect((await source.check(new AbortController().signal)).map(({ outcome }) => outcome)).not.toContain('fail');
    });
    const controller = new AbortController();
    const reading = readQuery(site.options(verified), site.slow, ['a'], { signal: controller.signal }).catch(
      (error: unknown) => error,
    );
    await site.started();
    controller.abort();
    expect(await reading).toMatchObject({ kind: 'cancelled' });
    await site.ended();
  });

  it.runIf(kind.plainUrl !== undefined)('is refused where the server speaks none, and off is not', async () => {
    const plain = await kind.site(kind.plainUrl ?? '', false);
    try {
      expect((await readQuery(plain.options({ tls: 'off' }), 'select 1 as a', ['a'])).rows).toEqual([['1']]);
      for (const tls of ['require', 'verify-ca', 'verify-identity'] as const) {
        const failure = readQuery(plain.options({ ...verified, tls }), 'select 1 as a', ['a']);
        await expect(failure).rejects.toMatchObject(refused);
      }
    } finally {
      await plain.drop();
    }
  });

  it('is refused by verify-identity alone when the certificate is of another name', async () => {
    const other = authority.issue('elsewhere.example');
    server.write('server.crt', other.cert);
    server.write('server.key', other.key);
    await site.reload();
    await expect
      .poll(() => answer(verified).catch((error: unknown) => error), { timeout: 10_000 })
      .toMatchObject({ ...refused, message: expect.stringContaining("does not match certificate's altnames") });
    expect(await answer({ ...verified, tls: 'verify-ca' })).toEqual([['1']]);
  });
});
