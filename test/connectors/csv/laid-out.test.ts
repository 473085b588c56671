import { describe, expect, it } from 'vitest';
import type { CsvExtract } from '#connectors/csv/options.js';
import type { Layout } from '#connectors/sdk/layout/layout-options.js';
import { CsvFolder } from './csv-folder.js';

describe('files that people laid out', () => {
  it('with dates across give a row for each cell, and balance', async () => {
    using folder = new CsvFolder().write('a.csv', 'Indicator;2026-01;2026-02\nRevenue;1,5;\nCosts;2;3\n');
    const layout: Layout = { kind: 'pivot', keep: ['Indicator'], time: 'time', value: 'value' };
    const read = await folder.read(['Indicator', 'time', 'value'], { layout });
    expect(read.rows).toContainEqual(['Revenue', '2026-01', '1,5']);
    expect(read.rows).toContainEqual(['Costs', '2026-02', '3']);
    expect(read.places[0]).toContain('a.csv:2');
  });

  it('as keys beside values give one row for each file', async () => {
    using folder = new CsvFolder()
      .write('a.csv', 'key,value\nmonth,2026-01\nheadcount,12\n')
      .write('b.csv', 'key,value\nmonth,2026-02\nheadcount,13\n');
    const layout = { kind: 'key_value', keys: 'key', values: 'value' } as const;
    const read = await folder.read(['month', 'headcount'], { layout });
    expect(read.rows).toEqual([
      ['2026-01', '12'],
      ['2026-02', '13'],
    ]);
  });

  it('as single cells give their row by places, the header being row 1', async () => {
    using folder = new CsvFolder().write('a.csv', 'Report,2026-01\nTotal,7\n');
    const layout = { kind: 'cell', cells: { month: 'B1', total: 'B2' } } as const;
    expect((await folder.read(['month', 'total'], { layout })).rows).toEqual([['2026-01', '7']]);
  });
});

describe('single cells of a file', () => {
  const at = (v: string) => ({ kind: 'cell', cells: { v, d: 'A3' } }) as const;
  const cellOf = async (content: string, v: string, options: Partial<CsvExtract> = {}) => {
    using folder = new CsvFolder().write('a.csv', content);
    const { rows, summary } = await folder.read(['v'], { layout: at(v), ...options });
    return { value: rows[0]?.[0], notes: summary.notes ?? [] };
  };

  it('are no names that were made up: a blank line above a file without a header is blank', async () => {
    const { value, notes } = await cellOf('\nTotal,500\n2026-03-01,x\n', 'B1', { header: 'none' });
    expect(value).toBeNull();
    expect(notes).toContainEqual(expect.stringContaining('B1 lies in a blank row'));
    expect((await cellOf('Total,500\n2026-03-01,x\n', 'B1', { header: 'none' })).value).toBe('500');
    expect((await cellOf('\n\nTotal,500\n2026-03-01,x\n', 'B3')).value).toBe('500');
    expect((await cellOf('\n\nTotal,500\n2026-03-01,x\n', 'B2')).value).toBeNull();
  });

  it.each<[string, string, string, Partial<CsvExtract>, string]>([
    [
      'lines that are skipped',
      'Report,812\nTotal,500\n2026-03-01,x\n',
      'B1',
      { header: 'none', skip_lines: 1 },
      'begins in line 2',
    ],
    ['a preamble', 'Report,812\nItem,Sum\n2026-03-01,x\n', 'B1', { header: { row: 2 } }, 'begins in line 2'],
    ['a hint of the delimiter', 'sep=,\nItem,Sum\n2026-03-01,x\n', 'A1', {}, 'begins in line 2'],
    ['the rows of a joined header', 'Q1,Q1\nplan,actual\n1,2\n', 'B2', { header: { rows: 2 } }, 'begins in line 3'],
    [
      'a footer',
      'Item,Sum\na,1\n2026-03-01,x\nTotal,99\n',
      'B4',
      { footer: { from: 'Total' } },
      'the table ends in line 3',
    ],
    ['the middle of a record', 'Item,Sum\n"a\nb\nc",1\n2026-03-01,x\n', 'B3', {}, 'begins in line 2'],
    ['the middle of a header', '"Item\nname",Sum\na,1\n', 'B2', {}, 'begins in line 1'],
  ])('are refused in %s', async (_, content, place, options, message) => {
    const reading = cellOf(content, place, { repairs: ['missing_cells'], ...options });
    await expect(reading).rejects.toMatchObject({
      kind: 'layout',
      code: 'SOURCE_COLUMN_MISSING',
      message: expect.stringMatching(`${place} \\("v"\\) in file "a.csv": .*${message}`),
    });
  });

  it('are found in the first line of a header that goes over several, and behind records that do', async () => {
    expect((await cellOf('"Item\nname",Sum\na,1\n', 'B1')).value).toBe('Sum');
    expect((await cellOf('Item,Sum\r\n"a\r\nb",1\r\n2026-03-01,x\r\n', 'B4')).value).toBe('x');
  });

  it('may be named where nobody reads them, if nobody asks for them', async () => {
    using folder = new CsvFolder().write('a.csv', 'Report,812\nTotal,500\n2026-03-01,x\n');
    const read = await folder.read(['d'], { header: 'none', skip_lines: 1, layout: at('B1') });
    expect(read.rows).toEqual([['2026-03-01']]);
  });
});
