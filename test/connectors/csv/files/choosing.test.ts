import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseFiles } from '#connectors/csv/files/choose-files.js';
import { dateInName } from '#connectors/csv/files/date-in-name.js';
import { problemOfDatePattern } from '#connectors/csv/files/date-pattern.js';
import type { DeliveredFile } from '#connectors/csv/files/delivered-file.js';
import { globMatcher } from '#connectors/csv/files/glob.js';
import { listFiles } from '#connectors/csv/files/list-files.js';
import { problemOfPattern } from '#connectors/csv/files/path-glob.js';
import { CsvFolder } from '../csv-folder.js';

const WINDOW = { start: '2026-01-15', end: '2026-03-01' };

function file(name: string, mtimeNs = 0n): DeliveredFile {
  return { name, path: `/x/${name}`, state: { size: 1n, mtimeNs, ino: 1n, dev: 1n, changedAt: '' } };
}

async function namesIn(folder: CsvFolder, patterns: readonly string[], done?: string): Promise<readonly string[]> {
  const files = await listFiles(folder.path, { patterns, done, checkpoint: () => {} });
  return files.map(({ name }) => name);
}

describe('names by glob', () => {
  it('match without running away', () => {
    const names = ['a-1.csv', 'a-12.csv', 'b.csv', 'a-.csv.bak'];
    expect(names.filter(globMatcher('a-*.csv'))).toEqual(['a-1.csv', 'a-12.csv']);
    expect(names.filter(globMatcher('a-?.csv'))).toEqual(['a-1.csv']);
    expect(globMatcher('*a*a*a*a*a*a*a*a*b')('a'.repeat(5000))).toBe(false);
    expect(globMatcher('ab*ba')('aba')).toBe(false);
    expect(globMatcher('[x].csv')('x.csv')).toBe(false);
  });

  it.each([
    '../x.csv',
    'a/../../x',
    '/etc/passwd',
    'C:/x.csv',
    'a\\b.csv',
    '..',
    'a//b',
    './a',
    'a**/b',
    'a/**',
    'a\nb',
  ])('are refused where they could leave the folder or mean nothing: %j', (pattern) =>
    expect(problemOfPattern(pattern)).toBeTypeOf('string'),
  );

  it.each(['a.csv', '*.csv', 'sub/*/x-?.csv', '**/*.csv', 'a/**/b.csv', 'ümlaut ß.csv', '...csv'])(
    'are taken: %j',
    (pattern) => expect(problemOfPattern(pattern)).toBeUndefined(),
  );
});

