import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordSplitter, type PhysicalRecord } from '#connectors/csv/record-splitter.js';
import { createTextDecoding } from '#connectors/csv/text-decoding.js';
import { CsvFolder } from './csv-folder.js';

function split(chunks: readonly string[], maxRecordLength = 50): PhysicalRecord[] {
  const splitter = createRecordSplitter({ delimiter: ',', quote: '"', maxRecordLength });
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

/** Text made mostly of what matters to a CSV reader. */
const nastyText = fc.array(fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', 'a', 'bc', ' ', '', 'x'.repeat(20)), {
  maxLength: 60,
});
const lineCount = (text: string): number =>
  text.split(/\r\n|\r|\n/).length - (/[\r\n]$/.test(text) || text === '' ? 1 : 0);

describe('laws of the record splitter', () => {
  it('every physical line belongs to exactly one record, in order', () => {
    fc.assert(
      fc.property(nastyText, (parts) => {
        const text = parts.join('');
        const records = split([text]);
        let line = 1;
        for (const record of records) {
          expect(record.line).toBe(line);
          line += record.form === 'quoted' ? Math.max(1, record.text.split(/\r\n|\r|\n/).length) : 1;
        }
        expect(line - 1).toBe(lineCount(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on how the text was cut into chunks', () => {
    fc.assert(
      fc.property(nastyText, fc.array(fc.nat(400), { maxLength: 8 }), (parts, cuts) => {
        const text = parts.join('');
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(split(chunks)).toEqual(split([text]));
        expect(split([...text])).toEqual(split([text]));
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with csv-parse on every well-formed file', () => {
    const field = fc
      .array(fc.constantFrom('"', ',', '\n', '\r\n', 'a', ' ', '7'), { maxLength: 6 })
      .map((letters) => letters.join(''));
    const quoted = field.map((text) => `"${text.replaceAll('"', '""')}"`);
    const bare = fc.stringMatching(/^[a-z0-9 ;]{1,5}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(quoted, bare), fc.oneof(quoted, bare)), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => row.join(',')).join('\n');
        const ours = split([text], 1000).map((record) =>
          record.form === 'quoted' ? record.fields : record.text.split(','),
        );
        expect(ours).toEqual(parse(text, { record_delimiter: '\n' }));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('laws of decoding', () => {
  it('UTF-8 decodes to what it was, and bad bytes are marked and spelled, however the bytes were cut', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (all, a, b) => {
        const buffer = Buffer.from(all);
        const decode = (cuts: number[]): [string, boolean, string] => {
          const decoding = createTextDecoding('utf-8');
          const text =
            cuts.map((cut, i) => decoding.write(buffer.subarray(cuts[i - 1] ?? 0, cut))).join('') + decoding.end();
          return [text, decoding.isBroken(text), decoding.spell(text)];
        };
        const [text, isBroken, spelled] = decode([buffer.length]);
        const [x = 0, y = 0] = [a % (buffer.length + 1), b % (buffer.length + 1)].sort((m, n) => m - n);
        expect(decode([x, y, buffer.length])).toEqual([text, isBroken, spelled]);
        let strict: string | undefined;
        try {
          strict = new TextDecoder('utf-8', { fatal: true }).decode(buffer);
        } catch {
          strict = undefined;
        }
        expect(isBroken).toBe(strict === undefined);
        if (strict !== undefined) expect(text).toBe(strict);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any bytes into the CSV reader', () => {
  it('give rows, rejects or a typed failure, and every record that is not blank is accounted for', async () => {
    const tail = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      nastyText.map((parts) => new TextEncoder().encode(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(
        tail,
        fc.constantFrom('utf-8', 'windows-1252', 'utf-16le', 'shift_jis'),
        async (bytes, encoding) => {
          const head = encoding === 'utf-16le' ? Buffer.from('a,b\n', 'utf16le') : Buffer.from('a,b\n');
          using folder = new CsvFolder().write('a.csv', Buffer.concat([head, bytes]));
          const read = await folder.read(['b', 'a'], { encoding });
          const decoding = createTextDecoding(encoding);
          const text = decoding.write(Buffer.concat([head, bytes])) + decoding.end();
          const records = split([text], 1024 * 1024).slice(1);
          expect(read.rows.length + read.rejects.length + (read.skipped['blank_line'] ?? 0)).toBe(records.length);
          expect(read.rows.every((row) => row.length === 2)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
