// What the real client makes of a server that misbehaves: each fault in its class, tried once, without a secret in it.
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Fault, refusal, refusing } from '../../../demo/sheets-server/faults.js';
import { readAll, request } from '../read-all.js';
import { extract, failureOf, type SheetsSite, spreadsheet, tab, withSite } from './sheets-site.js';

const DATA = spreadsheet([tab([['x'], [1], [2]])]);
const answer = (status: number, body = '', headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers,
});

const readX = ({ source }: SheetsSite, change = {}) => readAll(source, request(extract(), ['x'], change));

/** The failure of a read whose first request of `kind` is answered by `fault`, and how often each kind was asked. */
async function failing(kind: string, fault: Fault) {
  return withSite(DATA, async (site) => {
    site.server.misbehave((seen) => (seen.kind === kind ? fault : undefined));
    const failure = await failureOf(readX(site));
    return { failure, asked: site.server.requests.map((seen) => seen.kind), server: site.server };
  });
}

describe('the client', () => {
  it.each([
    ['token', 503, ['token']],
    ['metadata', 503, ['token', 'metadata']],
    ['values', 500, ['token', 'metadata', 'values']],
    ['values', 429, ['token', 'metadata', 'values']],
  ])('tries %s once when it is answered %i', async (kind, status, expected) => {
    const { asked } = await failing(kind, answer(status));
    expect(asked).toEqual(expected);
  });

  it('exchanges one token for many reads', async () => {
    await withSite(DATA, async (site) => {
      await Promise.all([readX(site), readX(site), readX(site)]);
      await readX(site);
      expect(site.server.requests.filter(({ kind }) => kind === 'token')).toHaveLength(1);
    });
  });

  it('follows no redirect', async () => {
    const { failure, asked } = await failing('metadata', answer(302, '', { location: 'http://127.0.0.1:9/elsewhere' }));
    expect(asked).toEqual(['token', 'metadata']);
    expect(failure.message).not.toContain('ya29');
  });
});