describe('files of a folder', () => {
  it('are found by path, in folders below, and in any folder, each once and by name', async () => {
    using folder = new CsvFolder()
      .write('a.csv', '')
      .write('2026/a.csv', '')
      .write('2026/b.csv', '')
      .write('2026/q1/c.csv', '')
      .write('.hidden/d.csv', '')
      .write('2026/.e.csv', '');
    expect(await namesIn(folder, ['*.csv'])).toEqual(['a.csv']);
    expect(await namesIn(folder, ['2026/*.csv'])).toEqual(['2026/a.csv', '2026/b.csv']);
    expect(await namesIn(folder, ['*/*.csv', '*/a.csv', 'a.csv'])).toEqual(['2026/a.csv', '2026/b.csv', 'a.csv']);
    expect(await namesIn(folder, ['**/*.csv'])).toEqual(['2026/a.csv', '2026/b.csv', '2026/q1/c.csv', 'a.csv']);
    expect(await namesIn(folder, ['2026/**/c.csv'])).toEqual(['2026/q1/c.csv']);
    expect(await namesIn(folder, ['nowhere/*.csv'])).toEqual([]);
    expect(await namesIn(folder, ['.hidden/*.csv'])).toEqual(['.hidden/d.csv']);
  });

  it('are refused behind a link that leads out, of a file or of a folder', async () => {
    using outside = new CsvFolder().write('secret.csv', 'a\n1\n');
    using folder = new CsvFolder();
    symlinkSync(outside.path, join(folder.path, 'sub'));
    await expect(namesIn(folder, ['sub/*.csv'])).rejects.toMatchObject({
      kind: 'permission',
      code: 'SOURCE_OUTSIDE_FOLDER',
    });
    await expect(namesIn(folder, ['*/secret.csv'])).rejects.toMatchObject({ code: 'SOURCE_OUTSIDE_FOLDER' });
    symlinkSync(join(outside.path, 'secret.csv'), join(folder.path, 'x.csv'));
    await expect(namesIn(folder, ['*.csv'])).rejects.toMatchObject({ code: 'SOURCE_OUTSIDE_FOLDER' });
  });

  it('are not fooled by a folder whose name begins like the one that is open', async () => {
    using parent = new CsvFolder().write('data/a.csv', '').write('data-secret/b.csv', '');
    symlinkSync('../data-secret/b.csv', join(parent.path, 'data', 'b.csv'));
    const listing = listFiles(join(parent.path, 'data'), { patterns: ['*.csv'], checkpoint: () => {} });
    await expect(listing).rejects.toMatchObject({ code: 'SOURCE_OUTSIDE_FOLDER' });
  });

  it('end although links lead in a circle', async () => {
    using folder = new CsvFolder().write('sub/a.csv', '');
    symlinkSync(folder.path, join(folder.path, 'sub', 'loop'));
    expect(await namesIn(folder, ['**/*.csv'])).toEqual(['sub/a.csv']);
    symlinkSync('self.csv', join(folder.path, 'self.csv'));
    await expect(namesIn(folder, ['*.csv'])).rejects.toMatchObject({ kind: 'permission' });
  });

  it('leave out folders that have the name of a file', async () => {
    using folder = new CsvFolder().write('a.csv', '');
    mkdirSync(join(folder.path, 'b.csv'));
    expect(await namesIn(folder, ['*.csv'])).toEqual(['a.csv']);
  });

  it('count only when their mark is there, if the extract has one', async () => {
    using folder = new CsvFolder().write('a.csv', '').write('a.csv.done', '').write('b.csv', '');
    expect(await namesIn(folder, ['*'], '.done')).toEqual(['a.csv']);
  });

  it('are listed no further when the caller has had enough', async () => {
    using folder = new CsvFolder().write('a.csv', '');
    const checkpoint = (): void => {
      throw new RangeError('enough');
    };
    await expect(listFiles(folder.path, { patterns: ['*'], checkpoint })).rejects.toThrow('enough');
  });
});

describe('dates in names', () => {
  it.each([
    ['sales-{yyyy}-{MM}-{dd}.csv', 'sales-2024-02-29.csv', '2024-02-29', '2024-03-01'],
    ['{yyyy}{MM}*.csv', '202612_final.csv', '2026-12-01', '2027-01-01'],
    ['{dd}.{MM}.{yyyy}?.csv', '31.12.2026b.csv', '2026-12-31', '2027-01-01'],
    ['report {yyyy}.csv', 'report 2026.csv', '2026-01-01', '2027-01-01'],
  ])('by %s are read from %s', (pattern, name, start, end) => {
    expect(dateInName(pattern)(name)).toEqual({ start, end });
  });

  it.each([
    ['sales-{yyyy}-{MM}-{dd}.csv', 'sales-2026-02-29.csv'],
    ['sales-{yyyy}-{MM}-{dd}.csv', 'sales-2026-2-9.csv'],
    ['sales-{yyyy}-{MM}.csv', 'sales-2026-13.csv'],
    ['sales-{yyyy}.csv', 'xsales-2026.csv'],
    ['sales-{yyyy}.csv', 'sales-2026.csvx'],
    ['a.b-{yyyy}', 'aXb-2026'],
    ['{yyyy}', '0000'],
    ['{yyyy}', '９９９９'],
  ])('by %s are not read from %s', (pattern, name) => expect(dateInName(pattern)(name)).toBeUndefined());

  it.each(['a.csv', '{MM}-{dd}', '{yyyy}-{dd}', '{yyyy}{yyyy}', '{yyyy}-{mm}', 'x/{yyyy}', '*{yyyy}*{MM}*'])(
    'cannot be told by %s',
    (pattern) => expect(problemOfDatePattern(pattern)).toBeTypeOf('string'),
  );

  it('are those that were written, whatever stands around them', () => {
    const around = fc.stringMatching(/^[a-z().+$^|[\]-]{0,6}$/);
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(around, around, day, (before, after, date) => {
        const iso = date.toISOString().slice(0, 10);
        expect(dateInName(`${before}{yyyy}-{MM}-{dd}${after}`)(`${before}${iso}${after}`)?.start).toBe(iso);
      }),
    );
  });
});

