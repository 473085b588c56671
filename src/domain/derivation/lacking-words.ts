import type { DerivedEvidence } from '../actual/types.js';
import type { Derivation } from '../measure/derivation.js';
import { isNothingExpected } from '../window/gather.js';

/** Gaps that are named. */
const SHOWN = 5;

/**
 * What a partial value was made without: `made without 2026-04, 2026-05`; `undefined` for a whole one.
 *
 * What a formula does without, as with `coalesce` and `if`, it does not lack; a window with gaps that it takes it does.
 */
export function lackingWords(
  kind: Derivation['kind'],
  { partial, inputs: all }: Pick<DerivedEvidence, 'partial' | 'inputs'>,
): string | undefined {
  if (!partial) return undefined;
  const inputs = all.filter(({ passedOver }) => passedOver !== true);
  const ofChildren = kind === 'children';
  const placed = (name: string, ids: readonly string[]) => (ofChildren ? ids.map((id) => `${name} ${id}`) : ids);
  const gaps = inputs.flatMap(({ name, reason, withoutCases, taken }) => {
    if (taken.without.length > 0) return placed(name, taken.without);
    return ofChildren && reason !== undefined && withoutCases !== true && !isNothingExpected(taken) ? [name] : [];
  });
  const parts = inputs.flatMap(({ name, taken }) => placed(name, taken.inPart ?? []));
  const said = [
    ...(gaps.length === 0 ? [] : [`made without ${listed(gaps)}`]),
    ...(parts.length === 0 ? [] : [`made of a part of ${listed(parts)}`]),
  ];
  return said.length > 0 ? said.join('; ') : 'made without some of what belongs to it';
}

function listed(gaps: readonly string[]): string {
  const named = [...new Set(gaps)];
  const more = named.length > SHOWN ? ` and ${named.length - SHOWN} more` : '';
  return `${named.slice(0, SHOWN).join(', ')}${more}`;
}
