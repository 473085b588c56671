import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { request } from '../read-all.js';
import { CsvFolder, csvExtract } from './csv-folder.js';

const ask = (options: Parameters<typeof csvExtract>[0]) => {
  const { extract, limits, signal } = request(csvExtract(options), []);
  return { extract, limits, signal, options: csvExtract(options) };
};

describe('several files of one extract', () => {
  it('are one after the other, each a part of its own', async () => {
    using folder = new CsvFolder().write('b/2.csv', 'a\n2\n').write('b/1.csv', 'a\n1\n').write('3.csv', 'a\n3\n');
    const source = await folder.open();
    const parts: (string | undefined)[] = [];
    for await (const batch of source.read(request(csvExtract({ files: ['b/*.csv', '3.csv'] }), ['a']))) {
      parts.push(batch.part);
    }
    expect(parts).toEqual(['3.csv', 'b/1.csv', 'b/2.csv']);
  });

  it('that hold the same are taken once: the later one is skipped by rule, and a note says so', async () => {
    using folder = new CsvFolder()
      .write('a.csv', 'a\n1\n\n2\n')
      .write('b.csv', 'a\n3\n\n4\n')
      .write('c.csv', 'a\n1\n\n2\n')
      .write('d.csv', 'a\n1\n2\n3\n');
    const read = await folder.read(['a']);
    expect(read.rows.flat()).toEqual(['1', '2', '3', '4', '1', '2', '3']);
    expect(read.skipped).toEqual({ blank_line: 2, repeated_file: 3 });
    expect(read.summary.notes).toContain(
      '"c.csv" holds the same as "a.csv": its 3 rows are counted as repeated_file; if both are deliveries of their own, set "repeated: take"',
    );
    expect(read.summary.description).toHaveLength(4);
  });

  it('that hold the same under two dates are both taken where the extract says that equal deliveries happen', async () => {
    using folder = new CsvFolder()
      .write('s-2026-08-01.csv', 'a\n5\n')
      .write('s-2026-08-02.csv', 'a\n5\n')
      .write('s-2026-08-02.csv.gz', gzipSync('a\n5\n'));
    const take = { date_in_name: 's-{yyyy}-{MM}-{dd}.csv*', keep: 'all_in_window' } as const;
    const options = { files: 's-*', take };
    const window = { window: { start: '2026-08-01', end: '2026-09-01' } };
    const skipped = await folder.read(['a'], options, window);
    expect([skipped.rows, skipped.skipped]).toEqual([[['5']], { repeated_file: 2 }]);
    const taken = await folder.read(['a'], { ...options, repeated: 'take' }, window);
    expect([taken.rows, taken.skipped]).toEqual([[['5'], ['5'], ['5']], {}]);
    expect(taken.summary.notes?.join()).not.toContain('holds the same');
    expect(taken.summary.digest).not.toBe(skipped.summary.digest);
  });

  it('that were mended with a loss say so once for all of them, first and with the first place', async () => {
    const bad = 'a,b\nx,y\nx,y\nx,y,z\n';
    using folder = new CsvFolder().write('1.csv', bad).write('2.csv', `${bad}x,y,z\n`);
    const read = await folder.read(['a'], { repairs: ['lose_extra_content'], delimiter: ',' });
    expect(read.rows).toHaveLength(7);
    expect(read.summary.notes?.[0]).toBe(
      'content beyond the header was LOST from 3 records (repair lose_extra_content), first at "1.csv:4": their values may stand in wrong columns',
    );
  });

  it('that hold the same are found packed too, whatever stands in their gzip header', async () => {
    const content = 'a\n1\n2\n';
    const other = gzipSync(content, { level: 1 });
    other[4] = 99;
    using folder = new CsvFolder()
      .write('a.csv.gz', gzipSync(content, { level: 9 }))
      .write('b.csv.gz', other)
      .write('c.csv', content)
      .write('packed-under-another-name.csv', gzipSync(content));
    const read = await folder.read(['a'], { files: '*' });
    expect(read.rows.flat()).toEqual(['1', '2']);
    expect(read.skipped).toEqual({ repeated_file: 6 });
  });

  it('are chosen by time or by the date in their names', async () => {
    using folder = new CsvFolder()
      .write('s-2026-01-30.csv', 'a\n1\n')
      .write('s-2026-01-31.csv', 'a\n2\n')
      .write('s-2026-02-01.csv', 'a\n3\n')
      .age('s-2026-01-30.csv', '2026-05-01T00:00:00Z')
      .age('s-2026-01-31.csv', '2026-04-01T00:00:00Z')
      .age('s-2026-02-01.csv', '2026-03-01T00:00:00Z');
    const pattern = 's-{yyyy}-{MM}-{dd}.csv';
    expect((await folder.read(['a'], { take: 'newest', stands_still_seconds: 1 })).rows).toEqual([['1']]);
    const latest = await folder.read(['a'], { take: { date_in_name: pattern, keep: 'latest' } });
    expect(latest.rows).toEqual([['3']]);
    const window = await folder.read(['a'], { take: { date_in_name: pattern, keep: 'all_in_window' } });
    expect(window.rows).toEqual([['1'], ['2']]);
    const other = { window: { start: '2025-01-01', end: '2025-02-01' } };
    const none = await folder.read(['a'], { take: { date_in_name: pattern, keep: 'all_in_window' } }, other);
    expect(none.summary.description).toEqual([expect.stringContaining('none of them is for the days wanted')]);
  });

  it('count only with their mark', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n').write('b.csv', 'a\n2\n').write('b.csv.ok', '');
    expect((await folder.read(['a'], { done: '.ok' })).rows).toEqual([['2']]);
    const none = await folder.read(['a'], { done: '.done' });
    expect(none.summary.description).toEqual([expect.stringContaining('".done"')]);
  });

  it('name in notes the columns nobody asked for, once for all files that have them', async () => {
    using folder = new CsvFolder()
      .write('a.csv', 'a,new\n1,2\n')
      .write('b.csv', 'a,new\n3,4\n')
      .write('c.csv', 'a\n5\n')
      .write('d.csv', 'a,other\n6,7\n');
    const { notes } = (await folder.read(['a'], { delimiter: ',' })).summary;
    expect(notes).toEqual(['a.csv and 1 more: columns not asked for: "new"', 'd.csv: columns not asked for: "other"']);
  });

  it('fail in the name of the one that is bad', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n').write('b.csv', 'b\n1\n');
    await expect(folder.read(['a'])).rejects.toMatchObject({
      code: 'SOURCE_COLUMN_MISSING',
      message: expect.stringContaining('b.csv'),
    });
  });
});