describe('which files are taken', () => {
  it('is all of them by default', () => {
    expect(chooseFiles([file('a'), file('b')], 'all', WINDOW).files).toHaveLength(2);
  });

  it('is the one that changed last; of equals the last by name, with a note', () => {
    const files = [file('a', 5n), file('b', 9n), file('c', 9n), file('d', 1n)];
    const { files: taken, notes } = chooseFiles(files, 'newest', WINDOW);
    expect(taken.map(({ name }) => name)).toEqual(['c']);
    expect(notes).toEqual([expect.stringContaining('2 files changed last')]);
    expect(chooseFiles([file('a', 5n)], 'newest', WINDOW).notes).toEqual([]);
    expect(chooseFiles([], 'newest', WINDOW).files).toEqual([]);
  });

  it('is the one of the latest date; a correction of that date wins over what it corrects', () => {
    const take = { date_in_name: 'x-{yyyy}-{MM}-{dd}*.csv', keep: 'latest' } as const;
    const files = [file('x-2026-02-01.csv', 9n), file('x-2026-02-03-v2.csv', 3n), file('x-2026-02-03.csv', 2n)];
    const { files: taken, notes } = chooseFiles(files, take, WINDOW);
    expect(taken.map(({ name }) => name)).toEqual(['x-2026-02-03-v2.csv']);
    expect(notes).toEqual(['2 files have the date 2026-02-03; "x-2026-02-03-v2.csv" was read, which changed last']);
  });

  it('is all whose days touch the window, by date', () => {
    const take = { date_in_name: '{MM}-{yyyy}.csv', keep: 'all_in_window' } as const;
    const files = ['01-2026.csv', '02-2026.csv', '03-2026.csv', '12-2025.csv'].map((name) => file(name));
    expect(chooseFiles(files, take, WINDOW).files.map(({ name }) => name)).toEqual(['01-2026.csv', '02-2026.csv']);
    const wide = chooseFiles(files, take, { start: '2025-12-31', end: '2026-01-02' });
    expect(wide.files.map(({ name }) => name)).toEqual(['12-2025.csv', '01-2026.csv']);
  });

  it('is told in a note for files without a date, and an error when none has one', () => {
    const take = { date_in_name: 'x-{yyyy}.csv', keep: 'latest' } as const;
    const mixed = chooseFiles([file('sub/x-2026.csv'), file('x-old.csv')], take, WINDOW);
    expect(mixed.files.map(({ name }) => name)).toEqual(['sub/x-2026.csv']);
    expect(mixed.notes).toEqual([expect.stringContaining('"x-old.csv"')]);
    expect(() => chooseFiles([file('x-old.csv')], take, WINDOW)).toThrow(
      expect.objectContaining({ kind: 'layout', code: 'SOURCE_FILE_UNDATED' }),
    );
    expect(chooseFiles([], take, WINDOW).files).toEqual([]);
  });
});
