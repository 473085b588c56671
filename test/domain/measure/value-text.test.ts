import { describe, expect, it } from 'vitest';
import { valueText } from '#src/domain/measure/value-text.js';

describe('valueText', () => {
  it('shows the decimals and the unit of the measure', () => {
    expect(valueText('78.44', { unit: 'percent', decimals: 1 })).toBe('78.4 %');
    expect(valueText('12', { unit: 'days', decimals: 0 })).toBe('12 days');
    expect(valueText('3', { unit: '', decimals: 2 })).toBe('3.00');
  });

  it('shows the word of an ordinal, and the number where there is no such place', () => {
    const rating = { unit: '', decimals: 0, labels: ['B', 'A-', 'AA'] };
    expect(valueText('2', rating)).toBe('A-');
    expect(valueText('4', rating)).toBe('4');
  });

  it('rounds halves to the even neighbour', () => {
    expect(valueText('2.5', { unit: '', decimals: 0 })).toBe('2');
    expect(valueText('3.5', { unit: '', decimals: 0 })).toBe('4');
  });

  it('shows no sign before a value that rounds to 0', () => {
    expect(valueText('-0.04', { unit: '', decimals: 1 })).toBe('0.0');
  });
});
