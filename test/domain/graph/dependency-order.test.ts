import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '#src/domain/graph/dependency-order.js';

describe('dependencyOrder', () => {
  it('puts everything behind what it is made of, and else keeps the order', () => {
    const graph = new Map([
      ['margin', ['profit', 'revenue']],
      ['profit', ['revenue', 'costs']],
      ['growth', ['revenue']],
    ]);
    expect(dependencyOrder(graph)).toEqual({ ok: true, order: ['profit', 'margin', 'growth'] });
  });

  it('gives a circle from where it closes, also one of a single thing', () => {
    const graph = new Map([
      ['x', ['a']],
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(dependencyOrder(graph)).toEqual({ ok: false, cycle: ['a', 'b', 'a'] });
    expect(dependencyOrder(new Map([['a', ['a']]]))).toEqual({ ok: false, cycle: ['a', 'a'] });
  });

  it('does not mind a long chain', () => {
    const chain = new Map(Array.from({ length: 50_000 }, (_, index) => [`${index}`, [`${index + 1}`]]));
    const outcome = dependencyOrder(chain);
    expect(outcome.ok && [outcome.order.length, outcome.order[0]]).toEqual([50_000, '49999']);
  });

  it('orders any graph without a circle, each thing once', () => {
    const edges = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 60 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = new Map<string, string[]>();
        for (const [one, other] of pairs) {
          if (one === other) continue;
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          graph.set(`${high}`, [...(graph.get(`${high}`) ?? []), `${low}`]);
        }
        const outcome = dependencyOrder(graph);
        if (!outcome.ok) throw new Error(outcome.cycle.join());
        expect(outcome.order.toSorted()).toEqual([...graph.keys()].toSorted());
        for (const [id, parts] of graph) {
          for (const part of parts) {
            if (graph.has(part)) expect(outcome.order.indexOf(part)).toBeLessThan(outcome.order.indexOf(id));
          }
        }
      }),
    );
  });
});
