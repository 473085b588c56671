import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CsvExtractSchema } from '#connectors/csv/options.js';
import { CsvFolder } from './csv-folder.js';

const asked = { sampleRows: 50, signal: new AbortController().signal };

describe('discovering a folder', () => {
  it('puts files of one shape together, and offers an extract that reads them', async () => {
    using folder = new CsvFolder()
      .write('sales-2026-01.csv', 'Monat;Wert\n2026-01;1,5\n')
      .write('sales-2026-02.csv', 'Monat;Wert\n2026-02;2,5\n2026-03;\n')
      .age('sales-2026-01.csv', '2026-01-01T00:00:00Z')
      .write('2026/q1/people.tsv', 'id\tname\n1\tA\n')
      .write('manual.pdf', '%PDF')
      .write('.hidden.csv', 'x\n1\n');
    const streams = await (await folder.open()).discover(asked);
    expect(streams.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '*/q*/people.tsv files',
      'sales-*-*.csv files',
    ]);
    const [people, sales] = streams;
    expect(people?.source).toMatchObject({ files: '*/q*/people.tsv', delimiter: 'tab' });
    expect(sales).toMatchObject({
      sampledRows: 2,
      source: { files: 'sales-*-*.csv', delimiter: ';', encoding: 'utf-8' },
    });
    expect(sales?.fields.map(({ name, blanks }) => `${name} ${blanks}`)).toEqual(['Monat 0', 'Wert 1']);
    expect(sales?.notes[0]).toContain('2 files');
    const options = CsvExtractSchema.parse({ ...sales?.source, stands_still_seconds: 0 });
    expect((await folder.read(['Wert'], options)).rows).toEqual([['1,5'], ['2,5'], [null]]);
  });

  it('answers the same twice, and another fingerprint when the layout changed', async () => {
    using folder = new CsvFolder().write('a.csv', 'x,y\n1,2\n');
    const source = await folder.open();
    const first = await source.discover(asked);
    expect(await source.discover(asked)).toEqual(first);
    folder.write('a.csv', 'x,y\n3,4\n5,6\n');
    expect((await source.discover(asked))[0]?.fingerprint).toBe(first[0]?.fingerprint);
    folder.write('a.csv', 'x,z\n3,4\n');
    expect((await source.discover(asked))[0]?.fingerprint).not.toBe(first[0]?.fingerprint);
  });

  it('looks at the beginning only, of packed files too', async () => {
    const many = `v,w\n${'12,34\n'.repeat(1_000_000)}`;
    using folder = new CsvFolder().write('a.csv', many).write('b.csv.gz', gzipSync(many));
    const streams = await (await folder.open()).discover({ ...asked, sampleRows: 7 });
    expect(streams.map(({ name, sampledRows }) => `${name} ${sampledRows}`)).toEqual(['a.csv 7', 'b.csv.gz 7']);
  });

  it('goes on after a file that cannot be read, and says why', async () => {
    using folder = new CsvFolder().write('a.csv.gz', 'no gzip').write('b.csv', 'x,y\n1,2\n');
    const [bad, good] = await (await folder.open()).discover(asked);
    expect(bad).toMatchObject({ fields: [], sampledRows: 0, source: { files: 'a.csv.gz' } });
    expect(bad?.notes.join()).toContain('not to be read');
    expect(good?.fields).toHaveLength(2);
  });

  it('shows the stream that is named, by its shape or by any pattern', async () => {
    using folder = new CsvFolder()
      .write('a-1.csv', 'x,y\n1,2\n')
      .write('a-2.csv', 'x,y\n1,2\n')
      .write('b.csv', 'z,y\n1,2\n');
    const source = await folder.open();
    const names = async (stream: string) => (await source.discover({ ...asked, stream })).map(({ name }) => name);
    expect(await names('a-*.csv')).toEqual(['a-*.csv']);
    expect(await names('a-2.csv')).toEqual(['a-2.csv']);
    expect(await names('nothing')).toEqual([]);
    expect(await names('../*')).toEqual([]);
  });

  it('warns when a pattern matches files of another shape', async () => {
    using folder = new CsvFolder().write('s-1.csv', 'x\n1\n').write('s-returns-1.csv', 'x\n1\n');
    const streams = await (await folder.open()).discover(asked);
    expect(streams[0]?.notes.join()).toContain('"s-returns-1.csv"');
  });

  it('is cancelled, and tells a missing folder from an empty one', async () => {
    using folder = new CsvFolder();
    const source = await folder.open();
    expect(await source.discover(asked)).toEqual([]);
    await expect(source.discover({ ...asked, signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    });
    const missing = await folder.open({ folder: '/nonexistent' });
    await expect(missing.discover(asked)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
