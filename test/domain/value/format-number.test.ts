import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#src/domain/value/format-number.js';

describe('formatDecimal()', () => {
  it.each([
    ['1234567.891', 1, '1,234,567.9'],
    ['1234.5', 0, '1,234'],
    ['1235.5', 0, '1,236'],
    ['0.125', 2, '0.12'],
    ['0', 2, '0.00'],
    ['-0.004', 2, '0.00'],
    ['-12', 1, '-12.0'],
    ['-0.5', 1, '-0.5'],
    ['12345678901234567890123456789012345678', 0, '12,345,678,901,234,567,890,123,456,789,012,345,678'],
    ['0.12345678901234567890123456789012345678', 38, '0.12345678901234567890123456789012345678'],
  ])('shows %s with %i places as %s', (value, places, shown) => {
    expect(formatDecimal(value, places)).toBe(shown);
  });

  it('uses the separators of the locale', () => {
    expect(formatDecimal('1234567.5', 2, 'de-DE')).toBe('1.234.567,50');
    expect(formatDecimal('1234567.5', 1, 'en-IN')).toBe('12,34,567.5');
    expect(formatDecimal('-1234.5', 2, 'bn-BD')).toBe('-১,২৩৪.৫০');
  });

  it('does not answer in the language of the machine for an unknown locale', () => {
    expect(() => formatDecimal('1', 0, 'xx-YY')).toThrow('"xx-YY"');
  });
});
