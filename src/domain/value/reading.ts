import type { Reading, RejectRule } from './types.js';

/** A cell that could be read. */
export function accepted<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** A cell that could not be used: the rule it broke, what is wrong (without the raw text), what would be right. */
export function rejected(rule: RejectRule, message: string, remedy: string): { ok: false } & Reading<never> {
  return { ok: false, problem: { rule, message, remedy } };
}
