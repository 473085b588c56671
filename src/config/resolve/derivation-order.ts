import { dependencyOrder } from '#src/domain/graph/dependency-order.js';
import type { Derivation } from '#src/domain/measure/derivation.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { measuresReadBy } from './derivation.js';

/** A derived measure, and where its `from` stands. */
export interface DerivedEntry {
  readonly address: string;
  readonly derivation: Derivation;
  readonly place: Place;
}

/**
 * Addresses of derived measures in the order in which they can be computed.
 *
 * Measures that are made of each other in a circle are told, with the circle, and there is no order. It is one also
 * where the value of another period is meant: a running figure is a window, not a measure made of itself.
 */
export function orderDerivations(entries: readonly DerivedEntry[], problems: ProblemList): readonly string[] {
  const graph = new Map(entries.map(({ address, derivation }) => [address, measuresReadBy(derivation)]));
  const outcome = dependencyOrder(graph);
  if (outcome.ok) return outcome.order;
  const { cycle } = outcome;
  const start = entries.find(({ address }) => address === cycle[0]);
  if (start !== undefined) {
    const at = start.derivation.kind === 'formula' ? below(start.place, 'formula') : below(start.place, 'measure');
    const message = `measures are made of each other in a circle: ${cycle.join(' -> ')}`;
    const remedy = 'let one of them be made of something else; for a running figure use over: year_to_date';
    problems.error('CONFIG_FORMULA_CYCLE', at, message, remedy);
  }
  return [];
}
