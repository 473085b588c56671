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
      true,
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
    const { columns } = parse(
      suggestedExtract('c', 'x', stream([field('a b'), field('a-b!'), field('1'), field('%')]), true),
    ).extracts.x;
    expect(Object.keys(columns)).toEqual(['a_b', 'a_b_2', 'column_1', 'column']);
  });

  it('asks for a decision where no column holds dates', () => {
    expect(suggestedExtract('c', 'x', stream([field('a')]), true)).toContain('time: "?"');
  });

  it('leaves out headings that are there twice or not at all, and says so: a read could not tell which is meant', () => {
    const fields = [field('day', { type: 'date' }), field('x'), field('x'), field(' '), field('y')];
    const text = suggestedExtract('c', 'x', stream(fields), true);
    expect(Object.keys(parse(text).extracts.x.columns)).toEqual(['day', 'y']);
    expect(text).toContain('# left out: "x" is the heading of 2 columns; rename all but one');
    expect(text).toContain('# left out: a column without a heading');
  });

  it('takes the time from a column it kept', () => {
    const fields = [field('day', { type: 'date' }), field('day', { type: 'date' }), field('sent', { type: 'date' })];
    expect(parse(suggestedExtract('c', 'x', stream(fields), true)).extracts.x.time).toBe('sent');
  });

  it('names the machine form of decimals as a locale where cells are text, and only there', () => {
    const fields = [field('v', { type: 'decimal', sample: ['1234.5', '-2'] })];
    const asText = suggestedExtract('c', 'x', stream(fields), true);
    expect(parse(asText).extracts.x.columns.v).toEqual({ type: 'decimal', locale: 'en-US-POSIX' });
    expect(asText).toContain('# en-US-POSIX: ');
    expect(parse(suggestedExtract('c', 'x', stream(fields), false)).extracts.x.columns.v).toBe('decimal');
  });

  it('names no locale where that would refuse what was sampled, such as exponents', () => {
    const fields = [field('v', { type: 'decimal', sample: ['1.5', '1e-7'] })];
    expect(parse(suggestedExtract('c', 'x', stream(fields), true)).extracts.x.columns.v).toBe('decimal');
  });

  it('writes what a terminal would obey so that YAML reads it back and no terminal sees it', () => {
    const name = 'a\u001b[2Jb\u0085\u202ec\nd';
    const text = suggestedExtract('c', 'x', stream([field(name)]), true);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(Object.values(parse(text).extracts.x.columns)).toEqual([{ type: 'text', from: name }]);
  });

  it('quotes names that YAML takes for something else', () => {
    const { x } = parse(
      suggestedExtract('c', 'x', stream([field('null'), field('on', { type: 'date' })]), true),
    ).extracts;
    expect(x).toMatchObject({ time: 'on', columns: { null: 'text', on: 'date' } });
    expect(suggestedExtract('c', 'x', stream([field('null')]), true)).toContain('"null": text');
  });
});

describe('freeExtractId', () => {
  const named = (name: string, kind: DiscoveredStream['kind'] = 'files') => ({ name, kind });

  it('makes an id of any name, and another where it is taken', () => {
    expect(freeExtractId(named('Sales 2026.csv'), new Set())).toBe('sales-2026');
    expect(freeExtractId(named('people_plan'), new Set(['people-plan', 'people-plan-2']))).toBe('people-plan-3');
    expect(freeExtractId(named('%!'), new Set())).toBe('new-extract');
  });

  it('keeps digits at the beginning, behind a letter', () => {
    expect(freeExtractId(named('2026-sales.csv'), new Set())).toBe('x-2026-sales');
    expect(freeExtractId(named('*-2026.csv'), new Set())).toBe('x-2026');
  });

  it('is made of the tab alone, and never longer than ids may be', () => {
    expect(freeExtractId(named('1AbCd/Sales Q1', 'sheet'), new Set())).toBe('sales-q1');
    const long = freeExtractId(named('a'.repeat(300)), new Set());
    expect(freeExtractId(named('a'.repeat(300)), new Set([long])).length).toBeLessThanOrEqual(100);
  });
});
