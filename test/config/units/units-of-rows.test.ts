import { describe, expect, it } from 'vitest';
import { type UnitRow, unitsOfRows } from '#src/config/units/units-of-rows.js';

const row = (key: string, more: Partial<UnitRow> = {}): UnitRow => ({
  locator: `shops.csv:${key}`,
  key,
  name: null,
  parent: null,
  owner: null,
  weight: null,
  attributes: {},
  ...more,
});
const people = new Set(['amara']);
const made = (...rows: readonly UnitRow[]) => unitsOfRows(rows, people);

describe('unitsOfRows()', () => {
  it('makes ids of what names units, and sorts by them', () => {
    const { units, problems, warnings } = made(
      row('Köln', {
        parent: 'West',
        name: 'Cologne',
        owner: 'amara',
        weight: '2',
        attributes: { target: '5', old: null },
      }),
      row('West'),
    );
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(units).toEqual([
      {
        id: 'koln',
        key: 'Köln',
        name: 'Cologne',
        parent: 'west',
        owner: 'amara',
        weight: '2',
        attributes: { target: '5' },
      },
      { id: 'west', key: 'West', name: 'West' },
    ]);
  });

  it('does not depend on the order of rows', () => {
    const rows = ['c', 'a', 'b'].map((key) => row(key));
    expect(made(...rows.toReversed()).units).toEqual(made(...rows).units);
  });

  it('names both where two names give one id', () => {
    expect(made(row('Süd'), row('sud')).problems).toEqual(['"Süd" and "sud" would both have the id "sud"']);
  });

  it.each([
    ['nothing of which can be an id', [row('東京')], /nothing of "東京" can be part of an id/],
    ['below one that is not there', [row('a', { parent: 'b' })], /"a" belongs to "b", and there is no such unit/],
    ['below one by its id and not by its name', [row('a', { parent: 'north' }), row('North')], /belongs to "north"/],
    ['below itself', [row('a', { parent: 'a' })], /circle: a → a/],
    ['in a circle', [row('a', { parent: 'b' }), row('b', { parent: 'a' })], /circle: (a → b → a|b → a → b)/],
    ['of weight 0', [row('a', { weight: '0' })], /the weight 0 is not above 0/],
    ['of a weight below 0', [row('a', { weight: '-1.5' })], /the weight -1.5 is not above 0/],
  ])('has a problem with a unit %s', (_what, rows, problem) => {
    const { problems } = made(...rows);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it('leaves owners who are nobody to the definition, and says so once', () => {
    const { units, problems, warnings } = made(
      ...Array.from({ length: 8 }, (_, index) => row(`s${index}`, { owner: 'ghost' })),
    );
    expect(problems).toEqual([]);
    expect(units.every((unit) => unit.owner === undefined)).toBe(true);
    expect(warnings).toEqual([
      'no such person: "ghost" of "s0", "ghost" of "s1", "ghost" of "s2", "ghost" of "s3", "ghost" of "s4" and 3 more; the owners of the definition answer for these units',
    ]);
  });
});
