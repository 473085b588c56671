import { findCycle } from '#src/domain/graph/find-cycle.js';
import { type Unit, unitKey } from '#src/domain/unit/types.js';

/** What is wrong with a set of units, and with which of them: `index` counts from 0. */
export interface UnitProblem {
  readonly index: number;
  readonly field: 'id' | 'key' | 'parent';
  readonly code: 'CONFIG_DUPLICATE_ID' | 'CONFIG_UNIT_KEY' | 'CONFIG_UNKNOWN_UNIT' | 'CONFIG_UNIT_CYCLE';
  readonly message: string;
  readonly remedy: string;
}

/** Problems of a set, wherever it was read: ids and keys name one unit each, and parents lead up to one without. */
export function unitProblems(units: readonly Unit[]): readonly UnitProblem[] {
  const ids = new Map<string, number>();
  const keys = new Map<string, string>();
  const problems: UnitProblem[] = [];
  for (const [index, unit] of units.entries()) {
    const key = unitKey(unit);
    const holder = keys.get(key);
    if (ids.has(unit.id)) {
      const message = `the unit "${unit.id}" is there twice`;
      problems.push({ index, field: 'id', code: 'CONFIG_DUPLICATE_ID', message, remedy: 'keep one of the two' });
    } else if (holder !== undefined) {
      const message = `"${key}" names the unit "${unit.id}" and the unit "${holder}"`;
      const remedy = 'give each unit the text that names it, and no other, in the source';
      problems.push({ index, field: 'key', code: 'CONFIG_UNIT_KEY', message, remedy });
    }
    ids.set(unit.id, index);
    keys.set(key, unit.id);
  }
  for (const [index, { id, parent }] of units.entries()) {
    if (parent === undefined || ids.has(parent)) continue;
    const message = `the unit "${id}" belongs to "${parent}", and there is no such unit`;
    const remedy = 'add the unit above, or leave the parent out';
    problems.push({ index, field: 'parent', code: 'CONFIG_UNKNOWN_UNIT', message, remedy });
  }
  const cycle = findCycle(new Map(units.map(({ id, parent }) => [id, parent === undefined ? [] : [parent]])));
  const start = cycle === undefined ? undefined : ids.get(cycle[0] ?? '');
  if (cycle !== undefined && start !== undefined) {
    const message = `units belong to each other in a circle: ${cycle.join(' → ')}`;
    const remedy = 'leave the parent of one of them out';
    problems.push({ index: start, field: 'parent', code: 'CONFIG_UNIT_CYCLE', message, remedy });
  }
  return problems;
}
