// A connector over rows in memory that passes the whole exam; told a flaw, it is bad in just that one way.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type ExamRows, type ExamSubject, FAULTS, type Fault, type Situation } from '#connectors/kit/types.js';
import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { fingerprintOf, inferField } from '#connectors/sdk/discover/infer-fields.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import { oneCallEach } from '#connectors/sdk/plan.js';
import type { Batch, ConnectorDefinition, RawCell, ReadRequest, ReadSummary, Source } from '#connectors/sdk/types.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

interface Shelf {
  readonly columns: readonly string[];
  count: number;
  row: (index: number) => readonly RawCell[];
  readonly bad: ReadonlySet<number>;
  readonly fault?: Fault;
  readonly retryAfterMs?: number;
  version: number;
}

const SECRET = 's3cret-of-the-exam';
const shelves = new Map<string, Shelf>();
let numbered = 0;

const KINDS: Readonly<Record<Fault, FailureKind>> = FAULTS;

/** Flaws beside those that are called as the check that must fail, and which check that is. */
export const FURTHER_FLAWS = {
  'interval-left-behind-by-a-cancel': 'abort-between-rows-leaves-nothing',
  'interval-left-behind-by-an-early-leave': 'left-early-leaves-nothing',
  'interval-left-behind-while-waiting': 'abort-while-waiting-leaves-nothing',
  'secret-in-discovery': 'no-secret-anywhere',
  'secret-on-the-console': 'no-secret-anywhere',
  'secret-on-stderr': 'no-secret-anywhere',
  'secret-in-a-header': 'no-secret-anywhere',
  'digest-of-joined-cells': 'other-content-other-digest',
  'secret-marked-in-one-choice': 'secrets-marked',
} as const;
/** From the 200th on, every two rows change places. */
function outOfOrder(index: number, count: number): number {
  const other = index % 2 === 0 ? index + 1 : index - 1;
  return index >= 200 && other < count ? other : index;
}
export type FurtherFlaw = keyof typeof FURTHER_FLAWS;

