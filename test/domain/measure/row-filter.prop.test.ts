import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimalTexts } from '#src/domain/measure/cell-order.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Condition } from '#src/domain/measure/types.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 25 }))
  .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`)));

const condition: fc.Arbitrary<Condition> = fc.record({
  column: fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/).filter((name) => name !== 'and'),
  operator: fc.constantFrom('=', '!='),
  value: fc.oneof(fc.boolean(), fc.constant(null)),
});
const ordered: fc.Arbitrary<Condition> = fc
  .tuple(
    condition,
    fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
  )
  .chain(([base, operator]) =>
    fc.oneof(
      number.map((value): Condition => ({ ...base, operator, value, literal: 'number' })),
      fc.string().map((value): Condition => ({ ...base, operator, value, literal: 'text' })),
    ),
  );

function written({ column, operator, value, literal }: Condition): string {
  const text = literal === 'text' && typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  return `${column} ${operator} ${text}`;
}

describe('row filters', () => {
  it('come back the same when written and read', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(condition, ordered), { minLength: 1, maxLength: 5 }), (filter) => {
        expect(parseRowFilter(filter.map(written).join(' and '))).toEqual({ ok: true, filter });
      }),
    );
  });

  it('give a filter or a refusal inside the text for any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const reading = parseRowFilter(text);
        if (reading.ok) return;
        expect(reading.position).toBeGreaterThanOrEqual(0);
        expect(reading.position).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('order decimals by their text as decimal arithmetic does', () => {
    fc.assert(
      fc.property(number, number, (left, right) => {
        expect(Math.sign(compareDecimalTexts(left, right))).toBe(new Decimal(left).comparedTo(right));
      }),
    );
  });
});
