import type { NodeDefinition } from './node-definition.js';

/**
 * What `plumbline check --explain --json` writes. Figures are decimal texts, shares 0–1. Every key is always there,
 * `null` where there is nothing. Keys may be added, none is changed.
 */
export function definitionJson({ node, sections, series, scoring, children, wayUp, madeInto }: NodeDefinition) {
  const measure = node.kind === 'measure' ? node.measure : undefined;
  return {
    address: node.address,
    kind: node.kind,
    name: node.name,
    sections,
    unit: measure?.unit ?? null,
    direction: measure?.direction ?? null,
    frequency: measure?.frequency ?? (node.kind === 'scorecard' ? node.scorecard.frequency : null),
    due: measure?.due ?? null,
    bands: measure?.bands ?? null,
    scoreMap: measure?.scoreMap ?? null,
    derivation: measure !== undefined && 'derivation' in measure ? measure.derivation : null,
    series,
    scoring,
    rollUp: 'rule' in node ? node.rule : null,
    children: children.map(({ node: child, share }) => ({
      address: child.address,
      kind: child.kind,
      name: child.name,
      weight: child.weight ?? '1',
      share: share ?? null,
    })),
    countsFor: wayUp.map(({ above, weight, share }) => ({
      address: above.address,
      kind: above.kind,
      name: above.name,
      weight,
      share: share ?? null,
    })),
    madeInto,
  };
}
