import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  fixedDifference,
  quantityIn,
  quantityText,
  readQuantity,
  scaled,
} from '#src/domain/score/quantity.js';
import type { Quantity } from '#src/domain/score/types.js';
import { canonical } from '#src/domain/value/decimal.js';
import { factsOf } from './facts.js';

function read(text: string, labels: readonly string[] = []): Quantity {
  const reading = readQuantity(text, labels);
  if (!reading.ok) throw new Error(reading.message);
  return reading.quantity;
}

describe('readQuantity', () => {
  it.each([
    ['85', '85'],
    [' -1.50 ', '-1.5'],
    ['threshold', 'threshold'],
    ['last-year', 'last-year'],
    ['target + 5', 'target + 5'],
    ['target - 5.0', 'target - 5'],
    ['5 + target', 'target + 5'],
    ['1.1 * target', '1.1 * target'],
    ['target * 1.10', '1.1 * target'],
    ['2 * threshold - target', '2 * threshold - target'],
    ['-1 * target + 10', '-1 * target + 10'],
    ['target + target', '2 * target'],
    ['target - target', '0'],
    ['0 * target + 3', '3'],
    ['1 + 2 - 0.5', '2.5'],
  ])('reads %j as %j', (text, canonicalText) => {
    expect(quantityText(read(text))).toBe(canonicalText);
  });

  it.each([
    '',
    'target +',
    '+ target',
    'target -5',
    '2 threshold',
    'target * threshold',
    '2 * 3 * target',
    '1,000',
    '1e3',
    'Target',
    'a b',
  ])('refuses %j', (text) => {
    expect(readQuantity(text)).toMatchObject({ ok: false, remedy: expect.stringContaining('threshold + 5') });
  });

  it('reads a label with quotes or without as its place', () => {
    expect(read("'AA-'", ['B', 'AA-'])).toBe('2');
    expect(read('AA-', ['B', 'AA-'])).toBe('2');
    expect(readQuantity("'C'", ['B', 'AA-'])).toMatchObject({ ok: false, remedy: "use one of 'B', 'AA-'" });
  });
});

describe('quantities', () => {
  const series = { target: '20', threshold: '8', band: { kind: 'range', low: '1', high: '2' } } as const;
  const value = (quantity: Quantity): string => {
    const found = quantityIn(quantity, factsOf('0', series));
    return found.ok ? canonical(found.value) : `${found.status}: ${found.reason}`;
  };

  it('are numbers in a period', () => {
    expect(['85', 'target', '2 * threshold - target', '0.1 * target + 0.2'].map((text) => value(read(text)))).toEqual([
      '85',
      '20',
      '-4',
      '2.2',
    ]);
  });

  it('are none without a value of their series, or with a range', () => {
    expect(value(read('benchmark'))).toBe('no_target: no benchmark is in force on 2026-03-01');
    expect(value(read('target + band'))).toContain('insufficient_data: the band is the range 1 to 2');
  });

  it('add up and scale', () => {
    expect(quantityText(addQuantities(read('target + 1'), read('threshold'), '-2'))).toBe('target - 2 * threshold + 1');
    expect(quantityText(scaled(read('target + 1'), '-0.5'))).toBe('-0.5 * target - 0.5');
  });

  it('differ by a number only where their series are the same', () => {
    expect(fixedDifference(read('target + 5'), read('target'))?.toString()).toBe('5');
    expect(fixedDifference('3', '5')?.toString()).toBe('-2');
    expect(fixedDifference(read('target'), read('threshold'))).toBeUndefined();
    expect(fixedDifference(read('target'), '3')).toBeUndefined();
  });
});
