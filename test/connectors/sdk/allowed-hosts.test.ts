// The list of the only hosts that a site reaches, for what is read as for what is told.
import { describe, expect, it } from 'vitest';
import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { SheetsConnectionSchema } from '#connectors/google-sheets/options.js';
import { openAccount } from '#connectors/google-sheets/upstream/auth.js';
import { assertReachedHost, isListed } from '#connectors/sdk/http/allowed-hosts.js';
import type { AnyConnector, OpenContext } from '#connectors/sdk/types.js';

describe('isListed()', () => {
  it.each([
    ['files.example.com', 'files.example.com', true],
    ['FILES.example.com.', 'Files.Example.com', true],
    ['a.b.example.com', '*.example.com', true],
    ['example.com', '*.example.com', false],
    ['files.example.com.evil.test', 'files.example.com', false],
    ['notexample.com', '*.example.com', false],
    ['[::1]', '[::1]', true],
    ['::1', '[::1]', true],
  ])('takes "%s" for one of "%s": %s', (host, entry, expected) => {
    expect(isListed(host, [entry])).toBe(expected);
  });
});

describe('assertReachedHost()', () => {
  it('lets any host pass where there is no list, and none where it is empty', () => {
    expect(() => assertReachedHost('files.example.com', {}, 'Reading')).not.toThrow();
    expect(() => assertReachedHost('files.example.com', { allowHosts: [] }, 'Reading')).toThrow('files.example.com');
  });
});

const context = (...allowHosts: readonly string[]): OpenContext => ({
  ...{ baseDirectory: '/nonexistent', cacheDirectory: '/nonexistent', now: () => '2026-11-10T06:30:00Z', allowHosts },
});
const open = async (connector: AnyConnector, options: object, ...hosts: readonly string[]) => {
  const parsed = connector.connectionSchema.parse(options);
  const source = await connector.open(parsed, context(...hosts));
  await source.close();
};

const FILES = { url: 'https://files.example.com/exports/', token: 'a-secret-of-the-server' };
const MYSQL = {
  client: 'mysql',
  host: 'db.example.com',
  database: 'crm',
  user: 'reader',
  password: 'a-secret-of-the-server',
};
const POSTGRES = { ...MYSQL, client: 'postgres' };
const OAUTH = { client_id: 'c', client_secret: 'a-secret-of-the-server', refresh_token: 'a-secret-of-the-server' };
const SHEETS = ['sheets.googleapis.com', 'oauth2.googleapis.com'];

describe('a source', () => {
  it.each([
    ['files', csvConnector, FILES, ['files.example.com']],
    ['files', csvConnector, FILES, ['*.example.com']],
    ['MySQL', databaseConnector, MYSQL, ['db.example.com']],
    ['PostgreSQL', databaseConnector, POSTGRES, ['db.example.com']],
  ] as const)('of %s is opened where its hosts are listed', async (_, connector, options, hosts) => {
    await expect(open(connector, options, ...hosts)).resolves.toBeUndefined();
  });

  it.each([
    ['files', csvConnector, FILES, ['hooks.example.com'], 'files.example.com'],
    ['MySQL', databaseConnector, MYSQL, ['files.example.com'], 'db.example.com'],
    ['PostgreSQL', databaseConnector, POSTGRES, ['files.example.com'], 'db.example.com'],
  ] as const)(
    'of %s is refused before anything is sent where one is not',
    async (_, connector, options, hosts, host) => {
      const refused = await open(connector, options, ...hosts).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: 'config', code: 'SOURCE_HOST_REFUSED' });
      expect(String(refused)).toContain(`"${host}"`);
      expect(JSON.stringify(refused) + String(refused)).not.toContain('a-secret-of-the-server');
    },
  );

  it('of files in a folder, or of a database file, has no host', async () => {
    await expect(open(csvConnector, { folder: 'exports' }, 'hooks.example.com')).resolves.toBeUndefined();
    await expect(
      open(databaseConnector, { client: 'sqlite', file: 'crm.sqlite' }, 'hooks.example.com').catch(
        (error: { code: string }) => error.code,
      ),
    ).resolves.not.toBe('SOURCE_HOST_REFUSED');
  });
});

// Opened when it is first needed, so that a check can tell of it.
describe('an account at Google', () => {
  const account = async (more: object, ...hosts: readonly string[]) => {
    const opened = await openAccount(SheetsConnectionSchema.parse({ oauth: OAUTH, ...more }), context(...hosts));
    opened.close();
    return opened.name;
  };
  const drive = { drive_modified_time: true };

  it.each([
    [{}, SHEETS],
    [drive, ['*.googleapis.com']],
    [{ endpoint: 'http://127.0.0.1:1' }, ['127.0.0.1']],
  ])('with %o is opened where all of its hosts are listed', async (more, hosts) => {
    expect(await account(more, ...hosts)).toBe('OAuth client c');
  });

  it.each([
    [{}, ['sheets.googleapis.com'], 'oauth2.googleapis.com'],
    [drive, SHEETS, 'www.googleapis.com'],
    [{ endpoint: 'http://127.0.0.1:1' }, SHEETS, '127.0.0.1'],
  ])('with %o is refused where one is not', async (more, hosts, host) => {
    const refused = await account(more, ...hosts).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'config', code: 'SOURCE_HOST_REFUSED' });
    expect(String(refused)).toContain(`"${host}"`);
  });
});
