import type { CurrentActual } from '#src/store/types.js';
import type { MonthTotal } from '../database/orders-table.js';

/** Decimal places of every quotient that is stored. */
const QUOTIENT_PLACES = 20n;

/** A figure of a collection that stored anything else than the exact values would be a figure of something else. */
export function assertValues(actuals: readonly CurrentActual[], totals: ReadonlyMap<string, MonthTotal>): void {
  const found = new Map(actuals.map(({ measure, period, value }) => [`${measure} ${period.id}`, value]));
  let wrong = found.size === totals.size * 4 ? '' : `${found.size} values`;
  for (const [month, { amountCents, costCents, rows }] of totals) {
    const expected = {
      revenue: quotient(amountCents, 100n),
      'average-order': quotient(amountCents, rows * 100n),
      'cost-share': quotient(costCents, amountCents),
      orders: String(rows),
    };
    for (const [measure, value] of Object.entries(expected)) {
      const stored = found.get(`shop/${measure} ${month}`);
      if (stored !== value) wrong ||= `${measure} of ${month} must be ${value}, is ${stored}`;
    }
  }
  if (wrong !== '') throw new Error(`The collection is wrong: ${wrong}`);
}

/** Of two positive numbers, ties to even, as text without zeros at its end. */
function quotient(dividend: bigint, divisor: bigint): string {
  const scaled = dividend * 10n ** QUOTIENT_PLACES;
  const twice = (scaled % divisor) * 2n;
  const down = scaled / divisor;
  const units = twice > divisor || (twice === divisor && down % 2n === 1n) ? down + 1n : down;
  const digits = units.toString().padStart(Number(QUOTIENT_PLACES) + 1, '0');
  const whole = digits.slice(0, -Number(QUOTIENT_PLACES));
  return `${whole}.${digits.slice(-Number(QUOTIENT_PLACES))}`.replace(/\.?0+$/, '');
}
