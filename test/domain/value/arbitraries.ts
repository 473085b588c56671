import fc from 'fast-check';
import type { ColumnSpec } from '#src/domain/value/types.js';

/** Canonical decimals of up to 38 digits, 0 to 37 of them behind the point. */
export const anyDecimalText: fc.Arbitrary<string> = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
    fc.integer({ min: 0, max: 37 }),
    fc.integer({ min: 0, max: 37 }),
  )
  .map(([digits, places, shorter]) => {
    const unscaled = digits / 10n ** BigInt(shorter);
    const magnitude = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(places + 1, '0');
    const integer = magnitude.slice(0, magnitude.length - places);
    const fraction = magnitude.slice(magnitude.length - places).replace(/0+$/, '');
    const text = fraction === '' ? integer : `${integer}.${fraction}`;
    return unscaled < 0n && text !== '0' ? `-${text}` : text;
  });

/** Texts that nearly are numbers or dates, and any others. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."0123456789.,-+()eE \u00a0\u202f\u2212\u2019'%#:TZ/"), maxLength: 40 }),
  fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/),
);

/** A column of a type, with what a test wants to say about it. */
export function column(type: ColumnSpec['type'], more: Partial<ColumnSpec> = {}): ColumnSpec {
  return { name: 'amount', sourceName: 'AMOUNT', type, timeZone: 'Europe/Berlin', required: false, ...more };
}
