import { closestName } from '#src/config/spec/closest-name.js';
import type { Example, ResolvedConfig } from '#src/config/types.js';
import { expandTemplates } from '#src/config/units/expand-templates.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Measure } from '#src/domain/measure/types.js';

/** Id of the unit that stands in where units are read from an extract, so that none is known yet. */
const STAND_IN = 'example';

/** Measures by address, definitions that serve many units among them; those of single units too. */
export function definitionsOf({ measures, templates }: ResolvedConfig): ReadonlyMap<string, Measure> {
  return new Map([...measures, ...(templates?.measures ?? [])].map((each) => [each.address, each]));
}

/**
 * The measure that an example is tried on. Of a definition that serves many units that of the example's unit, or of the
 * first one; where units are read from an extract, of one made for it, without any attribute.
 */
export function measureOfExample({ measure: address, unit }: Example, config: ResolvedConfig): Measure {
  const plain = config.measures.find((each) => each.address === address);
  if (plain !== undefined) return plain;
  const ofUnits = (each: ResolvedConfig): Measure | undefined =>
    each.measures.find(({ template, forUnit }) => template === address && (unit === undefined || forUnit?.id === unit));
  const found = ofUnits(config) ?? ofUnits(withUnit(config, unit ?? STAND_IN));
  if (found !== undefined) return found;
  throw new PlumblineError(
    'defect',
    'BUG_DANGLING_REFERENCE',
    `The example of "${address}" names a measure that the configuration does not hold.`,
  );
}

function withUnit(config: ResolvedConfig, id: string): ResolvedConfig {
  const unitSets = config.unitSets?.map((set) =>
    set.from === undefined ? set : { ...set, units: [{ id, name: id }] },
  );
  return expandTemplates(unitSets === undefined ? config : { ...config, unitSets });
}

/**
 * Examples by their own names, or by the address or id of their measures.
 *
 * @throws PlumblineError `config` CLI_UNKNOWN_EXAMPLE for a name that none has
 */
export function chosenExamples(examples: readonly Example[], names: readonly string[]): readonly Example[] {
  if (names.length === 0) return examples;
  const namesOf = ({ name, measure }: Example): readonly string[] => [
    ...(name === undefined ? [] : [name]),
    measure,
    measure.slice(measure.indexOf('/') + 1),
  ];
  for (const name of names) {
    if (examples.some((example) => namesOf(example).includes(name))) continue;
    const meant = closestName(name, examples.flatMap(namesOf));
    throw new PlumblineError(
      'config',
      'CLI_UNKNOWN_EXAMPLE',
      `Cannot test "${name}": no example and no measure with one is called so.`,
      {
        remedy:
          meant === undefined
            ? `Name one of: ${[...new Set(examples.map(({ measure }) => measure))].join(', ') || 'there are none yet'}.`
            : `Did you mean "${meant}"?`,
      },
    );
  }
  return examples.filter((example) => namesOf(example).some((each) => names.includes(each)));
}
