// Who reads: the ways in, what `check` says of each, what draws on which budget.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { SheetsConnectionSchema, SheetsExtractSchema } from '#connectors/google-sheets/options.js';
import { refusal, refusing } from '../../../demo/sheets-server/faults.js';
import { readAll, request } from '../read-all.js';
import { extract, failureOf, ID, type SheetsSite, spreadsheet, tab, withSite } from './sheets-site.js';

const DATA = spreadsheet([tab([['x'], [1]])]);
const signal = new AbortController().signal;
const OWN_KEY = { credentials_file: 'key.json' };

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Opens another connection to the same stand-in. */
async function opening<T>(
  site: SheetsSite,
  change: Record<string, unknown>,
  work: (source: SheetsSite['source']) => Promise<T>,
): Promise<T> {
  const source = await googleSheetsConnector.open(
    site.connection({ credentials_file: undefined, ...change }),
    site.context,
  );
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

describe('an account', () => {
  it('is the key of a service account, as a text or a file', async () => {
    await withSite(DATA, async (site) => {
      for (const way of [{ credentials: site.server.accounts.keyFile }, OWN_KEY]) {
        const { rows } = await opening(site, way, (source) => readAll(source, request(extract(), ['x'])));
        expect(rows).toEqual([['1']]);
      }
    });
  });

  it('is a person who granted a refresh token', async () => {
    await withSite(DATA, async (site) => {
      const { oauth } = site.server.accounts;
      const { rows } = await opening(site, { oauth }, (source) => readAll(source, request(extract(), ['x'])));
      expect(rows).toEqual([['1']]);
      const wrong = { oauth: { ...oauth, refresh_token: '1//revoked-by-its-owner-a-while-ago' } };
      const failure = await failureOf(opening(site, wrong, (source) => readAll(source, request(extract(), ['x']))));
      expect(failure).toMatchObject({ kind: 'auth', code: 'SOURCE_AUTH_REFUSED' });
      expect(failure.message).toContain('expired or revoked');
      expect(failure.message).not.toContain('a-while-ago');
    });
  });

  it('is what the machine is logged in with', async () => {
    await withSite(DATA, async (site) => {
      vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(site.context.baseDirectory, 'key.json'));
      const way = { auth: 'application-default' };
      const { rows } = await opening(site, way, (source) => readAll(source, request(extract(), ['x'])));
      expect(rows).toEqual([['1']]);
      const options = site.connection({ credentials_file: undefined, ...way });
      expect((await googleSheetsConnector.quota?.(options, site.context))?.account).toBe(site.server.accounts.email);
    });
  });

  it.each([
    ['not json', 'is not JSON'],
    ['{"type":"authorized_user","client_email":"a@b.c","private_key":"secret-key"}', 'missing or wrong: type'],
    ['{"type":"service_account","client_email":"a@b.c","private_key":"secret-key"}', 'is damaged'],
  ])('whose credentials are damaged is told without showing them: %s', async (credentials, expected) => {
    await withSite(DATA, async (site) => {
      const failure = await failureOf(
        opening(site, { credentials }, (source) => readAll(source, request(extract(), ['x']))),
      );
      expect(failure).toMatchObject({ kind: 'config', code: 'SOURCE_CREDENTIALS_UNREADABLE' });
      expect(failure.message).toContain(expected);
      expect(failure.message).not.toContain('secret-key');
    });
  });

  it('asks for nothing but the right to read spreadsheets, and Drive’s only where it is wanted', async () => {
    await withSite(DATA, async (site) => {
      await readAll(site.source, request(extract(), ['x']));
      const scopes = site.server.accounts.scopesOf(`Bearer ${site.server.accounts.issuedTokens[0]}`);
      expect(scopes).toEqual(['https://www.googleapis.com/auth/spreadsheets.readonly']);
    });
  });
});

