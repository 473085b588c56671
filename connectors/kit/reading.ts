import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type {
  AnyConnector,
  OpenContext,
  RawCell,
  ReadLimits,
  ReadRequest,
  ReadSummary,
  Source,
} from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { ExamFailure, expectThat } from './exam-failure.js';
import type { ExamSubject, Situation } from './types.js';

/** What a connector may keep there is taken away when the exam is over. */
export const CACHE_DIRECTORY = join(tmpdir(), `plumbline-exam-cache-${process.pid}`);

export const PLENTY: ReadLimits = { maxRows: 100_000_000, maxBytes: 100_000_000_000, timeoutMs: 600_000 };

/** How long a read may take of a source that never answers, or drips. */
export const SHORT_MS = 400;

export const OPEN_CONTEXT: OpenContext = {
  baseDirectory: tmpdir(),
  cacheDirectory: CACHE_DIRECTORY,
  now: () => new Date().toISOString(),
};

/** What one read gave, all of it. */
export interface WholeRead {
  readonly rows: readonly (readonly RawCell[])[];
  readonly places: readonly string[];
  readonly rejects: readonly { readonly locator: string; readonly remedy: string; readonly message: string }[];
  readonly skipped: number;
  readonly seen: number;
  readonly batchSizes: readonly number[];
  readonly summary: ReadSummary;
}

/** Opens the source of a situation, hands it to `work`, and closes both whatever happens. */
export async function withSource<T>(
  subject: ExamSubject,
  making: Promise<Situation>,
  work: (source: Source<unknown>, situation: Situation) => Promise<T>,
): Promise<T> {
  const situation = await making;
  try {
    const source = await openSource(subject.connector, situation);
    try {
      return await work(source, situation);
    } finally {
      await source.close();
    }
  } finally {
    await situation.dispose();
  }
}

export async function openSource(connector: AnyConnector, situation: Situation): Promise<Source<unknown>> {
  return connector.open(connector.connectionSchema.parse(situation.connection), OPEN_CONTEXT);
}

/** A request for everything the situation holds, unless told otherwise. */
export function requestFor(
  connector: AnyConnector,
  situation: Situation,
  changes: Partial<Pick<ReadRequest<unknown>, 'columns' | 'limits' | 'signal'>> = {},
): ReadRequest<unknown> {
  return {
    extract: 'exam',
    options: connector.extractSchema.parse(situation.extract),
    columns: situation.columns,
    window: { start: '0001-01-01', end: '9999-12-31' },
    limits: PLENTY,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** Reads to the end and keeps everything. */
export async function readWhole(source: Source<unknown>, request: ReadRequest<unknown>): Promise<WholeRead> {
  const rows: (readonly RawCell[])[] = [];
  const places: string[] = [];
  const rejects: WholeRead['rejects'][number][] = [];
  const batchSizes: number[] = [];
  let skipped = 0;
  let seen = 0;
  const batches = source.read(request);
  let next = await batches.next();
  for (; next.done !== true; next = await batches.next()) {
    const batch = next.value;
    // Sliced rows are good until the next batch: taken as text at once.
    rows.push(...rowsAsText(batch.rows));
    for (let index = 0; index < batch.rows.length; index += 1) places.push(batch.locate(index));
    rejects.push(...batch.rejects);
    const left = Object.values(batch.skipped).reduce((sum, count) => sum + count, 0);
    expectThat(
      batch.seen === batch.rows.length + batch.rejects.length + left,
      'Each batch must account for every row it saw: seen = rows + rejects + skipped',
      { seen: batch.seen, rows: batch.rows.length, rejects: batch.rejects.length, skipped: batch.skipped },
    );
    batchSizes.push(batch.rows.length + batch.rejects.length);
    skipped += left;
    seen += batch.seen;
  }
  return { rows, places, rejects, skipped, seen, batchSizes, summary: next.value };
}

/** The typed failure that `work` ends with. @throws ExamFailure when it ends well, or with an error that has no kind */
export async function failureOf(work: () => Promise<unknown>, what: string): Promise<PlumblineError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ExamFailure) throw error;
    if (isTyped(error)) return error;
    throw new ExamFailure(`${what} must end with a PlumblineError; it threw ${String(error)}`);
  }
  throw new ExamFailure(`${what} must fail; it ended well`);
}

/** By its shape: a connector from outside may carry a copy of the class. */
function isTyped(error: unknown): error is PlumblineError {
  if (error instanceof PlumblineError) return true;
  return error instanceof Error && error.name === 'PlumblineError' && 'kind' in error && 'code' in error;
}

/** Milliseconds until `promise` settles, whichever way. @throws ExamFailure when that takes longer than `limitMs` */
export async function settledWithin(promise: Promise<unknown>, limitMs: number, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs);
  });
  const outcome = await Promise.race([
    promise.then(
      () => 'settled',
      () => 'settled',
    ),
    late,
  ]);
  clearTimeout(timer);
  expectThat(outcome === 'settled', `${what} must end within ${limitMs} ms`);
}
