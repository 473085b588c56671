import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffUnits, isUnchanged, type UnitDiff } from '#src/domain/unit/diff-units.js';
import type { Unit } from '#src/domain/unit/types.js';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A unit without the keys that are absent, as resolved ones are. */
const unit: fc.Arbitrary<Unit> = fc
  .record({
    id,
    name: fc.constantFrom('One', 'Two'),
    key: some(fc.constantFrom('K1', 'K2')),
    parent: some(id),
    owner: some(fc.constantFrom('amara', 'omar')),
    weight: some(fc.constantFrom('1', '2.5')),
    attributes: some(fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2'), { maxKeys: 2 })),
  })
  .map((all) => JSON.parse(JSON.stringify(all)) as Unit);
const units = fc.uniqueArray(unit, { selector: (each) => each.id, maxLength: 6 });

function applied(before: readonly Unit[], { added, gone, moved, changed }: UnitDiff): readonly Unit[] {
  const left = new Set(gone.map((each) => each.id));
  const now = new Map([...moved, ...changed].map(({ after }) => [after.id, after]));
  return [...before.filter((each) => !left.has(each.id)).map((each) => now.get(each.id) ?? each), ...added];
}

const byId = (list: readonly Unit[]) =>
  list.map(({ attributes = {}, ...rest }) => ({ ...rest, attributes })).toSorted((a, b) => a.id.localeCompare(b.id));

describe('diffUnits()', () => {
  it('finds nothing between equal lists, in whatever order', () => {
    fc.assert(
      fc.property(units, (list) => {
        expect(isUnchanged(diffUnits(list, list.toReversed()))).toBe(true);
      }),
    );
  });

  it('leads from one list to the other', () => {
    fc.assert(
      fc.property(units, units, (before, after) => {
        const diff = diffUnits(before, after);
        expect(byId(applied(before, diff))).toEqual(byId(after));
      }),
    );
  });

  it('names a unit once, and turned round what is new is gone', () => {
    fc.assert(
      fc.property(units, units, (before, after) => {
        const { added, gone, moved, changed } = diffUnits(before, after);
        const named = [...added, ...gone, ...[...moved, ...changed].map((each) => each.after)].map((each) => each.id);
        expect(new Set(named).size).toBe(named.length);
        const back = diffUnits(after, before);
        expect(back.gone).toEqual(added);
        expect(back.added).toEqual(gone);
        expect(back.moved.length).toBe(moved.length);
      }),
    );
  });
});
