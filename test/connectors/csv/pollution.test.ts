import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { numberGrammar, readNumber } from '#src/domain/value/number-grammar.js';
import { type CleanRow, cleanRows, POLLUTIONS, type Pollution, randomFrom } from './pollutions.js';
import { type ReadFile, readBytes } from './read-bytes.js';

// The law: whatever is done to a file, the sum over it is the same, or what is missing from it is exactly the rows that
// were reported as rejects, or there is no sum at all but a failure. A row that only a note can tell of is the last one.

const SEEDS = [1, 2, 3, 4, 5];
const cents = (amount: string): bigint =>
  BigInt(amount.replace(/^(\d+)(?:\.(\d*))?$/, (_, whole, part = '') => whole + part.padEnd(2, '0')));
const total = (rows: readonly CleanRow[]): bigint => rows.reduce((sum, row) => sum + cents(row.amount), 0n);

interface Measured {
  readonly sum: bigint;
  /** Ids of rows that are reported instead of used. */
  readonly reported: ReadonlySet<string>;
  readonly reports: number;
  readonly read: ReadFile;
}

async function measure(
  content: string | Uint8Array,
  { options = {}, locale }: Pollution,
): Promise<Measured | undefined> {
  const columns = options.header === 'none' ? ['1', '3'] : ['id', 'amount'];
  const grammar = numberGrammar(locale);
  try {
    const read = await readBytes(content, columns, options);
    const raws = read.rejects.map((reject) => reject.raw);
    let sum = 0n;
    for (const [id, amount] of read.rows) {
      const number = readNumber(amount ?? '', grammar);
      if (number.ok) sum += cents(number.value);
      else raws.push(`${id}`);
    }
    return { sum, reported: new Set(raws.flatMap((raw) => raw.match(/r\d{4}/g) ?? [])), reports: raws.length, read };
  } catch (error) {
    if (error instanceof PlumblineError && error.kind === 'layout') return undefined;
    throw error;
  }
}

it('has at least thirty pollutions, each with a name of its own', () => {
  expect(new Set(POLLUTIONS.map(({ name }) => name)).size).toBe(POLLUTIONS.length);
  expect(POLLUTIONS.length).toBeGreaterThanOrEqual(30);
});

describe.each(POLLUTIONS)('$name', (pollution) => {
  it.each(SEEDS)('changes no sum without a report (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const rows = cleanRows(random);
    const content = pollution.pollute(rows, random);
    const measured = await measure(content, pollution);
    if (pollution.outcome === 'refused') {
      expect(measured).toBeUndefined();
      return;
    }
    if (measured === undefined) throw new Error('The file was refused');
    const { sum, reported, reports, read } = measured;
    if (pollution.outcome === 'same') {
      expect(read.rejects).toEqual([]);
      expect(sum).toBe(total(rows));
      return;
    }
    // A file that is cut off has the rows whose beginning is left.
    const text = Buffer.from(content).toString('latin1');
    const present = rows.filter((row) => text.includes(row.id));
    const used = present.filter((row) => !reported.has(row.id));
    if (pollution.outcome === 'rejects') {
      expect(reports).toBeGreaterThan(0);
      expect(sum).toBe(total(used));
      return;
    }
    const isNoted = read.summary.notes.some((note) => note.includes('may be cut off'));
    const isSame = sum === total(used);
    expect(isNoted || isSame).toBe(true);
    const last = used.at(-1);
    expect(last).toBeDefined();
    // What the note is about is the last record and no other.
    if (!isSame) expect(total(used) - sum).toBeLessThanOrEqual(cents(last?.amount ?? '0'));
  });
});
