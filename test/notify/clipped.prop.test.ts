import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped } from '#src/notify/clipped.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (character: string): string => ENTITIES[character] ?? character;

function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

describe('clipped()', () => {
  it('is never longer than asked for, never empty, and cuts no letter and no entity in two', () => {
    const anyText = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('&', '<', '👩‍👩‍👧', '\r\n', '\u0007')),
    });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 40 }), (text, most) => {
        const result = clipped(text, most, escaped);
        expect(result.length).toBeLessThanOrEqual(most);
        expect(result).not.toBe('');
        expect(result).not.toMatch(/&(?!(?:amp|lt|gt);)|[<>]|[^\P{Cc}\n]/u);
        if (isWellFormed(text)) expect(isWellFormed(result)).toBe(true);
      }),
    );
  });

  it.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['ab👩c', 4, 'ab…'],
    ['  \u0000 ', 5, '–'],
  ])('makes of %j in %i: %j', (text, most, result) => expect(clipped(text, most)).toBe(result));
});
