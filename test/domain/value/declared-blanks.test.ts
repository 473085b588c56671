import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, TypedCell } from '#src/domain/value/types.js';
import { anyText, column } from './arbitraries.js';

const read = (raw: string | null, spec: ColumnSpec): TypedCell => {
  const reading = createCellReader(spec)(raw);
  return reading.ok ? reading.value : reading.problem.rule;
};

describe('texts that a column declares to be blanks', () => {
  it('are blank without regard to case and white space, and never 0', () => {
    const spec = column('decimal', { blanks: ['n/a', '-'] });
    expect(['n/a', 'N/A', ' n/a ', '-'].map((raw) => read(raw, spec))).toEqual([null, null, null, null]);
    expect(read('0', spec)).toBe('0');
    expect(read('n.a.', spec)).toBe('number_grammar');
  });

  it('stand for each form of the same number, and for no other number', () => {
    const spec = column('decimal', { blanks: ['0'], locale: 'de-DE' });
    expect(['0', '0,00', '-0', '00'].map((raw) => read(raw, spec))).toEqual([null, null, null, null]);
    expect(['0,01', '10', '-1'].map((raw) => read(raw, spec))).toEqual(['0.01', '10', '-1']);
  });

  it('reject the row where a value is required, as nothing at all does', () => {
    const spec = column('integer', { blanks: ['0'], required: true });
    expect([null, '', '0', '7'].map((raw) => read(raw, spec))).toEqual([
      'blank_required',
      'blank_required',
      'blank_required',
      '7',
    ]);
  });

  it('may be errors of a spreadsheet, of which others stay rejects', () => {
    const spec = column('decimal', { blanks: ['#N/A'] });
    expect([read('#N/A', spec), read('#REF!', spec)]).toEqual([null, 'error_token']);
  });

  it('may be a date that stands for none, or a word without a place in an order', () => {
    expect(read('9999-12-31', column('date', { blanks: ['9999-12-31'] }))).toBeNull();
    expect(read('31.12.9999', column('date', { blanks: ['9999-12-31'], pattern: 'dd.MM.yyyy' }))).toBe('9999-12-31');
    expect(read('not rated', column('ordinal', { order: ['B', 'A'], blanks: ['Not rated'] }))).toBeNull();
    expect(read('unknown', column('boolean', { blanks: ['unknown'] }))).toBeNull();
  });

  it('change nothing about any other text', () => {
    const plain = column('decimal');
    const declared = column('decimal', { blanks: ['-999'] });
    fc.assert(
      fc.property(anyText, (raw) => {
        fc.pre(read(raw, plain) !== '-999');
        expect(read(raw, declared)).toEqual(read(raw, plain));
      }),
    );
  });
});
