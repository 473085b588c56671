import { describe, expect, it } from 'vitest';
import { unitIdOf } from '#src/domain/unit/unit-id.js';

describe('unitIdOf()', () => {
  it.each([
    ['north', 'north'],
    ['Köln Süd 2', 'koln-sud-2'],
    ['Hauptstraße', 'hauptstrasse'],
    ['  A & B / C  ', 'a-b-c'],
    ['007', '007'],
    ['İzmir', 'izmir'],
    ['Ｎｏｒｔｈ', 'north'],
    ['--', ''],
    ['東京', ''],
    [`${'x'.repeat(59)}-y`, 'x'.repeat(59)],
  ])('makes of %j the id %j', (key, id) => {
    expect(unitIdOf(key)).toBe(id);
  });

  it('keeps an id as it is', () => {
    for (const id of ['a', '1', 'shop-12', 'a--b']) expect(unitIdOf(unitIdOf(id))).toBe(unitIdOf(id));
  });
});
