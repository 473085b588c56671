import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePlaces } from '#src/domain/measure/cell-order.js';

const place = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'sales.csv:', ' row ', '', '0', '00', 'é'),
      fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

describe('comparePlaces()', () => {
  it.each([
    ['sales.csv:9', 'sales.csv:13'],
    ['query 3fa9c1 row 99', 'query 3fa9c1 row 100'],
    ['b-2.csv:100', 'b-10.csv:1'],
    ['tab!A9', 'tab!A10'],
    ['tab!B2', 'tab!B2, heading 1'],
    ['x:99999999999999999998', 'x:99999999999999999999'],
    ['a.csv:9', 'b.csv:1'],
    ['a:007', 'a:12'],
    ['a:07', 'a:7'],
    ['a:007b', 'a:7c'],
    ['', 'a'],
  ])('puts %j before %j', (first, second) => {
    expect(comparePlaces(first, second)).toBeLessThan(0);
    expect(comparePlaces(second, first)).toBeGreaterThan(0);
  });

  it('is a total order in which only equal texts are equal', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(Math.sign(comparePlaces(a, b))).toBe(-Math.sign(comparePlaces(b, a)) || 0);
        expect(comparePlaces(a, b) === 0).toBe(a === b);
        if (comparePlaces(a, b) <= 0 && comparePlaces(b, c) <= 0) expect(comparePlaces(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
