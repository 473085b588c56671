import { describe, expect, it } from 'vitest';
import { targetInForce, targetText } from '#src/domain/target/target-in-force.js';
import type { TargetVersion } from '#src/domain/target/types.js';

const versions: readonly TargetVersion[] = [
  { from: '2025-01-01', target: { kind: 'value', value: '80' } },
  { from: '2026-03-15', target: { kind: 'value', value: '85' } },
];

describe('targetInForce', () => {
  it('is undefined before the first version and without any', () => {
    expect(targetInForce(versions, { start: '2024-12-31' })).toBeUndefined();
    expect(targetInForce([], { start: '2026-01-01' })).toBeUndefined();
  });

  it('holds from its day on', () => {
    expect(targetInForce(versions, { start: '2025-01-01' })).toEqual({ kind: 'value', value: '80' });
    expect(targetInForce(versions, { start: '2026-03-15' })).toEqual({ kind: 'value', value: '85' });
  });

  it('does not change inside a period', () => {
    expect(targetInForce(versions, { start: '2026-03-01' })).toEqual({ kind: 'value', value: '80' });
  });

  it('does not depend on the order of the list', () => {
    expect(targetInForce([...versions].reverse(), { start: '2026-04-01' })).toEqual({ kind: 'value', value: '85' });
  });
});

describe('a version that expires', () => {
  const expiring: readonly TargetVersion[] = [
    { from: '2025-01-01', target: { kind: 'value', value: '80' } },
    { from: '2026-01-01', until: '2026-03-15', target: { kind: 'value', value: '85' } },
  ];

  it('holds for a period that starts before its end, and for none that starts on it', () => {
    expect(targetInForce(expiring, { start: '2026-03-14' })).toEqual({ kind: 'value', value: '85' });
    expect(targetInForce(expiring, { start: '2026-03-15' })).toBeUndefined();
  });

  it('does not bring the version before it back', () => {
    expect(targetInForce(expiring, { start: '2027-01-01' })).toBeUndefined();
  });
});

describe('targetText', () => {
  it('writes a value and a range, with the unit when asked', () => {
    expect(targetText({ kind: 'value', value: '85' })).toBe('85');
    expect(targetText({ kind: 'value', value: '85' }, 'percent')).toBe('85 %');
    expect(targetText({ kind: 'range', low: '72', high: '82' })).toBe('72..82');
    expect(targetText({ kind: 'range', low: '-2', high: '2' }, 'days')).toBe('-2..2 days');
    expect(targetText({ kind: 'value', value: '5' }, '')).toBe('5');
  });
});