describe('check', () => {
  it('says that all is well, and whom to share with', async () => {
    await withSite(DATA, async ({ source, server }) => {
      const probes = await source.check(signal);
      expect(probes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
        'credentials ok',
        'token ok',
        'api ok',
        'share ok',
      ]);
      expect(probes.at(-1)?.message).toContain(server.accounts.email);
    });
  });

  it('stops at a file that is not there', async () => {
    await withSite(DATA, async (site) => {
      const probes = await opening(site, { credentials_file: 'gone.json' }, (source) => source.check(signal));
      expect(probes).toMatchObject([{ name: 'credentials', outcome: 'fail', kind: 'config' }]);
      expect(probes[0]?.message).toContain('gone.json');
    });
  });

  it('tells a key that Google does not know from an API that is off', async () => {
    await withSite(DATA, async (site) => {
      const { server } = site;
      const foreign = (await readFile(join(site.context.baseDirectory, 'key.json'), 'utf8')).replace(
        'plumbline-reader',
        'stranger',
      );
      await writeFile(join(site.context.baseDirectory, 'foreign.json'), foreign);
      const unknown = await opening(site, { credentials_file: 'foreign.json' }, (source) => source.check(signal));
      expect(unknown.at(-1)).toMatchObject({ name: 'token', outcome: 'fail', kind: 'auth' });
      server.misbehave(({ kind }) =>
        kind === 'metadata' ? refusing(refusal(403, 'PERMISSION_DENIED', 'off', 'SERVICE_DISABLED')) : undefined,
      );
      expect((await site.source.check(signal)).at(-1)).toMatchObject({
        name: 'api',
        outcome: 'fail',
        kind: 'permission',
      });
    });
  });

  it('is cancelled at once', async () => {
    await withSite(DATA, async ({ source, server }) => {
      const stop = new AbortController();
      server.misbehave(() => {
        setImmediate(() => stop.abort());
        return { kind: 'silence' };
      });
      expect(await failureOf(source.check(stop.signal))).toMatchObject({ kind: 'cancelled' });
    });
  });
});

describe('the quota', () => {
  it('is that of the service account, whichever way its key is given', async () => {
    await withSite(DATA, async ({ connection, context, server }) => {
      const quota = { account: server.accounts.email, callsPerMinute: 60 };
      expect(await googleSheetsConnector.quota?.(connection(), context)).toEqual(quota);
      const asText = connection({ credentials_file: undefined, credentials: server.accounts.keyFile });
      expect(await googleSheetsConnector.quota?.(asText, context)).toEqual(quota);
      expect(server.requests).toEqual([]);
    });
  });

  it('of a person shows nothing of the secret', async () => {
    await withSite(DATA, async ({ connection, context, server }) => {
      const { oauth } = server.accounts;
      const quota = await googleSheetsConnector.quota?.(connection({ credentials_file: undefined, oauth }), context);
      expect(quota?.account).toMatch(/^oauth:[0-9a-f]{16}$/);
    });
  });
});

describe('options', () => {
  it.each([
    [{}, 'No account is given'],
    [{ credentials: 'x', auth: 'application-default' }, 'Several accounts'],
    [{ ...OWN_KEY, endpoint: 'https://example.com' }, 'loopback'],
    [{ ...OWN_KEY, endpoint: 'https://${env:HOST}' }, 'loopback'],
    [{ ...OWN_KEY, endpoint: '${env:HOST}.example.com' }, 'loopback'],
    [{ ...OWN_KEY, endpoint: 'http://127.0.0.1.example.com' }, 'loopback'],
    [{ ...OWN_KEY, endpoint: 'http://localhost@example.com' }, 'loopback'],
  ])('of a connection are refused with a reason: %o', (options, reason) => {
    const result = SheetsConnectionSchema.safeParse(options);
    expect(result.error?.issues.map(({ message }) => message).join()).toContain(reason);
  });

  it.each([
    [{}, 'Nothing says what to read'],
    [{ tab: 'a', sheet_id: 1 }, 'Keep one'],
    [{ range: 'A1:B2' }, 'of no tab'],
    [{ range: 'sales', tab: 'Data' }, 'names a range of the whole spreadsheet'],
    [{ range: 'Other!A1:B2', tab: 'Data' }, 'names a tab of its own'],
    [{ range: 'B9:A1', tab: 'Data' }, 'is no named range and no cells'],
    [{ range: 'sales', as_of: 'B1' }, 'of no tab'],
    [{ tab: 'Data', as_of: 'B1:B2' }, 'is no cell'],
    [{ tab: 'Data', spreadsheet: 'https://example.com/spreadsheets/d/1AbCdEfGh' }, 'its address'],
  ])('of an extract are refused with a reason: %o', (options, reason) => {
    const result = SheetsExtractSchema.safeParse({ spreadsheet: ID, ...options });
    expect(result.error?.issues.map(({ message }) => message).join()).toContain(reason);
  });

  it.each([
    { range: 'sales' },
    { tab: 'Data' },
    { sheet_id: 0, range: 'B2:F' },
    { range: "'Q1 ''net'''!B2:F", as_of: 'status' },
  ])('of an extract may be %o', (options) => {
    expect(SheetsExtractSchema.safeParse({ spreadsheet: ID, ...options }).success).toBe(true);
  });
});
