import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainInstant, storedInstant } from '#src/store/stored-values.js';

const milliseconds = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2999, 11, 31) });
const iso = (time: number): string => new Date(time).toISOString();

describe('stored instants', () => {
  it('order as text the way they order as time', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, (a, b) => {
        const [left, right] = [a, b].map((time) => storedInstant(plainInstant(iso(time))));
        expect(Math.sign(a - b)).toBe(left === right ? 0 : String(left) < String(right) ? -1 : 1);
      }),
    );
  });

  it('come back as the domain writes them, and once more the same', () => {
    fc.assert(
      fc.property(milliseconds, (time) => {
        const plain = plainInstant(storedInstant(iso(time)));
        expect(plain).not.toMatch(/\.0*Z$|0Z$(?<=\..*)/);
        expect(Date.parse(plain)).toBe(time);
        expect(plainInstant(storedInstant(plain))).toBe(plain);
      }),
    );
  });

  it('are cut to milliseconds', () => {
    expect(storedInstant('2026-03-01T00:00:00.1239Z')).toBe('2026-03-01T00:00:00.123Z');
    expect(storedInstant('2026-03-01T00:00:00Z')).toBe('2026-03-01T00:00:00.000Z');
    expect(plainInstant('2026-03-01T00:00:00.000Z')).toBe('2026-03-01T00:00:00Z');
    expect(plainInstant('2026-03-01T10:20:30.100Z')).toBe('2026-03-01T10:20:30.1Z');
  });

  it.each(['2026-03-01', '2026-03-01T00:00:00', '2026-03-01T00:00:00+00:00', ''])('are not made of "%s"', (text) => {
    expect(() => storedInstant(text)).toThrow(expect.objectContaining({ code: 'BUG_BAD_INSTANT' }));
  });
});
