import type { Unit } from '#src/domain/unit/types.js';
import { unitIdOf } from '#src/domain/unit/unit-id.js';
import { decimal } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { unitProblems } from './check-units.js';
import { firstFew } from './first-few.js';

/** The row of one unit; cells as they are typed, `null` where blank. */
export interface UnitRow {
  /** Place in the source, for people. */
  readonly locator: string;
  readonly key: string;
  readonly name: string | null;
  /** What names the unit that it belongs to. */
  readonly parent: string | null;
  readonly owner: string | null;
  readonly weight: DecimalText | null;
  readonly attributes: Readonly<Record<string, DecimalText | null>>;
}

/** Units that were read, or what stands against using any of them. */
export interface UnitsOfRows {
  /** By id: the order in which a source gives its rows decides nothing. */
  readonly units: readonly Unit[];
  /** What is wrong with them as a whole, in words; none of them is to be used then. */
  readonly problems: readonly string[];
  /** Worth telling though they can be used. */
  readonly warnings: readonly string[];
}

/**
 * Makes units of the rows of an extract, one a unit.
 *
 * Blank cells are as if not written: the name is then what names the unit, the weight 1, and an attribute is one that the
 * unit has not. An owner who is nobody is left to the definition.
 *
 * @param people ids of those who may own something
 */
export function unitsOfRows(rows: readonly UnitRow[], people: ReadonlySet<string>): UnitsOfRows {
  const problems: string[] = [];
  const idOf = new Map<string, string>();
  const holders = new Map<string, string>();
  for (const { key, locator } of rows) {
    const id = unitIdOf(key);
    const holder = holders.get(id);
    if (id === '') {
      problems.push(`${locator}: nothing of "${key}" can be part of an id, which has letters a to z and digits`);
    } else if (holder !== undefined) {
      problems.push(`"${holder}" and "${key}" would both have the id "${id}"`);
    }
    holders.set(id, holder ?? key);
    idOf.set(key, id);
  }
  const units = rows.map((row) => unitOf(row, idOf, people)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { key, parent, weight, locator } of rows) {
    if (parent !== null && !idOf.has(parent)) {
      problems.push(`${locator}: "${key}" belongs to "${parent}", and there is no such unit`);
    }
    if (weight !== null && !decimal(weight).greaterThan(0))
      problems.push(`${locator}: the weight ${weight} is not above 0`);
  }
  // Ids and parents are told with the places of their rows; what is left is a circle.
  if (problems.length === 0) problems.push(...unitProblems(units).map(({ message }) => message));
  return { units, problems, warnings: strangers(rows, people) };
}

function unitOf(row: UnitRow, idOf: ReadonlyMap<string, string>, people: ReadonlySet<string>): Unit {
  const { key, name, owner, weight } = row;
  const id = idOf.get(key) ?? '';
  const parent = row.parent === null ? undefined : idOf.get(row.parent);
  const attributes = Object.entries(row.attributes).flatMap(([own, value]) => (value === null ? [] : [[own, value]]));
  return {
    id,
    name: name ?? key,
    ...(key === id ? {} : { key }),
    ...(parent === undefined ? {} : { parent }),
    ...(owner === null || !people.has(owner) ? {} : { owner }),
    ...(weight === null ? {} : { weight }),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
  };
}

function strangers(rows: readonly UnitRow[], people: ReadonlySet<string>): readonly string[] {
  const unknown = rows.filter(({ owner }) => owner !== null && !people.has(owner));
  if (unknown.length === 0) return [];
  const names = unknown.map(({ key, owner }) => `"${owner}" of "${key}"`);
  return [`no such person: ${firstFew(names)}; the owners of the definition answer for these units`];
}
