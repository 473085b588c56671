import { expectReason, expectSame, expectThat } from '../exam-failure.js';
import { failureOf, PLENTY, requestFor, withSource } from '../reading.js';
import type { ExamCheck, ExamSubject } from '../types.js';

const SOME_ROWS = 5_000;
const MANY_ROWS = 1_000_000;

async function drain(read: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  for await (const _ of read);
}

export const limitChecks: readonly ExamCheck[] = [
  {
    name: 'row-cap-holds',
    asks: 'Is a read that passes its rows stopped with a failure, and never cut in silence?',
    async run(subject) {
      await withSource(subject, subject.ofManyRows(SOME_ROWS), async (source, situation) => {
        const at = (maxRows: number) => requestFor(subject.connector, situation, { limits: { ...PLENTY, maxRows } });
        const failure = await failureOf(() => drain(source.read(at(SOME_ROWS - 1))), 'Reading past the row limit');
        expectSame([failure.kind, failure.code], ['data', 'SOURCE_LIMIT_EXCEEDED'], 'The failure past the row limit');
        await drain(source.read(at(SOME_ROWS)));
      });
    },
  },
  {
    name: 'byte-cap-holds',
    asks: 'Is a read that passes its bytes stopped with a failure?',
    async run(subject) {
      await withSource(subject, subject.ofManyRows(SOME_ROWS), async (source, situation) => {
        const limits = { ...PLENTY, maxBytes: 2_000 };
        const request = requestFor(subject.connector, situation, { limits });
        const failure = await failureOf(() => drain(source.read(request)), 'Reading past the byte limit');
        expectSame([failure.kind, failure.code], ['data', 'SOURCE_LIMIT_EXCEEDED'], 'The failure past the byte limit');
      });
    },
  },
  {
    name: 'time-cap-holds',
    asks: 'Is a read that takes longer than it may stopped, even if rows keep coming?',
    async run(subject) {
      await withSource(subject, subject.ofManyRows(SOME_ROWS * 20), async (source, situation) => {
        const limits = { ...PLENTY, timeoutMs: 50 };
        const rows = source.read(requestFor(subject.connector, situation, { limits }));
        const failure = await failureOf(async () => {
          await rows.next();
          // The reader of the rows is what is slow here, so this does not depend on the machine.
          await new Promise((resolve) => setTimeout(resolve, 150));
          await drain(rows);
        }, 'Reading past the time limit');
        expectSame(failure.kind, 'timeout', 'The kind of failure past the time limit');
      });
    },
  },
  {
    name: 'many-rows-in-bounded-memory',
    asks: 'Does reading a million rows keep memory flat?',
    remark: fewerRows,
    async run(subject, allowance) {
      const count = manyRowsOf(subject);
      await withSource(subject, subject.ofManyRows(count), async (source, situation) => {
        const memory = memoryGrowth();
        let rows = 0;
        for await (const batch of source.read(requestFor(subject.connector, situation))) {
          rows += batch.rows.length;
          memory.look();
        }
        expectSame(rows, count, 'The number of rows');
        expectThat(
          memory.grownBytes() <= allowance.memoryBytes,
          `Memory may grow by ${allowance.memoryBytes} bytes while ${count} rows are read`,
          memory.grownBytes(),
        );
      });
    },
  },
  {
    name: 'slow-reader-is-waited-for',
    asks: 'Does the source wait for whoever reads, and not pile rows up?',
    remark: fewerRows,
    async run(subject, allowance) {
      const count = manyRowsOf(subject);
      await withSource(subject, subject.ofManyRows(count), async (source, situation) => {
        const memory = memoryGrowth();
        const rows = source.read(requestFor(subject.connector, situation));
        await rows.next();
        for (let looks = 0; looks < 15; looks += 1) {
          memory.look();
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        memory.look();
        await rows.return({ digest: '', description: [] });
        expectThat(
          memory.grownBytes() <= allowance.memoryBytes,
          `Memory may grow by ${allowance.memoryBytes} bytes while nobody reads`,
          memory.grownBytes(),
        );
      });
    },
  },
];

/** @throws ExamFailure when they are few and nobody says why */
function manyRowsOf({ manyRows }: ExamSubject): number {
  if (manyRows === undefined || manyRows.count >= MANY_ROWS) return manyRows?.count ?? MANY_ROWS;
  expectReason(manyRows.because, `its large table has ${manyRows.count} rows, not ${MANY_ROWS}`);
  return manyRows.count;
}

function fewerRows({ manyRows }: ExamSubject): string | undefined {
  if (manyRows === undefined || manyRows.count >= MANY_ROWS) return undefined;
  return `here ${manyRows.count} rows: ${manyRows.because}`;
}

/** How far memory rose above its lowest, which what an earlier check left behind may lower on the way. */
function memoryGrowth(): { look(): void; grownBytes(): number } {
  let lowest = inUse();
  let grown = 0;
  return {
    look() {
      const now = inUse();
      lowest = Math.min(lowest, now);
      grown = Math.max(grown, now - lowest);
    },
    grownBytes: () => grown,
  };
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
