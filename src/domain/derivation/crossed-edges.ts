import type { DerivedEvidence } from '../actual/types.js';
import { isCollected, type Measure } from '../measure/types.js';
import { nests } from '../period/nesting.js';
import { edgeWords } from '../window/edges.js';
import type { Edges } from '../window/types.js';
import { isFinerThan, SPAN } from '../window/window-of.js';

/** What a value that other values are made of has too many or too few of days; of several inputs the first that has. */
export function edgesIn(derived: DerivedEvidence | undefined): Edges | undefined {
  return derived?.inputs.find(({ taken }) => taken.edges !== undefined)?.taken.edges;
}

/**
 * What days a value has that are not those of its period, in words: `3 too many at the beginning`; `undefined` where it
 * has just its own. Several inputs are told apart by their names.
 */
export function otherDaysWords({ inputs }: Pick<DerivedEvidence, 'inputs'>): string | undefined {
  const crossing = inputs.flatMap(({ name, taken: { edges } }) => (edges === undefined ? [] : [{ name, edges }]));
  if (crossing.length === 0) return undefined;
  return crossing
    .map(({ name, edges }) => (inputs.length === 1 ? edgeWords(edges) : `${name} ${edgeWords(edges)}`))
    .join('; ');
}

/**
 * Whether values of a measure can have other days than their periods: somewhere below weeks are put together to months,
 * or to what else they do not nest in. Of one made of those below one of them speaks for all.
 *
 * @param childOf a measure of this id that is not itself made of those below
 */
export function canCrossEdges(
  measure: Measure,
  measureOf: (address: string) => Measure | undefined,
  childOf: (id: string) => Measure | undefined,
): boolean {
  if (isCollected(measure)) return false;
  const { derivation } = measure;
  if (derivation.kind === 'children') {
    const child = childOf(derivation.measure);
    return child !== undefined && (!nests(child, measure) || canCrossEdges(child, measureOf, childOf));
  }
  const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  return inputs.some(({ measure: address, over, series }) => {
    const isToDate = over !== undefined && over.kind !== 'rolling' && isFinerThan(measure.frequency, over.kind);
    if (isToDate && !nests(measure, { ...measure, frequency: SPAN[over.kind] })) return true;
    const input = address === undefined || series !== undefined ? undefined : measureOf(address);
    return input !== undefined && (!nests(input, measure) || canCrossEdges(input, measureOf, childOf));
  });
}
