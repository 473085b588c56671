import { setTimeout as wait } from 'node:timers/promises';
import type { Source } from '#connectors/sdk/types.js';
import { ExamFailure, expectSame, expectThat } from '../exam-failure.js';
import { sampleRows } from '../exam-rows.js';
import { expectNothingLeft, handlesAtRest } from '../open-handles.js';
import { failureOf, openSource, PLENTY, readWhole, requestFor, settledWithin, withSource } from '../reading.js';
import { type ExamCheck, type ExamSubject, isNotApplicable, type Situation } from '../types.js';

const COLUMNS = ['id', 'name', 'amount'] as const;
const SOME_ROWS = 200_000;
/** More than a batch, so that a reader of one leaves in the middle. */
const FEW_ROWS = 30_000;
/** More than the connections that a pool has as a rule. */
const ROUNDS = 12;
/** How long a reader waits for a slot that nobody gives back. */
const PATIENCE_MS = 20_000;

export const endingChecks: readonly ExamCheck[] = [
  {
    name: 'aborted-before-it-begins',
    asks: 'Does a read that was cancelled before it began end as cancelled?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(5)), async (source, situation) => {
        const request = requestFor(subject.connector, situation, { signal: AbortSignal.abort() });
        const failure = await failureOf(() => readWhole(source, request), 'A read that was cancelled');
        expectSame(failure.kind, 'cancelled', 'The kind of failure of a cancelled read');
      });
    },
  },
  {
    name: 'abort-between-rows-leaves-nothing',
    asks: 'Does a cancel in mid-stream end the read within a second, with nothing left open?',
    async run(subject, { abortMs }) {
      await expectLeavesNothing(subject, subject.ofManyRows(SOME_ROWS), abortMs, async (source, situation) => {
        const controller = new AbortController();
        const rows = source.read(requestFor(subject.connector, situation, { signal: controller.signal }));
        await rows.next();
        controller.abort();
        const failing = failureOf(() => drain(rows), 'A read that was cancelled in mid-stream');
        await settledWithin(failing, abortMs, 'A cancelled read');
        expectSame((await failing).kind, 'cancelled', 'The kind of failure of a cancelled read');
      });
    },
  },
  {
    name: 'abort-while-waiting-leaves-nothing',
    asks: 'Does a cancel end a read that waits for a silent source within a second?',
    doesNotApply: ({ faulty: { silent } }) => (isNotApplicable(silent) ? silent : undefined),
    async run(subject, { abortMs }) {
      const seed = subject.faulty.silent;
      if (isNotApplicable(seed)) return;
      await expectLeavesNothing(subject, seed({ retryAfterMs: 1 }), abortMs, async (source, situation) => {
        const controller = new AbortController();
        const request = requestFor(subject.connector, situation, { signal: controller.signal });
        const failing = failureOf(() => readWhole(source, request), 'A read of a silent source that was cancelled');
        await wait(100);
        controller.abort();
        await settledWithin(failing, abortMs, 'A cancelled read of a silent source');
        expectSame((await failing).kind, 'cancelled', 'The kind of failure of a cancelled read');
      });
    },
  },
  {
    name: 'left-early-leaves-nothing',
    asks: 'Can a reader leave in the middle, with nothing left open and the source still good?',
    async run(subject, { abortMs }) {
      await expectLeavesNothing(subject, subject.ofManyRows(SOME_ROWS), abortMs, async (source, situation) => {
        for await (const _ of source.read(requestFor(subject.connector, situation))) break;
        await readOne(source.read(requestFor(subject.connector, situation)));
      });
    },
  },
  {
    name: 'slots-given-back',
    asks: 'Can a source still be read after a dozen reads that were cancelled or left early?',
    async run(subject) {
      await withSource(subject, subject.ofManyRows(FEW_ROWS), async (source, situation) => {
        const limits = { ...PLENTY, timeoutMs: PATIENCE_MS };
        for (let round = 0; round < ROUNDS; round += 1) {
          const controller = new AbortController();
          const request = requestFor(subject.connector, situation, { limits, signal: controller.signal });
          const rows = source.read(request);
          await rows.next();
          if (round % 2 === 0) await rows.return({ digest: '', description: [] });
          else {
            controller.abort();
            await failureOf(() => drain(rows), 'A read that was cancelled in mid-stream');
          }
        }
        await readOne(source.read(requestFor(subject.connector, situation, { limits })));
      });
    },
  },
  {
    name: 'closing-twice-harmless',
    asks: 'Can a source be closed twice, and without ever being read?',
    async run(subject) {
      const situation = await subject.filledWith(COLUMNS, sampleRows(3));
      try {
        const unread = await openSource(subject.connector, situation);
        await closeAll([unread]);
        await closeAll([unread]);
        const source = await openSource(subject.connector, situation);
        await readWhole(source, requestFor(subject.connector, situation));
        await closeAll([source, source]);
        await closeAll([source]);
      } finally {
        await situation.dispose();
      }
    },
  },
];

async function closeAll(sources: readonly Source<unknown>[]): Promise<void> {
  await Promise.all(sources.map((source) => source.close())).catch((error: unknown) => {
    throw new ExamFailure(`Closing twice must be harmless; it threw ${String(error)}`);
  });
}

/** Opens a source, works with it and closes it: then nothing may be open that was not before it was opened. */
async function expectLeavesNothing(
  subject: ExamSubject,
  making: Promise<Situation>,
  abortMs: number,
  work: (source: Source<unknown>, situation: Situation) => Promise<void>,
): Promise<void> {
  const situation = await making;
  try {
    const before = await handlesAtRest();
    const outsideBefore = (await situation.openOutside?.()) ?? 0;
    const source = await openSource(subject.connector, situation);
    try {
      await work(source, situation);
      await settledWithin(source.close(), abortMs, 'Closing');
    } finally {
      await source.close();
    }
    await expectNothingLeft(before, abortMs);
    await expectSlotsBack(situation.openOutside, outsideBefore, abortMs);
  } finally {
    await situation.dispose();
  }
}

async function drain(rows: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  for await (const _ of rows);
}

async function readOne(rows: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  const first = await rows.next();
  expectThat(first.done !== true, 'A source whose reader left early must give rows to the next reader');
  await rows.return(undefined);
}

/** The other side may take a moment to notice. */
async function expectSlotsBack(
  openOutside: (() => Promise<number>) | undefined,
  before: number,
  limitMs: number,
): Promise<void> {
  if (openOutside === undefined) return;
  const until = performance.now() + limitMs;
  for (;;) {
    const now = await openOutside();
    if (now <= before) return;
    expectThat(performance.now() < until, 'No connection may stay open on the other side', { before, now });
    await wait(20);
  }
}
