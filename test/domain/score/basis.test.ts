import { describe, expect, it } from 'vitest';
import { basisValue } from '#src/domain/score/basis.js';
import type { Target } from '#src/domain/target/types.js';
import { canonical } from '#src/domain/value/decimal.js';

const single = (value: string): Target => ({ kind: 'value', value });
const range: Target = { kind: 'range', low: '72', high: '82' };

function on(basis: 'value' | 'percent_of_target' | 'distance_from_target', value: string, target?: Target): string {
  const reading = basisValue(basis, value, target);
  return reading.ok ? canonical(reading.value) : reading.reason;
}

describe('basisValue', () => {
  it('is the value itself, with or without a target', () => {
    expect(on('value', '-3.5')).toBe('-3.5');
    expect(on('value', '5', single('0'))).toBe('5');
  });

  it('is a percentage of the target', () => {
    expect(on('percent_of_target', '45', single('50'))).toBe('90');
    expect(on('percent_of_target', '75', single('50'))).toBe('150');
    expect(on('percent_of_target', '-5', single('50'))).toBe('-10');
    expect(on('percent_of_target', '0', single('50'))).toBe('0');
    expect(on('percent_of_target', '95', single('85'))).toBe('111.76470588235294117647');
  });

  it.each(['0', '-2'])('has no percentage of the target %s', (target) => {
    expect(on('percent_of_target', '3', single(target))).toContain(`target ${target}, which is not above 0`);
  });

  it('has no percentage of a range', () => {
    expect(on('percent_of_target', '75', range)).toContain('range 72 to 82');
  });

  it('is the distance from a target, never negative', () => {
    expect(on('distance_from_target', '55', single('50'))).toBe('5');
    expect(on('distance_from_target', '45', single('50'))).toBe('5');
    expect(on('distance_from_target', '-3', single('-2'))).toBe('1');
    expect(on('distance_from_target', '0.3', single('0.1'))).toBe('0.2');
  });

  it('is the distance outside a range, 0 on its ends and inside', () => {
    expect(['70.5', '72', '77', '82', '85'].map((value) => on('distance_from_target', value, range))).toEqual([
      '1.5',
      '0',
      '0',
      '0',
      '3',
    ]);
  });

  it('says so when a target is needed and there is none', () => {
    expect(on('percent_of_target', '5')).toBe('no target is in force');
    expect(on('distance_from_target', '5')).toBe('no target is in force');
  });
});
