import { extractOf } from '#src/activities/config-lookup.js';
import type { StepServices } from '#src/activities/context.js';
import type { ResolvedConfig, UnitColumns, UnitSet } from '#src/config/types.js';
import { attributeGapsOf } from '#src/config/units/attribute-gaps.js';
import { unitsOfRows } from '#src/config/units/units-of-rows.js';
import { withUnits } from '#src/config/units/with-units.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { type ReadUnitRows, readUnitRows } from './read-unit-rows.js';

/** A configuration with its units, and what is worth telling about them. */
export interface ConfigWithUnits {
  readonly config: ResolvedConfig;
  readonly warnings: readonly string[];
}

interface Surroundings {
  readonly openSource: StepServices['openSource'];
  /** The configuration applied last, whose units stay where a source cannot be read. */
  readonly applied: ResolvedConfig | undefined;
  /** The current instant, UTC ISO. */
  readonly now: string;
  readonly signal: AbortSignal;
}

/** Rejects that are told one by one. */
const MOST_REJECTS = 5;

/**
 * Reads the units that come from extracts, and freezes them into the configuration: from here on they are as if a file
 * listed them.
 *
 * A list that cannot be read, or that contradicts itself, is not believed: the units applied last stay, and a warning says
 * so.
 *
 * @throws PlumblineError what reading failed with, or `data` SOURCE_UNITS_UNUSABLE, where no units were ever applied
 */
export async function readUnits(config: ResolvedConfig, surroundings: Surroundings): Promise<ConfigWithUnits> {
  const units = new Map<string, UnitSet['units']>();
  const warnings: string[] = [];
  for (const { id, from } of config.unitSets ?? []) {
    if (from === undefined) continue;
    const found = await unitsOrThoseApplied(id, from, config, surroundings);
    units.set(id, found.units);
    warnings.push(...found.warnings.map((warning) => `Units of "${id}": ${warning}`));
  }
  const complete = withUnits(config, units);
  return { config: complete, warnings: [...warnings, ...attributeGapsOf(complete, new Set(units.keys()))] };
}

interface FoundUnits extends Pick<UnitSet, 'units'> {
  readonly warnings: readonly string[];
}

async function unitsOrThoseApplied(
  set: string,
  from: UnitColumns,
  config: ResolvedConfig,
  surroundings: Surroundings,
): Promise<FoundUnits> {
  try {
    return await unitsIn(set, from, config, surroundings);
  } catch (error) {
    const { kind, code, message, remedy } = toFailure(error);
    const units = surroundings.applied?.unitSets?.find(({ id }) => id === set)?.units ?? [];
    if (kind === 'cancelled' || kind === 'defect') throw error;
    if (units.length === 0) {
      throw new PlumblineError(kind, code, `Cannot read the units of "${set}", and none were ever read: ${message}`, {
        ...(remedy === undefined ? {} : { remedy }),
        cause: error,
      });
    }
    const advice = remedy === undefined ? '' : ` → ${remedy}`;
    return { units, warnings: [`the ${units.length} applied last stay. ${code} ${message}${advice}`] };
  }
}

/** @throws PlumblineError what reading fails with, or `data` SOURCE_UNITS_UNUSABLE */
async function unitsIn(
  set: string,
  from: UnitColumns,
  config: ResolvedConfig,
  { openSource, now, signal }: Surroundings,
): Promise<FoundUnits> {
  const extract = extractOf(config, from.extract);
  const { timeZone } = config.site;
  const source = await openSource(config, extract.connection);
  try {
    const read = await readUnitRows(source, extract, from, { day: dateInZone(now, timeZone), timeZone, signal });
    if (read.rows.length === 0) throw unusable(set, extract.id, ['no row of it names a unit']);
    const { units, problems, warnings } = unitsOfRows(read.rows, new Set(config.people.map(({ id }) => id)));
    if (problems.length > 0) throw unusable(set, extract.id, problems);
    return { units, warnings: [...leftOut(read), ...warnings] };
  } finally {
    await source.close();
  }
}

/** Rows that could not be used are told, as those of any read. */
function leftOut({ rejects, rejectedRows, nameless }: ReadUnitRows): readonly string[] {
  const told = rejects
    .slice(0, MOST_REJECTS)
    .map(({ locator, column, raw, rule, message }) =>
      [`${locator}${column === undefined ? '' : ` ${column}`}:`, rule, JSON.stringify(raw), message].join(' '),
    );
  const blank = nameless === 0 ? [] : [`${nameless} rows name no unit`];
  if (rejectedRows === 0) return blank;
  return [`${rejectedRows} rows were rejected; ${told.join('; ')}`, ...blank];
}

function unusable(set: string, extract: string, problems: readonly string[]): PlumblineError {
  return new PlumblineError(
    'data',
    'SOURCE_UNITS_UNUSABLE',
    `The units of "${set}" cannot be made of the extract "${extract}": ${problems.join('; ')}.`,
    {
      remedy:
        'Correct the rows of the source: each unit has one row, an id of its own, and a unit above it that is there.',
    },
  );
}
