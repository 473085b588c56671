import type { TextVector } from '../../value/columns/column-vector.js';
import { UNSLICED } from '../../value/columns/raw-column.js';
import { compareTexts } from '../cell-order.js';
import { type ConditionSieve, HOLDS, keepWhere, type Operator, wrongVector } from './condition-sieve.js';

/** Texts by their code units. Whether two are equal is told by their bytes, without making texts of them. */
export function textSieve(operator: Operator, literal: string): ConditionSieve {
  const holds = HOLDS[operator];
  const bytes = new TextEncoder().encode(literal);
  const equality = operator === '=' || operator === '!=';
  return (vector, rows, count, kept) => {
    if (vector.kind !== 'text') throw wrongVector(vector, 'texts');
    return keepWhere(rows, count, kept, (row) => {
      const start = startOf(vector, row);
      if (equality && start >= 0) return sameBytes(vector, row, start, bytes) === (operator === '=');
      const text = vector.raw.textAt(row);
      return text !== null && holds(compareTexts(text, literal));
    });
  };
}

function startOf({ raw }: TextVector, row: number): number {
  return raw.bounds[raw.first + row * raw.stride] ?? UNSLICED;
}

function sameBytes({ raw }: TextVector, row: number, start: number, expected: Uint8Array): boolean {
  const end = raw.bounds[raw.first + row * raw.stride + 1] ?? start;
  if (end - start !== expected.length) return false;
  for (let at = 0; at < expected.length; at++) if (raw.bytes[start + at] !== expected[at]) return false;
  return true;
}
