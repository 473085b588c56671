import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzipped } from '#connectors/csv/files/gunzip.js';
import { CsvFolder } from './csv-folder.js';

const packed = { files: '*.csv.gz' };
const DAMAGED = { kind: 'data', code: 'SOURCE_FILE_DAMAGED', message: expect.stringContaining('a.csv.gz') };

describe('packed files', () => {
  it('are read like others, with their places, and the digest of what was delivered', async () => {
    const bytes = gzipSync('a,b\n1,x\n2,y\n');
    using folder = new CsvFolder().write('a.csv.gz', bytes);
    const read = await folder.read(['b', 'a'], packed);
    expect(read.rows).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
    expect(read.places).toEqual(['a.csv.gz:2', 'a.csv.gz:3']);
    const { createHash } = await import('node:crypto');
    expect(read.summary.description[0]).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(read.summary.description[0]).toContain(`${bytes.length} bytes`);
  });

  it('are known by their first bytes, whatever they are named', async () => {
    using folder = new CsvFolder().write('a.csv', gzipSync('a\n1\n'));
    expect((await folder.read(['a'])).rows).toEqual([['1']]);
  });

  it('may have several members, and zeros behind the last', async () => {
    using folder = new CsvFolder().write(
      'a.csv.gz',
      Buffer.concat([gzipSync('a\n1\n'), gzipSync('2\n'), Buffer.alloc(600_000)]),
    );
    expect((await folder.read(['a'], packed)).rows.flat()).toEqual(['1', '2']);
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['cut in its header', (bytes: Buffer) => bytes.subarray(0, 5)],
    ['empty', () => Buffer.alloc(0)],
    ['no gzip at all', () => Buffer.from('a\n1\n')],
    ['followed by something else', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('2\n3\n')])],
    [
      'followed by a member with a broken header',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0]), gzipSync('9\n').subarray(1)]),
    ],
    [
      'changed in its checksum',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -8), Buffer.from([1, 2, 3, 4]), bytes.subarray(-4)]),
    ],
  ])('are a fault of the data when they are %s', async (_how, damage) => {
    using folder = new CsvFolder().write('a.csv.gz', damage(gzipSync('a\n1\n2\n')));
    await expect(folder.read(['a'], packed)).rejects.toMatchObject(DAMAGED);
  });

  it('end at the limit of bytes that are inside, not of those that are outside', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'x\n'));
    expect(bomb.length).toBeLessThan(100_000);
    using folder = new CsvFolder().write('a.csv.gz', bomb).write('b.csv.gz', bomb);
    const limits = { maxRows: 1e9, maxBytes: 100_000, timeoutMs: 30_000 };
    for (const files of ['a.csv.gz', '*.csv.gz']) {
      await expect(folder.read(['x'], { files }, { limits })).rejects.toMatchObject({
        kind: 'data',
        code: 'SOURCE_LIMIT_EXCEEDED',
      });
    }
  });
});

describe('members and padding', () => {
  it.each([1, 2, 3, 7, 24, 25, 1000])('are the same in chunks of %i bytes', async (size) => {
    const members = ['a\n1\n', '', '2\n'.repeat(200)];
    const packed = Buffer.concat([...members.map((member) => gzipSync(member)), Buffer.alloc(30)]);
    const chunks = (async function* () {
      for (let from = 0; from < packed.length; from += size) yield packed.subarray(from, from + size);
    })();
    const pieces: Uint8Array[] = [];
    for await (const piece of gunzipped(chunks, 'a.csv.gz')) pieces.push(Buffer.from(piece));
    expect(Buffer.concat(pieces).toString()).toBe(members.join(''));
  });

  it('pass on what goes wrong where the bytes come from, and close it when nobody wants more', async () => {
    let closed = 0;
    async function* failing(fails: boolean): AsyncGenerator<Uint8Array, void, void> {
      try {
        yield gzipSync(Buffer.alloc(1_000_000)).subarray(0, 500);
        if (fails) throw new RangeError('the disk');
        await new Promise((resolve) => setImmediate(resolve));
      } finally {
        closed += 1;
      }
    }
    const all = async () => {
      for await (const piece of gunzipped(failing(true), 'a')) expect(piece.length).toBeGreaterThan(0);
    };
    await expect(all()).rejects.toThrow('the disk');
    for await (const piece of gunzipped(failing(false), 'a')) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(2);
  });
});

describe('any bytes as gzip', () => {
  it('give what was packed or a fault, never a part of it', async () => {
    const content = Buffer.from('a\n1\n2\n3\n');
    const whole = gzipSync(content);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(30),
        async (at, flip, size) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          const chunks = (async function* () {
            for (let from = 0; from < bytes.length; from += size + 1) yield bytes.subarray(from, from + size + 1);
          })();
          const pieces: Uint8Array[] = [];
          try {
            for await (const piece of gunzipped(chunks, 'a.csv.gz')) pieces.push(Buffer.from(piece));
          } catch (error) {
            expect(error).toMatchObject({ code: 'SOURCE_FILE_DAMAGED' });
            return;
          }
          expect(Buffer.concat(pieces)).toEqual(content);
        },
      ),
      { numRuns: 300 },
    );
  });
});
