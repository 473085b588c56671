import type { DerivedEvidence } from '../actual/types.js';
import type { Derivation } from '../measure/derivation.js';

/** Gaps that are named. */
const SHOWN = 5;

/**
 * What a partial value was made without: `made without 2026-04, 2026-05`; `undefined` for a whole one.
 *
 * A formula that does without an input, as `coalesce` and `if` can, is whole; one over a window with gaps is not.
 */
export function lackingWords(
  kind: Derivation['kind'],
  { partial, inputs }: Pick<DerivedEvidence, 'partial' | 'inputs'>,
): string | undefined {
  if (!partial) return undefined;
  const ofChildren = kind === 'children';
  const placed = (name: string, ids: readonly string[]) => (ofChildren ? ids.map((id) => `${name} ${id}`) : ids);
  const gaps = inputs.flatMap(({ name, reason, withoutCases, taken }) => {
    if (taken.without.length > 0) return placed(name, taken.without);
    return ofChildren && reason !== undefined && withoutCases !== true ? [name] : [];
  });
  const parts = inputs.flatMap(({ name, taken }) => placed(name, taken.inPart ?? []));
  const said = [
    ...(gaps.length === 0 ? [] : [`made without ${listed(gaps)}`]),
    ...(parts.length === 0 ? [] : [`made of a part of ${listed(parts)}`]),
  ];
  if (said.length > 0) return said.join('; ');
  return kind === 'formula' ? undefined : 'made without some of what belongs to it';
}

function listed(gaps: readonly string[]): string {
  const named = [...new Set(gaps)];
  const more = named.length > SHOWN ? ` and ${named.length - SHOWN} more` : '';
  return `${named.slice(0, SHOWN).join(', ')}${more}`;
}
