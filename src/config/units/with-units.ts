import { revisionOf } from '../revision.js';
import type { ResolvedConfig, UnitSet } from '../types.js';
import { expandTemplates } from './expand-templates.js';

/**
 * A configuration with the units of some sets, and the scorecards and measures that its definitions make of them.
 *
 * The units are part of the revision: two configurations that differ in a unit are two.
 *
 * @param units by id of the set; sets that are not named keep theirs
 */
export function withUnits(config: ResolvedConfig, units: ReadonlyMap<string, UnitSet['units']>): ResolvedConfig {
  if (config.unitSets === undefined || units.size === 0) return config;
  const { revision: _before, ...rest } = config;
  const unitSets = config.unitSets.map((set) => ({ ...set, units: units.get(set.id) ?? set.units }));
  const expanded = expandTemplates({ ...rest, unitSets });
  return { revision: revisionOf(expanded), ...expanded };
}

/**
 * A configuration of files with the units that an applied one had read from extracts: what a command that only looks
 * shows. Units that files list are those of the files.
 */
export function withUnitsOf(config: ResolvedConfig, applied: ResolvedConfig | undefined): ResolvedConfig {
  const read = new Map(applied?.unitSets?.map(({ id, units }) => [id, units]));
  const wanted = (config.unitSets ?? []).flatMap(({ id, from }) => {
    const units = from === undefined ? undefined : read.get(id);
    return units === undefined ? [] : [[id, units] as const];
  });
  return withUnits(config, new Map(wanted));
}
