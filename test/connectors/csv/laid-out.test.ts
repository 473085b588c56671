import { describe, expect, it } from 'vitest';
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