describe('how far a folder has come', () => {
  it('is the same until a file is added, written or taken away, and the same by asking as by reading', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n').age('a.csv', '2026-02-01T10:00:00Z');
    const source = await folder.open();
    const first = await source.watermark(ask({}));
    expect(first).toEqual({ evidence: 'file', value: expect.any(String), at: '2026-02-01T10:00:00.000Z' });
    expect(await source.watermark(ask({}))).toEqual(first);
    expect((await folder.read(['a'])).summary.watermark).toEqual(first);
    folder.write('a.csv', 'a\n2\n').age('a.csv', '2026-02-01T10:00:01Z');
    const second = await source.watermark(ask({}));
    expect(second?.value).not.toBe(first?.value);
    folder.write('b.csv', 'a\n2\n').age('b.csv', '2026-01-01T00:00:00Z');
    const third = await source.watermark(ask({}));
    expect(third?.value).not.toBe(second?.value);
    expect(third?.at).toBe(second?.at);
    expect((await folder.read(['a'], { take: 'newest' })).summary.watermark).toEqual(third);
  });

  it('has no time when nothing was delivered', async () => {
    using folder = new CsvFolder();
    expect(await (await folder.open()).watermark(ask({}))).toEqual({ evidence: 'file', value: expect.any(String) });
  });
});

describe('a read that is left early', () => {
  it('is cancelled while it waits for a file to stand still', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n').age('a.csv', '2126-01-01T00:00:00Z');
    const controller = new AbortController();
    const reading = folder.read(['a'], { stands_still_seconds: 300 }, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled', code: 'SOURCE_READ_CANCELLED' });
  });

  it('is stopped by its time limit while it waits', async () => {
    using folder = new CsvFolder().write('a.csv', 'a\n1\n').age('a.csv', '2126-01-01T00:00:00Z');
    const limits = { maxRows: 10, maxBytes: 1000, timeoutMs: 30 };
    await expect(folder.read(['a'], { stands_still_seconds: 300 }, { limits })).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('0.03 seconds'),
    });
  });

  it('closes its file when nobody wants more, and when it is cancelled between two rows', async () => {
    using folder = new CsvFolder().write('a.csv', `a\n${'123456789\n'.repeat(300_000)}`);
    const source = await folder.open();
    const controller = new AbortController();
    const reading = source.read(request(csvExtract(), ['a'], { signal: controller.signal }));
    await reading.next();
    await reading.return({ digest: '', description: [] });
    const other = source.read(request(csvExtract(), ['a'], { signal: controller.signal }));
    await other.next();
    controller.abort();
    await expect(other.next()).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await openFilesIn(folder.path)).toEqual([]);
    await source.close();
    await source.close();
  });
});

describe('files that are not to be had', () => {
  it('are a link to nowhere', async () => {
    using folder = new CsvFolder();
    symlinkSync('/nonexistent/x', join(folder.path, 'a.csv'));
    await expect(folder.read(['a'])).rejects.toMatchObject({
      kind: 'not_found',
      message: expect.stringMatching(/a\.csv/),
    });
  });
});

/** Files of a folder that this process still has open. Linux tells; elsewhere nothing is claimed. */
async function openFilesIn(path: string): Promise<readonly string[]> {
  const { readdir, readlink } = await import('node:fs/promises');
  const handles = await readdir('/proc/self/fd').catch(() => []);
  const files = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')));
  return files.filter((file) => file.startsWith(path));
}
