import type { Unit } from '#src/domain/unit/types.js';
import type { ColumnType } from '#src/domain/value/types.js';
import { below, type Place } from '../problem-list.js';
import type { Entry } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { UnitSetSpec, UnitSpec, UnitsFromSpec } from '../spec/units-spec.js';
import type { Extract, UnitColumns, UnitSet } from '../types.js';
import { unitProblems } from '../units/check-units.js';
import { checkReference, type ResolveContext } from './context.js';

/** All well-formed sets of units. Those that come from an extract are empty until somebody reads it. */
export function resolveUnitSets(context: ResolveContext, extracts: readonly Extract[]): readonly UnitSet[] {
  return context.specs.units.entries.map((entry) => resolveUnitSet(entry, context, extracts));
}

function resolveUnitSet(
  { id, spec, place }: Entry<UnitSetSpec>,
  context: ResolveContext,
  extracts: readonly Extract[],
): UnitSet {
  if (spec.from !== undefined) {
    return { id, units: [], from: resolveColumns(spec.from, below(place, 'from'), context, extracts) };
  }
  const list = spec.list ?? [];
  const units = list.map(unitOf);
  for (const [index, { owner }] of list.entries()) {
    if (owner === undefined) continue;
    checkReference('owner', owner, context.specs.people.ids, below(place, 'list', index, 'owner'), context.problems);
  }
  for (const { index, field, code, message, remedy } of unitProblems(units)) {
    context.problems.error(code, below(place, 'list', index, field), message, remedy);
  }
  return { id, units };
}

function unitOf({ id, name, key, parent, owner, weight, attributes }: UnitSpec): Unit {
  return {
    id,
    name: name ?? id,
    ...(key === undefined || key === id ? {} : { key }),
    ...(parent === undefined ? {} : { parent }),
    ...(owner === undefined ? {} : { owner }),
    ...(weight === undefined ? {} : { weight }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** What names something in a source, and what is a number of it. */
const NAMES: readonly ColumnType[] = ['text', 'integer'];
const NUMBERS: readonly ColumnType[] = ['decimal', 'integer'];

function resolveColumns(
  spec: UnitsFromSpec,
  place: Place,
  { specs, problems }: ResolveContext,
  extracts: readonly Extract[],
): UnitColumns {
  if (checkReference('extract', spec.extract, specs.extracts.ids, below(place, 'extract'), problems)) {
    const columns = extracts.find(({ id }) => id === spec.extract)?.columns;
    const check = (column: string, at: Place, types: readonly ColumnType[]): void => {
      const names = columns && new Set(columns.map(({ name }) => name));
      if (!checkReference('column', column, names, at, problems)) return;
      const type = columns?.find(({ name }) => name === column)?.type;
      if (type === undefined || types.includes(type)) return;
      const message = `${nameOf(at)}: the column "${column}" is ${type}`;
      problems.error('CONFIG_COLUMN_TYPE', at, message, `name a column of ${types.join(' or ')}`);
    };
    for (const key of ['id', 'name', 'parent', 'owner', 'weight'] as const) {
      const column = spec[key];
      if (column !== undefined) check(column, below(place, key), key === 'weight' ? NUMBERS : NAMES);
    }
    for (const [index, column] of (spec.attributes ?? []).entries()) {
      check(column, below(place, 'attributes', index), NUMBERS);
    }
  }
  const { extract, id, name, parent, owner, weight, attributes } = spec;
  return {
    extract,
    id,
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { parent }),
    ...(owner === undefined ? {} : { owner }),
    ...(weight === undefined ? {} : { weight }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}
