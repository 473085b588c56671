import { describe, expect, it } from 'vitest';
import type { Source } from '#connectors/sdk/types.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { createSharedSources } from '#src/worker/shared-sources.js';

/** Sources that count what becomes of them; a read fails as `failing` says. */
function counting() {
  const counts = { opened: 0, closed: 0, returned: 0, failing: undefined as FailureKind | undefined };
  const make = async (): Promise<Source<unknown>> => {
    counts.opened += 1;
    return {
      check: async () => [],
      discover: async () => [],
      watermark: async () => undefined,
      async *read() {
        try {
          yield { rows: [['1']], locate: () => '1', rejects: [], skipped: {}, seen: 1 };
          if (counts.failing !== undefined) throw new PlumblineError(counts.failing, 'SOURCE_SAID_NO', 'no');
          return { digest: 'd', description: [] };
        } finally {
          counts.returned += 1;
        }
      },
      close: async () => {
        counts.closed += 1;
      },
    };
  };
  return { counts, make };
}

const limits = { maxRows: 9, maxBytes: 9_999, timeoutMs: 9_000 };
const request = {
  extract: 'e',
  options: {},
  columns: ['a'],
  window: { start: '2026-01-01', end: '2026-02-01' },
  limits,
  signal: new AbortController().signal,
};
const drained = async (source: Source<unknown>): Promise<number> => {
  let batches = 0;
  for await (const _ of source.read(request)) batches += 1;
  return batches;
};

describe('an open source', () => {
  it('is opened once for all that ask at the same time, and closed by the last of them', async () => {
    const { counts, make } = counting();
    const open = createSharedSources();
    const users = await Promise.all(Array.from({ length: 4 }, () => open('a', make)));
    expect(counts.opened).toBe(1);
    for (const user of users.slice(1)) await user.close();
    expect(counts.closed).toBe(0);
    expect(await drained(users[0] ?? (await make()))).toBe(1);
    await users[0]?.close();
    expect(counts).toMatchObject({ opened: 1, closed: 1 });
  });

  it('is left once by a user that closes twice', async () => {
    const { counts, make } = counting();
    const open = createSharedSources();
    const [one, two] = [await open('a', make), await open('a', make)];
    await Promise.all([one.close(), one.close()]);
    await one.close();
    expect(counts.closed).toBe(0);
    await two.close();
    expect(counts.closed).toBe(1);
  });

  it('is opened anew after the last has closed it, even while it still closes', async () => {
    const { counts, make } = counting();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slowly = async (): Promise<Source<unknown>> => ({ ...(await make()), close: () => held });
    const open = createSharedSources();
    const closing = (await open('a', slowly)).close();
    const next = await open('a', make);
    expect(counts.opened).toBe(2);
    release();
    await closing;
    await next.close();
    expect(counts.closed).toBe(1);
  });

  it('is not shared by other connections', async () => {
    const { counts, make } = counting();
    const open = createSharedSources();
    await Promise.all([open('a', make), open('b', make)]);
    expect(counts.opened).toBe(2);
  });

  it('that cannot be opened fails all that waited for it by one attempt, and is tried anew by the next', async () => {
    const { counts, make } = counting();
    let attempts = 0;
    const refused = async (): Promise<Source<unknown>> => {
      attempts += 1;
      throw new PlumblineError('auth', 'SOURCE_AUTH_REFUSED', 'no');
    };
    const open = createSharedSources();
    const results = await Promise.allSettled([open('a', refused), open('a', refused), open('a', refused)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(attempts).toBe(1);
    await (await open('a', make)).close();
    expect(counts).toMatchObject({ opened: 1, closed: 1 });
  });

  it.each([
    ['auth', 2],
    ['transient', 1],
  ] as const)('is %s when it is read: the next user opens %i in all', async (kind, opened) => {
    const { counts, make } = counting();
    const open = createSharedSources();
    const first = await open('a', make);
    counts.failing = kind;
    await expect(drained(first)).rejects.toMatchObject({ kind });
    const second = await open('a', make);
    expect(counts.opened).toBe(opened);
    await first.close();
    await second.close();
    expect(counts.closed).toBe(opened);
  });

  it('is told when a reader leaves early', async () => {
    const { counts, make } = counting();
    const source = await createSharedSources()('a', make);
    for await (const _ of source.read(request)) break;
    expect(counts.returned).toBe(1);
    await source.close();
  });

  it('aggregates only where it can, as itself', async () => {
    const { make } = counting();
    const open = createSharedSources();
    expect((await open('a', make)).aggregate).toBeUndefined();
    const able = async () => ({
      ...(await make()),
      why: 'by itself',
      async aggregate(this: { readonly why: string }) {
        return { done: false, reason: this.why } as const;
      },
    });
    const { window, signal } = request;
    const asked = { extract: 'e', options: {}, columns: [], timeColumn: 'day', timeZone: 'UTC', aggregations: [] };
    const answer = (await open('b', able)).aggregate?.({ ...asked, window, limits, signal });
    expect(await answer).toEqual({ done: false, reason: 'by itself' });
  });
});
