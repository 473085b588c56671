import type { Derivation, FormulaInput } from '#src/domain/measure/derivation.js';
import { type CollectedMeasure, isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { unitCombinationOf } from '#src/domain/unit/combine-units.js';
import { type Unit, unitKey } from '#src/domain/unit/types.js';
import { digestOf } from '../digest.js';
import type { Objective, Perspective, ResolvedConfig, Scorecard, UnitSet } from '../types.js';

type Unexpanded = Omit<ResolvedConfig, 'revision'>;

/**
 * A configuration with, for each definition that serves many units, a scorecard and measures of each unit.
 *
 * Above the units stands one scorecard at the definition's own address, which has the scores of those without a parent.
 * What was made before is made anew, so that doing it again, or with other units, is safe.
 */
export function expandTemplates<T extends Unexpanded>(config: T): T {
  const { templates } = config;
  if (templates === undefined) return config;
  const plain = withoutExpanded(config);
  const sets = new Map(config.unitSets?.map((set) => [set.id, set]));
  const expanded = templates.scorecards.map((scorecard) => {
    const set = sets.get(scorecard.forEach ?? '');
    return set === undefined ? EMPTY : expandScorecard(scorecard, set, templates);
  });
  const series = [...(plain.seriesMeasures ?? []), ...expanded.flatMap((each) => each.seriesMeasures)];
  return {
    ...plain,
    scorecards: [...plain.scorecards, ...expanded.flatMap(({ scorecards }) => scorecards)],
    measures: [...plain.measures, ...expanded.flatMap(({ measures }) => measures)],
    ...(series.length === 0 ? {} : { seriesMeasures: series }),
  };
}

/** Without what {@link expandTemplates} made: all that has to be kept or compared, however many units there are. */
export function withoutExpanded<T extends Unexpanded>(config: T): T {
  if (config.templates === undefined) return config;
  const { seriesMeasures, ...rest } = config;
  const series = seriesMeasures?.filter(({ forUnit }) => forUnit === undefined) ?? [];
  return {
    ...(rest as T),
    scorecards: config.scorecards.filter(({ unit }) => unit === undefined),
    measures: config.measures.filter(({ forUnit }) => forUnit === undefined),
    ...(series.length === 0 ? {} : { seriesMeasures: series }),
  };
}

interface Expanded {
  readonly scorecards: readonly Scorecard[];
  readonly measures: readonly Measure[];
  readonly seriesMeasures: readonly CollectedMeasure[];
}

const EMPTY: Expanded = { scorecards: [], measures: [], seriesMeasures: [] };

function expandScorecard(
  template: Scorecard,
  { units }: UnitSet,
  { measures, seriesMeasures = [] }: NonNullable<ResolvedConfig['templates']>,
): Expanded {
  const { address } = template;
  const own = <M extends Measure>(all: readonly M[]): M[] => all.filter(({ scorecard }) => scorecard === address);
  const templates = own(measures);
  const series = own(seriesMeasures);
  const below = childrenOf(units);
  // A measure of one unit is collected anew where the set or its names change: what was read before left others out.
  const keysOf = (some: readonly Unit[]): string => digestOf(some.map((unit) => [unit.id, unitKey(unit)]));
  const leaves = units.filter(({ id }) => !below.has(id));
  // A unit above others that has measures has targets of its own, too.
  const aiming = template.parentsBy === 'value' ? units : leaves;
  const [keys, seriesKeys] = [keysOf(leaves), keysOf(aiming)];
  const digests = new Map<Measure, string>([
    ...templates.map((each) => [each, digestOf([each.valueDigest, keys])] as const),
    ...series.map((each) => [each, digestOf([each.valueDigest, seriesKeys])] as const),
  ]);
  const made = units.map((unit) => {
    const isParent = below.has(unit.id);
    const measured = isParent ? (template.parentsBy === 'value' ? templates : []) : templates;
    return {
      scorecard: unitScorecard(template, unit, measured.length > 0),
      measures: measured.map((each) => unitMeasure(each, unit, digests.get(each) ?? '', below.get(unit.id))),
      seriesMeasures: (isParent && template.parentsBy !== 'value' ? [] : series).map((each) =>
        unitMeasure(each, unit, digests.get(each) ?? '', undefined),
      ),
    };
  });
  const above: Scorecard = {
    ...template,
    perspectives: [],
    objectives: [],
    unit: '',
  };
  return {
    scorecards: [above, ...made.map(({ scorecard }) => scorecard)],
    measures: made.flatMap((each) => each.measures),
    seriesMeasures: made.flatMap((each) => each.seriesMeasures.filter(isCollected)),
  };
}

function unitScorecard(template: Scorecard, unit: Unit, hasMeasures: boolean): Scorecard {
  const own = template.address;
  const address = `${own}/${unit.id}`;
  const moved = (inside: string): string => `${address}${inside.slice(own.length)}`;
  const { forEach: _forEach, parent: _parent, ...rest } = template;
  return {
    ...rest,
    address,
    name: unit.name,
    owner: unit.owner ?? template.owner,
    unit: unit.id,
    parent: { scorecard: unit.parent === undefined ? own : `${own}/${unit.parent}`, weight: unit.weight ?? '1' },
    perspectives: hasMeasures
      ? template.perspectives.map((each): Perspective => ({ ...each, address: moved(each.address) }))
      : [],
    objectives: hasMeasures
      ? template.objectives.map(
          (each): Objective => ({
            ...each,
            address: moved(each.address),
            perspective: moved(each.perspective),
            owner: unit.owner ?? each.owner,
            drives: each.drives.map(moved),
          }),
        )
      : [],
  };
}

/** @param children units below it, where its values are made of theirs */
function unitMeasure(
  template: Measure,
  unit: Unit,
  valueDigest: string,
  children: readonly Unit[] | undefined,
): Measure {
  const { scorecard: own, address } = template;
  const ofUnit = ({ id }: Unit, inside: string): string => `${own}/${id}${inside.slice(own.length)}`;
  const moves = {
    address: ofUnit(unit, address),
    scorecard: `${own}/${unit.id}`,
    objective: ofUnit(unit, template.objective),
    owner: unit.owner ?? template.owner,
    forUnit: unit,
    template: address,
    valueDigest,
    scoreDigest: scoreDigestOf(template, unit),
  };
  if (isDerived(template)) {
    const within = (inside: string): string => (inside.startsWith(`${own}/`) ? ofUnit(unit, inside) : inside);
    return { ...template, ...moves, derivation: movedDerivation(template.derivation, within) };
  }
  if (children === undefined) return { ...template, ...moves };
  const {
    extract: _extract,
    aggregation,
    scale: _scale,
    restatementPeriods: _again,
    emptyMeansZero: _empty,
    unitColumn: _column,
    unitCombine = unitCombinationOf(aggregation.kind),
    expects: _expects,
    ...shared
  } = template;
  return {
    ...shared,
    ...moves,
    derivation: { kind: 'children', measure: template.id, combine: unitCombine },
  };
}

/** The same derivation over the measures of one unit. */
function movedDerivation(derivation: Derivation, moved: (address: string) => string): Derivation {
  const movedInput = (input: FormulaInput): FormulaInput =>
    input.measure === undefined ? input : { ...input, measure: moved(input.measure) };
  switch (derivation.kind) {
    case 'formula': {
      const inputs = Object.entries(derivation.inputs).map(([name, input]) => [name, movedInput(input)] as const);
      return { ...derivation, inputs: Object.fromEntries(inputs) };
    }
    case 'window':
      return { ...derivation, input: movedInput(derivation.input) };
    case 'children':
      return derivation;
  }
}

/** Whether targets or other series of a measure are numbers of its unit. */
function usesAttributes(measure: Measure): boolean {
  return JSON.stringify(measure).includes('"kind":"attribute"');
}

/** Numbers of the unit that targets and scores are made of are part of the rules. */
function scoreDigestOf(template: Measure, unit: Unit): string {
  return usesAttributes(template) ? digestOf([template.scoreDigest, unit.attributes ?? {}]) : template.scoreDigest;
}

function childrenOf(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const children = new Map<string, Unit[]>();
  for (const unit of units) {
    if (unit.parent === undefined) continue;
    const siblings = children.get(unit.parent);
    if (siblings === undefined) children.set(unit.parent, [unit]);
    else siblings.push(unit);
  }
  return children;
}
