import { findCycle } from './find-cycle.js';

/** Everything in an order in which it can be computed, or why there is none. */
export type DependencyOrder =
  | { readonly ok: true; readonly order: readonly string[] }
  /** A circle, with its first id again at the end: `a`, `b`, `a`. */
  | { readonly ok: false; readonly cycle: readonly string[] };

/**
 * Orders things so that each comes after all it is made of.
 *
 * Things that do not depend on each other stay in the order they were given in. Walks without recursion, so the
 * length of a chain does not matter.
 *
 * @param graph what each thing is made of; ids without an entry are there already and are not in the order
 */
export function dependencyOrder(graph: ReadonlyMap<string, readonly string[]>): DependencyOrder {
  const cycle = findCycle(graph);
  if (cycle !== undefined) return { ok: false, cycle };
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of graph.keys()) {
    const pending = [{ id: start, isReady: false }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { id, isReady } = next;
      if (isReady) {
        order.push(id);
        continue;
      }
      const parts = graph.get(id);
      if (seen.has(id) || parts === undefined) continue;
      seen.add(id);
      pending.push({ id, isReady: true });
      for (const part of parts.toReversed()) pending.push({ id: part, isReady: false });
    }
  }
  return { ok: true, order };
}
