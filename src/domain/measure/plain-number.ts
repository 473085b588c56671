import { canonical, Decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';

const PLAIN = /^-?\d+(?:\.\d+)?$/;

/** A number as it is written in configuration expressions (`-12.50`) in canonical form; `undefined` for anything else. */
export function plainNumber(text: string): DecimalText | undefined {
  return PLAIN.test(text) ? canonical(new Decimal(text)) : undefined;
}
