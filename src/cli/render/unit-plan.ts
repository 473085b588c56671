import type { UnitSet } from '#src/config/types.js';
import { firstFew } from '#src/config/units/first-few.js';
import { diffUnits, isUnchanged, type UnitChange, type UnitDiff } from '#src/domain/unit/diff-units.js';
import type { Unit } from '#src/domain/unit/types.js';
import { printable } from './text-width.js';

/**
 * What becomes of the units of a configuration, a line for each set in which anything does; nothing where nothing does.
 *
 * @param before sets of the configuration applied last; a set that was there and is not any more loses its units
 */
export function unitPlan(before: readonly UnitSet[] = [], after: readonly UnitSet[] = []): string {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  const unitsIn = (sets: readonly UnitSet[], id: string): readonly Unit[] =>
    sets.find((set) => set.id === id)?.units ?? [];
  return ids
    .map((id) => ({ id, diff: diffUnits(unitsIn(before, id), unitsIn(after, id)) }))
    .filter(({ diff }) => !isUnchanged(diff))
    .map(({ id, diff }) => `Units of "${id}": ${diffText(diff)}\n${diff.moved.length === 0 ? '' : MOVED}`)
    .join('');
}

const MOVED = '  What is made of moved units changes above them, in closed periods too.\n';

function diffText({ added, gone, moved, changed }: UnitDiff): string {
  const parts = [
    part('new', added.map(idOf)),
    part('gone', gone.map(idOf)),
    part('moved', moved.map(moveText)),
    part(
      'changed',
      changed.map(({ after }) => idOf(after)),
    ),
  ];
  return parts.filter((text) => text !== '').join(', ');
}

function part(word: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${names.length.toLocaleString('en-US')} ${word} (${firstFew(names)})`;
}

const idOf = ({ id }: Unit): string => printable(id);

/** `-` stands for no unit above. */
function moveText({ before, after }: UnitChange): string {
  return `${idOf(after)}: ${printable(before.parent ?? '-')} -> ${printable(after.parent ?? '-')}`;
}