describe('too many requests', () => {
  it.each([
    ['7', 7000],
    ['Tue, 10 Nov 2026 06:31:30 GMT', 90_000],
    ['Tue, 10 Nov 2026 06:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('carry on what Retry-After says: %s', async (header, expected) => {
    const fault = answer(429, '', header === undefined ? {} : { 'retry-after': header });
    const { failure } = await failing('values', fault);
    expect(failure).toMatchObject({ kind: 'rate_limited', code: 'SOURCE_RATE_LIMITED' });
    expect(failure.retryAfterMs).toBe(expected);
  });

  it('are also told by a 403 that names the quota', async () => {
    const quota = refusal(403, 'PERMISSION_DENIED', 'Quota exceeded for quota metric', 'RATE_LIMIT_EXCEEDED');
    expect((await failing('values', refusing(quota))).failure).toMatchObject({ kind: 'rate_limited' });
  });
});

describe('refusals', () => {
  it('of a spreadsheet that is not shared name the address to share it with', async () => {
    await withSite({ ...DATA, shared: false }, async (site) => {
      const failure = await failureOf(readX(site));
      expect(failure).toMatchObject({ kind: 'permission', code: 'SOURCE_PERMISSION_DENIED' });
      expect(failure.remedy).toContain(site.server.accounts.email);
    });
  });

  it('by an API that is off name the API', async () => {
    const off = refusal(
      403,
      'PERMISSION_DENIED',
      'Google Sheets API has not been used in project 1',
      'SERVICE_DISABLED',
      {
        service: 'sheets.googleapis.com',
        serviceTitle: 'Google Sheets API',
      },
    );
    const { failure } = await failing('metadata', refusing(off));
    expect(failure).toMatchObject({ kind: 'permission', code: 'SOURCE_API_DISABLED' });
    expect(failure.remedy).toContain('Google Sheets API');
  });

  it.each([
    [
      'metadata',
      refusing(refusal(404, 'NOT_FOUND', 'Requested entity was not found.')),
      'not_found',
      'SOURCE_SPREADSHEET_NOT_FOUND',
    ],
    [
      'metadata',
      refusing(refusal(400, 'FAILED_PRECONDITION', 'This operation is not supported for this document')),
      'not_found',
      'SOURCE_SPREADSHEET_NOT_FOUND',
    ],
    [
      'values',
      refusing(refusal(400, 'INVALID_ARGUMENT', 'Unable to parse range: x')),
      'layout',
      'SOURCE_RANGE_MISSING',
    ],
    ['values', refusing(refusal(401, 'UNAUTHENTICATED', 'Invalid credentials')), 'auth', 'SOURCE_AUTH_REFUSED'],
    [
      'token',
      answer(400, '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}'),
      'auth',
      'SOURCE_AUTH_REFUSED',
    ],
    [
      'token',
      answer(401, '{"error":"invalid_client","error_description":"Unauthorized"}'),
      'auth',
      'SOURCE_AUTH_REFUSED',
    ],
    ['token', answer(429), 'rate_limited', 'SOURCE_RATE_LIMITED'],
    ['token', answer(500, '<html>'), 'transient', 'SOURCE_UNREACHABLE'],
    ['metadata', answer(500), 'transient', 'SOURCE_UNREACHABLE'],
    ['values', answer(503, '<html>down</html>'), 'transient', 'SOURCE_UNREACHABLE'],
    ['values', answer(418), 'defect', 'BUG_UNEXPECTED_DRIVER_ERROR'],
    ['token', { kind: 'reset' } satisfies Fault, 'transient', 'SOURCE_UNREACHABLE'],
    ['metadata', { kind: 'reset' } satisfies Fault, 'transient', 'SOURCE_UNREACHABLE'],
    ['values', { kind: 'reset_midway' } satisfies Fault, 'transient', 'SOURCE_UNREACHABLE'],
    ['values', { kind: 'cut' } satisfies Fault, 'transient', 'SOURCE_UNREACHABLE'],
    ['metadata', { kind: 'cut' } satisfies Fault, 'transient', 'SOURCE_UNREACHABLE'],
    ['values', answer(200, '{"valueRanges":[]}'), 'transient', 'SOURCE_UNREACHABLE'],
  ])('and broken answers are each in their class: %s %o', async (kind, fault, expectedKind, code) => {
    const { failure } = await failing(kind, fault);
    expect(failure).toMatchObject({ kind: expectedKind, code });
    expect(failure.remedy).toBeTruthy();
  });

  it('of a token that was revoked meanwhile are of the credentials', async () => {
    await withSite(DATA, async (site) => {
      site.server.misbehave((seen) => {
        if (seen.kind === 'values') site.server.accounts.forgetTokens();
        return undefined;
      });
      expect(await failureOf(readX(site))).toMatchObject({ kind: 'auth', code: 'SOURCE_AUTH_REFUSED' });
    });
  });

  it('show no token, key or secret, not even one that the answer repeats', async () => {
    await withSite(DATA, async (site) => {
      const { accounts } = site.server;
      site.server.misbehave((seen) =>
        seen.kind === 'metadata'
          ? refusing(refusal(403, 'PERMISSION_DENIED', `no: ${accounts.issuedTokens.join()} ${accounts.keyFile}`))
          : undefined,
      );
      const failure = await failureOf(readX(site));
      const told = inspect(failure, { depth: 20, showHidden: true });
      for (const token of accounts.issuedTokens) expect(told).not.toContain(token);
      expect(told).not.toMatch(/BEGIN PRIVATE KEY-----\\?n?\w/);
      expect(told).not.toContain('assertion');
    });
  });
});

describe('a range that is not there', () => {
  const sheet = spreadsheet([tab([['x'], [1]]), tab([], { sheetId: 5, title: 'Chart', sheetType: 'OBJECT' })], {
    namedRanges: { sales_2026: { tab: 'Data', range: 'A1:A2' } },
  });

  it.each([
    [{ tab: 'data' }, ['no tab "data"', 'did you mean "Data"', '"Chart"']],
    [{ range: 'sales_2025' }, ['no named range "sales_2025"', 'did you mean "sales_2026"']],
    [{ tab: undefined, sheet_id: 77 }, ['the number 77', 'Data (0)']],
    [{ tab: 'Chart' }, ['has no cells']],
    [{ range: 'AA5000:AB', tab: 'Data' }, ['outside the tab', '1000 rows and 26 columns']],
  ])('is told with what there is: %o', async (options, expected) => {
    await withSite(sheet, async ({ source }) => {
      const failure = await failureOf(readAll(source, request(extract(options), ['x'])));
      expect(failure).toMatchObject({ kind: 'layout', code: 'SOURCE_RANGE_MISSING' });
      for (const part of expected) expect(failure.message).toContain(part);
    });
  });

  it('reaches past the end of the grid without being refused', async () => {
    await withSite(sheet, async ({ source }) => {
      const read = await readAll(source, request(extract({ range: 'A1:ZZ90000', tab: 'Data' }), ['x']));
      expect(read.rows).toEqual([['1']]);
    });
  });
});

describe('limits', () => {
  it('of bytes stop an answer while it comes', async () => {
    const cells = [['x'], ...Array.from({ length: 2_000 }, () => ['y'.repeat(100)])];
    await withSite(spreadsheet([tab(cells)]), async (site) => {
      const limits = { maxRows: 1e6, maxBytes: 50_000, timeoutMs: 30_000 };
      expect(await failureOf(readX(site, { limits }))).toMatchObject({ kind: 'data', code: 'SOURCE_LIMIT_EXCEEDED' });
    });
  });

  it.each(['token', 'metadata', 'values'])('of time stop a slow drip of %s', async (kind) => {
    await withSite(DATA, async (site) => {
      site.server.misbehave((seen) => (seen.kind === kind ? { kind: 'drip', everyMs: 50 } : undefined));
      const limits = { maxRows: 1e6, maxBytes: 1e9, timeoutMs: 300 };
      expect(await failureOf(readX(site, { limits }))).toMatchObject({ kind: 'timeout', code: 'SOURCE_TIMEOUT' });
      await closed(site);
    });
  });
});

describe('a cancel', () => {
  it.each(['token', 'metadata', 'values'])('ends a read that waits for %s, and closes its connection', async (kind) => {
    await withSite(DATA, async (site) => {
      const stop = new AbortController();
      site.server.misbehave((seen) => {
        if (seen.kind !== kind) return undefined;
        setImmediate(() => stop.abort());
        return { kind: 'silence' };
      });
      expect(await failureOf(readX(site, { signal: stop.signal }))).toMatchObject({ kind: 'cancelled' });
      await closed(site);
    });
  });

  it('of one read leaves another that waits for the same token alone', async () => {
    await withSite(DATA, async (site) => {
      const stop = new AbortController();
      site.server.misbehave((seen) => (seen.kind === 'token' ? { kind: 'drip', everyMs: 1 } : undefined));
      const first = failureOf(readX(site, { signal: stop.signal }));
      const second = readX(site);
      await expect.poll(() => site.server.requests.length).toBe(1);
      stop.abort();
      expect(await first).toMatchObject({ kind: 'cancelled' });
      expect((await second).rows).toHaveLength(2);
    });
  });

  it('before the start asks nothing', async () => {
    await withSite(DATA, async (site) => {
      expect(await failureOf(readX(site, { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'cancelled' });
      expect(site.server.requests).toEqual([]);
    });
  });
});

it('nothing stays open after a read, and closing twice is harmless', async () => {
  await withSite(DATA, async (site) => {
    await readX(site);
    await site.source.close();
    await site.source.close();
    await closed(site);
  });
});

/** The server sees the end of a connection a moment after the client made it. */
async function closed(site: SheetsSite): Promise<void> {
  await wait(0);
  await expect.poll(() => site.server.openSockets).toBe(0);
}
