import type { AggregateRequest } from '#connectors/sdk/push-down.js';
import type { Batch, ReadRequest, ReadSummary, Source } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isRefusal } from '#src/domain/failure/source-pause.js';

type AnySource = Source<unknown>;

/** One open source, for as many steps as ask for it at a time. */
interface SharedSource {
  readonly opening: Promise<AnySource>;
  users: number;
}

/**
 * Opens each source once for all that use it at the same time, and closes it when the last of them does.
 *
 * A source that could not be opened is not kept: all that waited for it fail with it, and the next opens anew. Neither
 * is one that refused the account: those that still use it finish with it, and the next opens with the secrets of then.
 *
 * @returns `open(key, make)`: sources of one key are the same
 */
export function createSharedSources(): (key: string, make: () => Promise<AnySource>) => Promise<AnySource> {
  const kept = new Map<string, SharedSource>();
  return async (key, make) => {
    const shared = kept.get(key) ?? { opening: make(), users: 0 };
    kept.set(key, shared);
    shared.users += 1;
    const retire = (): void => {
      if (kept.get(key) === shared) kept.delete(key);
    };
    let source: AnySource;
    try {
      source = await shared.opening;
    } catch (error) {
      retire();
      throw error;
    }
    let closing: Promise<void> | undefined;
    const leave = async (): Promise<void> => {
      shared.users -= 1;
      if (shared.users > 0) return;
      retire();
      await source.close();
    };
    const close = (): Promise<void> => {
      closing ??= leave();
      return closing;
    };
    return viewOf(source, retire, close);
  };
}

/** The same source for one user. Watched is what asks the other side: a pool logs in when it is first used. */
function viewOf(source: AnySource, retire: () => void, close: () => Promise<void>): AnySource {
  const watched = (error: unknown): unknown => {
    if (error instanceof PlumblineError && isRefusal(error)) retire();
    return error;
  };
  const orRetire = async <T>(asked: () => Promise<T>): Promise<T> => {
    try {
      return await asked();
    } catch (error) {
      throw watched(error);
    }
  };
  const { aggregate } = source;
  return {
    check: (signal) => source.check(signal),
    discover: (request) => orRetire(() => source.discover(request)),
    watermark: (request) => orRetire(() => source.watermark(request)),
    async *read(request: ReadRequest<unknown>): AsyncGenerator<Batch, ReadSummary, void> {
      try {
        return yield* source.read(request);
      } catch (error) {
        throw watched(error);
      }
    },
    ...(aggregate === undefined
      ? {}
      : { aggregate: (request: AggregateRequest<unknown>) => orRetire(() => aggregate.call(source, request)) }),
    close,
  };
}
