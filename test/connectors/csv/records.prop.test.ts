import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DialectOptions, REPAIRS } from '#connectors/csv/dialect/dialect-options.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type ReadFile, readBytes } from './read-bytes.js';

/** Text made mostly of what matters to a CSV reader. */
const nastyText = fc
  .array(
    fc.constantFrom(
      '"',
      '""',
      "'",
      ',',
      ',',
      ';',
      '\t',
      '\n',
      '\n',
      '\r',
      '\r\n',
      '\\',
      '\0',
      'a',
      'bc',
      ' ',
      '\u00E4',
      'x'.repeat(20),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join('')));
const anyBytes = fc.oneof(
  { weight: 3, arbitrary: nastyText },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(nastyText, fc.uint8Array({ maxLength: 4 }), nastyText).map((parts) => Buffer.concat(parts)),
  },
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
type Sometimes<T> = { readonly [K in keyof T]: T[K] | undefined };
const anyOptions: fc.Arbitrary<Sometimes<DialectOptions>> = fc.record<Sometimes<DialectOptions>>({
  delimiter: fc.constantFrom(undefined, ',', ';', 'tab', 'none', '\u00A6'),
  quote: fc.constantFrom(undefined, '"', "'", 'none', '\u2021'),
  encoding: fc.constant(undefined),
  escape: fc.constantFrom(undefined, 'double', 'backslash'),
  header: fc.constantFrom<DialectOptions['header'][]>(
    undefined,
    true,
    'none',
    { find: true },
    { row: 2 },
    { rows: 2, fill: true },
  ),
  skip_lines: maybe(fc.nat(2)),
  footer: fc.constantFrom(undefined, { from: 'a' }, { rows: 1 }, { rows: 3 }),
  final_line_end: fc.constantFrom(undefined, 'optional', 'required'),
  trim: maybe(fc.boolean()),
  nulls: fc.constantFrom(undefined, ['bc']),
  repairs: maybe(fc.subarray([...REPAIRS])),
});
const anyCuts = fc.array(fc.nat(400), { maxLength: 8 });
const anySizes = fc.record({ windowBytes: fc.integer({ min: 1, max: 40 }), batchRows: fc.integer({ min: 1, max: 5 }) });

/** What a read comes to, without what may depend on where batches end; a typed failure counts as one. */
async function outcomeOf(...args: Parameters<typeof readBytes>): Promise<Omit<ReadFile, 'batches'> | string> {
  try {
    const { batches: _, ...read } = await readBytes(...args);
    return read;
  } catch (error) {
    if (error instanceof PlumblineError && error.kind === 'layout') return `${error.code} ${error.message}`;
    throw error;
  }
}

describe('any bytes into the engine', () => {
  it('give rows, rejects or a typed failure, the same however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBytes,
        anyOptions,
        anyCuts,
        anySizes,
        fc.boolean(),
        async (bytes, options, cuts, sizes, all) => {
          const columns = all ? [] : ['a'];
          const content = Buffer.concat([Buffer.from(all ? '' : 'a,bc\n'), bytes]);
          const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
          const limits = { headBytes: 16, maxRecordBytes: 64 };
          const whole = await outcomeOf(content, columns, { ...given, sizes: limits });
          const cut = await outcomeOf(content, columns, { ...given, cuts, sizes: { ...limits, ...sizes } });
          expect(cut).toEqual(whole);
          const single = { ...given, cuts: [...content.keys()], sizes: { ...limits, windowBytes: 1 } };
          expect(await outcomeOf(content, columns, single)).toEqual(whole);
        },
      ),
      { numRuns: 700 },
    );
  });

  it.each(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030'])(
    'of a file in %s are the same however they are cut',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(anyBytes, anyCuts, async (bytes, cuts) => {
          const plain = { delimiter: ',', quote: '"', encoding, header: 'none' as const };
          const whole = await outcomeOf(bytes, [], plain);
          expect(await outcomeOf(bytes, [], { ...plain, cuts, sizes: { windowBytes: 5, headBytes: 512 } })).toEqual(
            whole,
          );
        }),
        { numRuns: 50 },
      );
    },
  );

  it('leave no physical line out', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, anyCuts, fc.boolean(), async (bytes, cuts, isFooted) => {
        const content = Buffer.concat([Buffer.from('a,b\n'), bytes]);
        const read = await readBytes(content, [], {
          delimiter: ',',
          quote: '"',
          cuts,
          sizes: { maxRecordBytes: 50, headBytes: 4, windowBytes: 9 },
          ...(isFooted ? { footer: { from: 'a' } } : {}),
        });
        // Where every record begins is known, so each line is one's first or the next one's distance away.
        const begins = [...read.places, ...read.rejects.map((reject) => reject.locator)]
          .map((place) => place.replace('a.csv:', ''))
          .sort((x, y) => x.length - y.length || (x < y ? -1 : 1));
        expect(new Set(begins).size).toBe(begins.length);
        const lines = content.toString('latin1').split(/\r\n|\r|\n/);
        if (lines.at(-1) === '') lines.pop();
        const skipped = Object.values(read.skipped).reduce((sum, count) => sum + count, 0);
        const texts = [...read.rows.flat(), ...read.rejects.map((reject) => reject.raw)];
        const within = texts.reduce((sum, text) => sum + (text ?? '').split(/\r\n|\r|\n/).length - 1, 0);
        expect(1 + begins.length + skipped + within).toBe(lines.length);
      }),
      { numRuns: 700 },
    );
  });
});

describe('well-formed files', () => {
  const field = fc
    .array(fc.constantFrom('"', ',', '\n', '\r\n', 'a', ' ', '7', '\u00E4'), { maxLength: 6 })
    .map((letters) => letters.join(''));
  const quoted = field.map((text) => `"${text.replaceAll('"', '""')}"`);
  const bare = fc.stringMatching(/^[a-z0-9 ;']{1,5}$/);
  const cell = fc.oneof(quoted, bare);

  it('are read as csv-parse reads them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        anyCuts,
        async (rows, end, cuts) => {
          const text = rows.map((row) => row.join(',')).join(end);
          const read = await readBytes(`x,y${end}${text}`, ['x', 'y'], {
            cuts,
            quote: '"',
            sizes: { windowBytes: 7, headBytes: 3 },
          });
          expect(read.rejects).toEqual([]);
          expect(read.rows).toEqual(parse(text, { record_delimiter: end }));
        },
      ),
      { numRuns: 400 },
    );
  });
});
