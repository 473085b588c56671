/**
 * A circle in a graph of ids, as the ids on it with the first repeated at the end; `undefined` when there is none.
 *
 * Ids that have no entry lead nowhere. Walks without recursion, so the length of a chain does not matter.
 */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const trail: string[] = [];
    const onTrail = new Set<string>();
    const pending: { readonly id: string; readonly leave: boolean }[] = [{ id: start, leave: false }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { id, leave } = next;
      if (leave) {
        onTrail.delete(id);
        trail.pop();
        done.add(id);
      } else if (onTrail.has(id)) {
        return [...trail.slice(trail.indexOf(id)), id];
      } else if (!done.has(id)) {
        onTrail.add(id);
        trail.push(id);
        pending.push({ id, leave: true });
        for (const following of graph.get(id)?.toReversed() ?? []) pending.push({ id: following, leave: false });
      }
    }
  }
  return undefined;
}