/** @param flaw name of the check that must fail, or a further flaw; absent: none */
export function memorySubject(flaw?: string): ExamSubject {
  const has = (name: string): boolean => flaw === name;
  const leaked: Server[] = [];
  const leak = async (): Promise<void> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    leaked.push(server);
  };
  const intervals: NodeJS.Timeout[] = [];
  const leaveInterval = (when: FurtherFlaw): void => {
    if (has(when)) intervals.push(setInterval(() => {}, 1_000));
  };

  function failure(shelf: Shelf, fault: Fault): PlumblineError {
    const isWrongKind = has(`${fault.replaceAll('_', '-')}-in-its-class`);
    const options = {
      ...(has('remedy-for-each-fault') ? {} : { remedy: 'Look at the shelf and try again.' }),
      ...(fault === 'rate_limited' && shelf.retryAfterMs !== undefined && !has('retry-after-carried')
        ? { retryAfterMs: shelf.retryAfterMs }
        : {}),
      ...(has('no-secret-anywhere') ? { cause: new Error(`login with ${SECRET}`) } : {}),
    };
    return new PlumblineError(isWrongKind ? 'defect' : KINDS[fault], 'SOURCE_UNREACHABLE', `fault: ${fault}`, options);
  }

  async function waitForNothing(guard: ReadGuard): Promise<void> {
    if (has('silent-in-its-class') || has('slow-drip-in-its-class')) {
      throw new PlumblineError('transient', 'SOURCE_UNREACHABLE', 'it is slow', { remedy: 'Wait.' });
    }
    if (has('abort-while-waiting-leaves-nothing')) await leak();
    leaveInterval('interval-left-behind-while-waiting');
    await new Promise<void>((resolve) => {
      if (guard.signal.aborted) resolve();
      else guard.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const stopped = guard.stopped();
    if (stopped !== undefined)
      throw has('remedy-for-each-fault') ? new PlumblineError(stopped.kind, stopped.code, stopped.message) : stopped;
  }

  let reads = 0;
  let slots = 10;
  const hoard: Buffer[] = [];

  async function* read(
    shelf: Shelf,
    request: ReadRequest<{ shelf: string }>,
  ): AsyncGenerator<Batch, ReadSummary, void> {
    reads += 1;
    let isWhole = false;
    const content = createHash('sha256');
    if (slots === 0) throw new PlumblineError('transient', 'SOURCE_BUSY', 'no slot is free', { remedy: 'Wait.' });
    slots -= 1;
    if (has('reads-side-by-side')) {
      const mine = reads;
      await nextTurn();
      if (reads !== mine) throw new PlumblineError('transient', 'SOURCE_BUSY', 'one at a time', { remedy: 'Wait.' });
    }
    const limits = {
      ...request.limits,
      ...(has('row-cap-holds') ? { maxRows: 1e9 } : {}),
      ...(has('byte-cap-holds') ? { maxBytes: 1e12 } : {}),
      ...(has('time-cap-holds') ? { timeoutMs: 1e8 } : {}),
    };
    const ignoresAbort = has(request.signal.aborted ? 'aborted-before-it-begins' : 'abort-between-rows-leaves-nothing');
    const signal = ignoresAbort ? new AbortController().signal : request.signal;
    const guard = guardRead('the shelf', limits, signal);
    try {
      guard.checkpoint();
      if (has('left-early-leaves-nothing')) await leak();
      leaveInterval('interval-left-behind-by-an-early-leave');
      if (shelf.fault === 'silent' || shelf.fault === 'slow_drip') await waitForNothing(guard);
      if (shelf.fault !== undefined && shelf.fault !== 'cut_off') throw failure(shelf, shelf.fault);
      const asked = has('missing-column-named')
        ? request.columns.filter((name) => shelf.columns.includes(name))
        : request.columns;
      const indexes = locateColumns(asked, shelf.columns, 'the shelf', 'exact');
      const projected = has('column-projection-honoured') ? shelf.columns.map((_, index) => index) : indexes;
      const batches = createBatchBuilder((ordinal) =>
        has('locators-point-at-the-place') ? 'the shelf' : `shelf:${ordinal}`,
      );
      const perBatch = has('batches-bounded') ? 25_000 : 1_000;
      for (let index = 0; index < shelf.count; index += 1) {
        if (shelf.fault === 'cut_off' && index === 2) {
          if (has('cut-off-in-its-class')) break;
          throw failure(shelf, 'cut_off');
        }
        const row = shelf.row(has('read-gives-the-rows') ? outOfOrder(index, shelf.count) : index);
        content.update(has('digest-of-joined-cells') ? row.join('') : JSON.stringify(row));
        guard.addRows(1);
        guard.addBytes(row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0));
        if (has('many-rows-in-bounded-memory') && index % 100 === 0) hoard.push(Buffer.alloc(1024 * 1024));
        if (shelf.bad.has(index)) {
          batches.addReject({
            locator: `shelf:${index}`,
            rule: 'unreadable_value',
            raw: '?',
            message: 'It cannot be read',
            remedy: has('rejects-explain-themselves') ? '' : 'Write it anew.',
          });
        } else
          batches.addRow(
            projected.map((at) => cellOf(row[at] ?? null)),
            index,
          );
        if (batches.size < perBatch) continue;
        yield* taken(batches.take());
        await nextTurn();
        guard.checkpoint();
      }
      yield* taken(batches.take());
      if (has('empty-source-gives-no-rows') && shelf.count === 0) {
        throw new PlumblineError('layout', 'SOURCE_COLUMN_MISSING', 'nothing there', { remedy: 'Fill it.' });
      }
      isWhole = true;
      const read = has('other-content-other-digest') ? String(shelf.count) : content.digest('hex');
      const digest = sha256Hex(`${read} ${has('read-twice-same-digest') ? reads : ''}`);
      return { digest, description: [`${shelf.count} rows of a shelf`] };
    } finally {
      guard.close();
      if (request.signal.aborted) leaveInterval('interval-left-behind-by-a-cancel');
      if (isWhole || !has('slots-given-back')) slots += 1;
    }
  }

  function cellOf(cell: RawCell): RawCell {
    if (cell === null) return has('null-blank-and-empty-stay-apart') ? '' : null;
    return has('golden-values-keep-every-digit') && /^-?\d+\.?\d*$/.test(cell)
      ? String(JSON.parse(cell.replace(/^0+(?=\d)/, '')))
      : cell;
  }

  function* taken(batch: Batch | undefined): Generator<Batch, void, void> {
    const piling = has('slow-reader-is-waited-for')
      ? setInterval(() => hoard.push(Buffer.alloc(16 * 1024 * 1024, 1)), 5)
      : undefined;
    try {
      if (batch !== undefined)
        yield has('balance-holds') && batch.rejects.length > 0 ? { ...batch, seen: batch.seen + 1 } : batch;
    } finally {
      clearInterval(piling);
    }
  }

  function loginSchema(): z.ZodType<string> {
    const password = z.string().meta({ secret: true }).describe('Its password.');
    if (has('secrets-marked')) return z.string().describe('Its password.');
    return has('secret-marked-in-one-choice')
      ? z.union([password, z.string().regex(/^token-/)]).describe('Its password or token.')
      : password;
  }

  const connector: ConnectorDefinition<{ login: string }, { shelf: string }> = {
    name: 'memory',
    summary: has('definition-valid') ? '' : 'Rows in memory',
    connectionSchema: (has('unknown-options-refused') ? z.object : z.strictObject)({ login: loginSchema() }),
    extractSchema: z.strictObject({
      shelf: (has('broken-options-refused-with-place') ? z.coerce.string() : z.string()).describe('Which rows.'),
    }),
    capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
    plan: (requests) => oneCallEach(has('plan-covers-each-request-once') ? requests.slice(1) : requests),
    async open(): Promise<Source<{ shelf: string }>> {
      const shelfOf = (name: string): Shelf => {
        const shelf = shelves.get(name);
        if (shelf === undefined)
          throw new PlumblineError('not_found', 'SOURCE_TABLE_MISSING', name, { remedy: 'Fill it.' });
        return shelf;
      };
      let closed = false;
      return {
        async check() {
          const [shelf] = [...shelves.values()].slice(-1);
          if (has('check-answers-named-probes')) return [];
          if (has('secret-on-the-console')) console.log('checking %o', { login: SECRET });
          if (shelf?.fault === undefined) return [{ name: 'shelf', outcome: 'ok', message: 'It stands' }];
          const { kind, message, remedy = '' } = failure(shelf, shelf.fault);
          return [{ name: 'shelf', outcome: 'fail', message, remedy, kind }];
        },
        async discover() {
          const [name, shelf] = [...shelves].at(-1) ?? ['', undefined];
          if (shelf === undefined) return [];
          reads += 1;
          if (has('secret-on-stderr')) {
            process.stderr.write(`login ${SECRET.slice(0, 5)}`);
            process.stderr.write(`${SECRET.slice(5)}\n`);
          }
          const rows = Array.from({ length: Math.min(shelf.count, 20) }, (_, index) => shelf.row(index));
          const fields = shelf.columns.map((column, at) => ({
            ...inferField(
              column,
              rows.map((row) => row[at] ?? null),
            ),
            ...(has('discovered-fields-have-evidence') ? { evidence: '' } : {}),
          }));
          return [
            {
              name: has('discover-stable-twice') ? `${name} ${reads}` : name,
              kind: 'other',
              fields,
              sampledRows: rows.length,
              fingerprint: fingerprintOf(fields),
              source: has('discovered-source-can-be-read') ? { shelve: name } : { shelf: name },
              notes: [
                ...(has('secret-in-discovery') ? [`read with ${SECRET}`] : []),
                ...(has('secret-in-a-header') ? [`Basic ${Buffer.from(SECRET).toString('base64')}`] : []),
              ],
            },
          ];
        },
        async watermark({ options }) {
          const { version } = shelfOf(options.shelf);
          return { evidence: 'own', value: has('watermark-moves-with-the-source') ? 'always' : String(version) };
        },
        read: (request) => read(shelfOf(request.options.shelf), request),
        async close() {
          if (closed && has('closing-twice-harmless')) throw new Error('closed already');
          closed = true;
        },
      };
    },
  };

  const situation = (shelf: Omit<Shelf, 'version'>, more: Partial<Situation> = {}): Situation => {
    const name = `shelf-${numbered++}`;
    const made: Shelf = { ...shelf, version: 1 };
    shelves.set(name, made);
    return {
      connection: { login: SECRET },
      extract: { shelf: name },
      columns: shelf.columns,
      rows: [],
      secrets: [SECRET],
      move: async () => {
        made.version += 1;
      },
      refill: async (rows) => {
        made.count = rows.length;
        made.row = (index) => rows[index] ?? [];
      },
      dispose: async () => {
        shelves.delete(name);
        for (const server of leaked.splice(0)) server.close();
        for (const interval of intervals.splice(0)) clearInterval(interval);
        hoard.length = 0;
      },
      ...more,
    };
  };
  const filled = (columns: readonly string[], rows: ExamRows): Omit<Shelf, 'version'> => ({
    columns,
    count: rows.length,
    row: (index) => rows[index] ?? [],
    bad: new Set(),
  });
  const few: ExamRows = [1, 2, 3, 4].map((id) => [String(id), 'x', '2026-01-01']);

  const faulty =
    (fault: Fault) =>
    async ({ retryAfterMs }: { readonly retryAfterMs: number }) =>
      situation({ ...filled(['id', 'name', 'day'], few), fault, retryAfterMs });
  return {
    connector,
    filledWith: async (columns, rows) => situation(filled(columns, rows), { rows, places: new Map([[2, 'shelf:2']]) }),
    ofManyRows: async (count) =>
      situation({
        columns: ['id', 'amount', 'day'],
        count,
        row: (index) => [String(index), `${index}.5`, '2026-01-01'],
        bad: new Set(),
      }),
    withBadRows: async () =>
      situation(
        { ...filled(['id', 'name', 'day'], few), bad: new Set([1, 2]) },
        { rows: [few[0] ?? [], few[3] ?? []], rejectedAt: ['shelf:1', 'shelf:2'] },
      ),
    faulty: {
      wrong_credentials: faulty('wrong_credentials'),
      no_right: faulty('no_right'),
      not_there: faulty('not_there'),
      rate_limited: faulty('rate_limited'),
      unavailable: faulty('unavailable'),
      cut_off: faulty('cut_off'),
      silent: faulty('silent'),
      slow_drip: faulty('slow_drip'),
    },
    refusedConnections: [{ options: { login: 7 }, path: 'login' }],
    refusedExtracts: [{ source: { shelf: 7 }, path: 'shelf' }],
    manyRows: { count: 20_000, because: 'its flaws keep them all' },
  };
}
