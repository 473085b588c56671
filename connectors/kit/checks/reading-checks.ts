import { expectSame, expectThat } from '../exam-failure.js';
import { sampleRows } from '../exam-rows.js';
import { failureOf, readWhole, requestFor, withSource } from '../reading.js';
import {
  type ExamCheck,
  type ExamRows,
  type ExamSubject,
  isNotApplicable,
  type NotApplicable,
  type Situation,
} from '../types.js';

/** Rows and rejects of a batch at most: what a step holds in memory of one read. */
const LARGEST_BATCH = 20_000;
const COLUMNS = ['id', 'name', 'amount'] as const;

export const readingChecks: readonly ExamCheck[] = [
  {
    name: 'read-gives-the-rows',
    asks: 'Are all rows there, in the source’s order, with their cells?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(250)), async (source, situation) => {
        const whole = await readWhole(source, requestFor(subject.connector, situation));
        expectSame(whole.rows, situation.rows, 'The rows of a read');
        expectThat(whole.summary.description.length > 0, 'A read must describe what was read');
      });
    },
  },
  {
    name: 'empty-source-gives-no-rows',
    asks: 'Does a source without rows give none, and no error?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, []), async (source, situation) => {
        const whole = await readWhole(source, requestFor(subject.connector, situation));
        expectSame(whole.rows, [], 'The rows of an empty source');
        expectSame(whole.rejects, [], 'The rejects of an empty source');
      });
    },
  },
  {
    name: 'read-twice-same-digest',
    asks: 'Do two reads of an unchanged source give the same rows and the same digest?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(40)), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        const first = await readWhole(source, request);
        const second = await readWhole(source, request);
        expectThat(
          first.summary.digest.length >= 16,
          'A digest must be long enough to tell reads apart',
          first.summary,
        );
        expectSame(second.summary.digest, first.summary.digest, 'The digest of the second read');
        expectSame(second.rows, first.rows, 'The rows of the second read');
      });
    },
  },
  {
    name: 'other-content-other-digest',
    asks: 'Has a read another digest once a cell is another, though the question is the same?',
    async run(subject) {
      const rows = sampleRows(40);
      await withSource(subject, subject.filledWith(COLUMNS, rows), async (source, situation) => {
        const { refill } = situation;
        expectThat(refill !== undefined, 'The exam needs `refill` of a source that it filled');
        const request = requestFor(subject.connector, situation);
        const digests = [(await readWhole(source, request)).summary.digest];
        for (const changed of otherContents(rows)) {
          await refill(changed);
          const whole = await readWhole(source, request);
          expectSame(whole.rows, changed, 'The rows after the source was filled anew');
          expectThat(!digests.includes(whole.summary.digest), 'Other content must have another digest', digests);
          digests.push(whole.summary.digest);
        }
      });
    },
  },
  {
    name: 'reads-side-by-side',
    asks: 'Can one source be read twice at the same time?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(60)), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        const [one, other] = await Promise.all([readWhole(source, request), readWhole(source, request)]);
        expectSame(one?.rows, situation.rows, 'The rows of one read');
        expectSame(other?.rows, situation.rows, 'The rows of the other read');
      });
    },
  },
  {
    name: 'batches-bounded',
    asks: `Has no batch more than ${LARGEST_BATCH} rows and rejects?`,
    async run(subject) {
      const count = LARGEST_BATCH * 3 + 7;
      await withSource(subject, subject.ofManyRows(count), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        let largest = 0;
        let seen = 0;
        for await (const batch of source.read(request)) {
          largest = Math.max(largest, batch.rows.length + batch.rejects.length);
          seen += batch.rows.length;
        }
        expectThat(largest <= LARGEST_BATCH, `A batch may have ${LARGEST_BATCH} rows and rejects`, largest);
        expectSame(seen, count, 'The rows of all batches');
      });
    },
  },
  {
    name: 'column-projection-honoured',
    asks: 'Are exactly the columns asked for given, in the order they were asked for?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(12)), async (source, situation) => {
        const [, name = '', amount = ''] = situation.columns;
        const whole = await readWhole(source, requestFor(subject.connector, situation, { columns: [amount, name] }));
        expectSame(
          whole.rows,
          situation.rows.map((row) => [row[2] ?? null, row[1] ?? null]),
          'Two columns, the last one first',
        );
      });
    },
  },
  {
    name: 'missing-column-named',
    asks: 'Is a column that is gone a layout error that names it and the nearest name?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(3)), async (source, situation) => {
        const request = requestFor(subject.connector, situation, { columns: ['id', 'amounts'] });
        const failure = await failureOf(() => readWhole(source, request), 'Reading a column that is not there');
        expectSame(failure.kind, 'layout', 'The kind of failure for a missing column');
        expectThat(failure.message.includes('"amounts"'), 'The message must quote the missing column', failure.message);
        expectThat(failure.message.includes('"amount"'), 'The message must name the nearest column', failure.message);
        expectThat((failure.remedy ?? '') !== '', 'The failure must have a remedy', failure.message);
      });
    },
  },
  {
    name: 'balance-holds',
    asks: 'Is every row seen a row, a reject or a counted skip, also when some are bad?',
    doesNotApply: withoutBadRows,
    async run(subject) {
      await withSource(subject, badRowsOf(subject), async (source, situation) => {
        const whole = await readWhole(source, requestFor(subject.connector, situation));
        const rejectedAt = placesOfRejects(situation);
        expectSame(whole.rows, situation.rows, 'The good rows beside bad ones');
        expectSame(whole.rejects.length, rejectedAt.length, 'The number of rejects');
        expectSame(whole.skipped, situation.skipped ?? 0, 'The number of rows skipped by a named rule');
        expectSame(
          whole.seen,
          situation.rows.length + rejectedAt.length + (situation.skipped ?? 0),
          'The number of rows seen',
        );
      });
    },
  },
  {
    name: 'rejects-explain-themselves',
    asks: 'Has every reject its place, what is wrong, and what would be right?',
    doesNotApply: withoutBadRows,
    async run(subject) {
      await withSource(subject, badRowsOf(subject), async (source, situation) => {
        const { rejects } = await readWhole(source, requestFor(subject.connector, situation));
        for (const [index, place] of placesOfRejects(situation).entries()) {
          const reject = rejects[index];
          expectThat(reject?.locator.includes(place) === true, `Reject ${index} must be placed at "${place}"`, reject);
          expectThat(reject.message.trim() !== '', 'A reject must say what is wrong', reject);
          expectThat(reject.remedy.trim() !== '', 'A reject must say what would be right', reject);
        }
      });
    },
  },
  {
    name: 'locators-point-at-the-place',
    asks: 'Has every row a place of its own, by which a person finds it?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(30)), async (source, situation) => {
        const { places } = await readWhole(source, requestFor(subject.connector, situation));
        expectSame(new Set(places).size, situation.rows.length, 'The number of different places');
        const expected = [...(situation.places ?? [])];
        expectThat(expected.length > 0, 'The exam needs the place of at least one row, in `places`');
        for (const [index, place] of expected) {
          expectThat(place.trim() !== '', `The place of row ${index} must not be empty`);
          expectThat(
            places[index]?.includes(place) === true,
            `Row ${index} must be placed at "${place}"`,
            places[index],
          );
        }
      });
    },
  },
];

/** As many rows of as many letters, but for one digit, or for a digit that stands in the next cell. */
function otherContents(rows: ExamRows): readonly ExamRows[] {
  const other = (row: ExamRows[number]): ExamRows => rows.map((each, index) => (index === 20 ? row : each));
  return [other(['21', 'name 21', '61.26']), other(['21', 'name 2', '161.25'])];
}

function withoutBadRows({ withBadRows }: ExamSubject): NotApplicable | undefined {
  return isNotApplicable(withBadRows) ? withBadRows : undefined;
}

async function badRowsOf({ withBadRows }: ExamSubject): Promise<Situation> {
  if (isNotApplicable(withBadRows)) throw new RangeError(withBadRows.notApplicable);
  return withBadRows();
}

/** @throws ExamFailure when there are none, or one says nothing */
function placesOfRejects({ rejectedAt = [] }: Situation): readonly string[] {
  expectThat(rejectedAt.length > 0, 'A source with bad rows must have one that is rejected, in `rejectedAt`');
  expectThat(
    rejectedAt.every((place) => place.trim() !== ''),
    'The place of a reject must not be empty',
  );
  return rejectedAt;
}
