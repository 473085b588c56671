// The chunk after the one in hand is read meanwhile: into other memory, and never from a file already closed.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type DeliveredFile, fileStateOf } from '#connectors/csv/files/delivered-file.js';
import { fileBytes } from '#connectors/csv/files/file-bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NO_LIMIT = { checkpoint() {}, addBytes() {} };
/** A little over five chunks, no two of them alike. */
const CONTENT = Buffer.concat(
  Array.from({ length: 45_000 }, (_, index) => createHash('sha256').update(`${index}`).digest()),
);

function delivered(name: string, content: Uint8Array): DeliveredFile {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { name, path, state: fileStateOf(statSync(path, { bigint: true })) };
}

async function readSlowly(file: DeliveredFile): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of fileBytes(file, NO_LIMIT).chunks) {
    // Turns enough for the next read to end, were it to go to the same memory.
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    parts.push(Buffer.from(chunk));
  }
  return Buffer.concat(parts);
}

describe('a file of several chunks', () => {
  it.each([
    ['plain', 'plain.csv', CONTENT],
    ['packed', 'packed.csv.gz', gzipSync(CONTENT)],
  ])('%s, gives a slow taker every byte once and in order', async (_, name, content) => {
    expect((await readSlowly(delivered(name, content))).equals(CONTENT)).toBe(true);
  });

  it('may be left after the first chunk', async () => {
    const { chunks } = fileBytes(delivered('left.csv', CONTENT), NO_LIMIT);
    await chunks.next();
    await expect(chunks.return()).resolves.toEqual({ done: true, value: undefined });
    await expect(chunks.next()).resolves.toMatchObject({ done: true });
  });

  it('that is cut off meanwhile was changing', async () => {
    const file = delivered('cut.csv', CONTENT);
    const { chunks } = fileBytes(file, NO_LIMIT);
    await chunks.next();
    truncateSync(file.path, 300_000);
    const rest = async (): Promise<void> => {
      for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(rest()).rejects.toMatchObject({ kind: 'transient', code: 'SOURCE_FILE_CHANGING' });
  });
});
