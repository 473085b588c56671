import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DiscoveredField, DiscoveredStream } from '#connectors/sdk/discovery.js';
import { freeExtractId, suggestedExtract } from '#src/cli/source/suggested-extract.js';

const field = (name: string, change: Partial<DiscoveredField> = {}): DiscoveredField => ({
  name,
  type: 'text',
  settings: {},
  evidence: 'declared text',
  blanks: 0,
  sample: [],
  ...change,
});

const stream = (fields: readonly DiscoveredField[]): DiscoveredStream => ({
  name: 'Sales 2026.csv',
  kind: 'files',
  fields,
  sampledRows: 3,
  fingerprint: '0123456789abcdef',
  source: { files: 'sales-*.csv', delimiter: ';', list: ['a', 1] },
  notes: [],
});

describe('suggestedExtract', () => {
  it('is YAML that holds the source, the first column of dates as time, and each column with its settings', () => {
    const text = suggestedExtract(
      'exports',
      'sales',
      stream([
        field('Umsatz (€)', { type: 'decimal', settings: { locale: 'de-DE' } }),
        field('day', { type: 'date', settings: { pattern: 'dd.MM.yyyy' } }),
        field('region'),
      ]),
    );
    expect(parse(text)).toEqual({
      extracts: {
        sales: {
          connection: 'exports',
          schedule: { every: 'day', at: '06:30' },
          source: { files: 'sales-*.csv', delimiter: ';', list: ['a', 1] },
          time: 'day',
          columns: {
            umsatz: { type: 'decimal', from: 'Umsatz (€)', locale: 'de-DE' },
            day: { type: 'date', pattern: 'dd.MM.yyyy' },
            region: 'text',
          },
        },
      },
    });
  });

  it('gives columns names that differ, also where only signs made the difference', () => {
    const { columns } = parse(suggestedExtract('c', 'x', stream([field('a b'), field('a-b!'), field('1'), field('%')])))
      .extracts.x;
    expect(Object.keys(columns)).toEqual(['a_b', 'a_b_2', 'column_1', 'column_']);
  });

  it('asks for a decision where no column holds dates', () => {
    expect(suggestedExtract('c', 'x', stream([field('a')]))).toContain('time: "?"');
  });
});

describe('freeExtractId', () => {
  it('makes an id of any name, and another where it is taken', () => {
    expect(freeExtractId('Sales 2026.csv', new Set())).toBe('sales-2026');
    expect(freeExtractId('people_plan', new Set(['people-plan', 'people-plan-2']))).toBe('people-plan-3');
    expect(freeExtractId('2026!', new Set())).toBe('new-extract');
  });
});
