import { below, type Place } from '../problem-list.js';
import type { FromSpec } from '../spec/from-spec.js';
import { nameOf } from '../spec/report-issues.js';
import type { Extract } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';

/** The column that tells rows of one unit from those of another: needed where the scorecard is one of many units, else refused. */
export function resolveUnitColumn(
  { unit }: FromSpec,
  extract: Extract | undefined,
  place: Place,
  { forEach, problems }: Pick<ResolveContext, 'problems'> & { readonly forEach: string | undefined },
): string | undefined {
  if (forEach === undefined) {
    if (unit === undefined) return undefined;
    const message = `${nameOf(below(place, 'unit'))} tells units apart, but its scorecard is of no units`;
    const remedy = 'say for_each: <set of units> in the head of the scorecard, or filter by where';
    problems.error('CONFIG_UNIT_COLUMN', { ...below(place, 'unit'), at: 'key' }, message, remedy);
    return undefined;
  }
  if (unit === undefined) {
    const message = `${nameOf(place)} does not say which rows are of which unit, though there is a scorecard for each of "${forEach}"`;
    problems.error('CONFIG_UNIT_COLUMN', place, message, 'add unit: { column: <the column that names the unit> }');
    return undefined;
  }
  const at = below(place, 'unit', 'column');
  if (extract === undefined) return unit.column;
  if (!checkReference('column', unit.column, new Set(extract.columns.map(({ name }) => name)), at, problems)) {
    return undefined;
  }
  const type = extract.columns.find(({ name }) => name === unit.column)?.type;
  if (type === 'text' || type === 'integer') return unit.column;
  const message = `${nameOf(at)}: the column "${unit.column}" is ${type} and names no unit`;
  problems.error('CONFIG_COLUMN_TYPE', at, message, 'name a text or integer column');
  return undefined;
}
