import type { Unit } from './types.js';

/** One unit before and after. */
export interface UnitChange {
  readonly before: Unit;
  readonly after: Unit;
}

/** What becomes of the units of a set; each unit stands in one list at the most, in the order of its set. */
export interface UnitDiff {
  readonly added: readonly Unit[];
  readonly gone: readonly Unit[];
  /** Belong to another unit than before, or to none; other things may have changed too. */
  readonly moved: readonly UnitChange[];
  /** Have another name, owner, weight, key or number than before. */
  readonly changed: readonly UnitChange[];
}

/** How one list of units becomes another; units are the same by their ids, and their order is no difference. */
export function diffUnits(before: readonly Unit[], after: readonly Unit[]): UnitDiff {
  const known = new Map(before.map((unit) => [unit.id, unit]));
  const kept = new Set(after.map(({ id }) => id));
  const both = after.flatMap((unit): UnitChange[] => {
    const old = known.get(unit.id);
    return old === undefined ? [] : [{ before: old, after: unit }];
  });
  return {
    added: after.filter(({ id }) => !known.has(id)),
    gone: before.filter(({ id }) => !kept.has(id)),
    moved: both.filter(hasMoved),
    changed: both.filter((each) => !hasMoved(each) && !isSame(each)),
  };
}

/** Whether a list becomes itself. */
export function isUnchanged({ added, gone, moved, changed }: UnitDiff): boolean {
  return added.length + gone.length + moved.length + changed.length === 0;
}

function hasMoved({ before, after }: UnitChange): boolean {
  return before.parent !== after.parent;
}

function isSame({ before, after }: UnitChange): boolean {
  const [old, own] = [before.attributes ?? {}, after.attributes ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(own)]);
  return (
    before.name === after.name &&
    before.key === after.key &&
    before.owner === after.owner &&
    before.weight === after.weight &&
    [...names].every((name) => old[name] === own[name])
  );
}
