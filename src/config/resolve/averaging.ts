import type { Formula } from '#src/domain/formula/types.js';
import {
  type Aggregation,
  type CollectedMeasure,
  type DerivedMeasure,
  isDerived,
  type Measure,
} from '#src/domain/measure/types.js';
import { insteadOfAveraging } from './value-columns.js';

/** What the lint looks measures up by. */
export interface KnownMeasures {
  readonly at: (address: string) => Measure | undefined;
  /** The measures of an id in the nearest scorecards below one. */
  readonly below: (scorecard: string, id: string) => readonly Measure[];
}

const OR_WHY = 'or say why it is right here: averaged_ratio: …';
const DIVIDE_SUMS = `combine: ratio divides the sum of the numerators by that of the denominators; ${OR_WHY}`;
const LEAVE_UNITS_OUT = `leave combine out of unit: the sums of all units are then divided; ${OR_WHY}`;
const LEAVE_OUT = `leave combine out: ratios and averages of several periods are then put together by their sums; ${OR_WHY}`;
const ONE_RATIO = `compute one ratio of the sums: sum(a, b) / sum(c, d); ${OR_WHY}`;
const RATIO_OF_WINDOWS = `divide windows of what is divided there: formula: a / b, inputs: { a: { measure: …, over: … }, b: … }; ${OR_WHY}`;
const RATIO_OF_CHILDREN = `add up below what is divided there, by a children measure each, and divide here by a formula; ${OR_WHY}`;

/** Aggregations whose values are quotients of sums: plain averages weigh like ratios where periods or units differ in size. */
const QUOTIENTS: readonly Aggregation['kind'][] = ['ratio', 'avg', 'weighted_avg'];

/**
 * What would be right instead of a mean of ratios, where a value is one as far as aggregation, unit and formula say it.
 *
 * @param justified ids of the measures that say why the average is right
 */
export function averaging(
  measure: Measure,
  justified: ReadonlySet<string>,
  known: KnownMeasures,
): { readonly averagesRatio?: string } {
  if (justified.has(measure.id)) return {};
  const remedy = isDerived(measure) ? ofDerived(measure, known) : ofCollected(measure);
  return remedy === undefined ? {} : { averagesRatio: remedy };
}

function ofCollected({ unit, aggregation, unitCombine }: CollectedMeasure): string | undefined {
  if (unitCombine === 'mean' && QUOTIENTS.includes(aggregation.kind)) return LEAVE_UNITS_OUT;
  return unit === 'percent' && aggregation.kind === 'avg' ? insteadOfAveraging(aggregation.column) : undefined;
}

function ofDerived({ unit, scorecard, derivation }: DerivedMeasure, known: KnownMeasures): string | undefined {
  if (derivation.kind === 'children') {
    if (derivation.combine !== 'mean') return undefined;
    const children = known.below(scorecard, derivation.measure);
    if (children.some(isFormulaOfQuotient)) return RATIO_OF_CHILDREN;
    return unit === 'percent' || children.some((child) => isQuotient(child, QUOTIENTS, known))
      ? DIVIDE_SUMS
      : undefined;
  }
  const inputs = derivation.kind === 'window' ? [derivation.input] : Object.values(derivation.inputs);
  const averaged = inputs
    .filter(({ combine, series }) => combine === 'mean' && series === undefined)
    .flatMap(({ measure }) => known.at(measure ?? '') ?? []);
  if (averaged.some(isFormulaOfQuotient)) return RATIO_OF_WINDOWS;
  if (averaged.some((each) => isQuotient(each, QUOTIENTS, known))) return LEAVE_OUT;
  if (derivation.kind !== 'formula') return undefined;
  const names = averagedNames(derivation.formula);
  const parts = names.map((name) => known.at(derivation.inputs[name]?.measure ?? ''));
  const areRatios = parts.every((part) => part !== undefined && isQuotient(part, ['ratio'], known));
  return names.length > 1 && areRatios ? ONE_RATIO : undefined;
}

/** Whether values of a measure are quotients: by its aggregation, its formula, or what it is a window of. */
function isQuotient(measure: Measure, kinds: readonly Aggregation['kind'][], known: KnownMeasures): boolean {
  if (!isDerived(measure)) return kinds.includes(measure.aggregation.kind);
  const { derivation } = measure;
  if (derivation.kind === 'formula') return divides(derivation.formula);
  if (derivation.kind === 'children') return derivation.combine === 'ratio';
  const { measure: of, series, combine } = derivation.input;
  const input = series === undefined && combine === undefined ? known.at(of ?? '') : undefined;
  return input !== undefined && isQuotient(input, kinds, known);
}

const isFormulaOfQuotient = (measure: Measure): boolean =>
  isDerived(measure) && measure.derivation.kind === 'formula' && divides(measure.derivation.formula);

/** Whether a formula is a division by something that moves, whatever constant it is multiplied by: `100 * a / b`. */
function divides(formula: Formula): boolean {
  switch (formula.kind) {
    case 'negate':
    case 'round':
      return divides(formula.of);
    case 'operation': {
      const { operator, left, right } = formula;
      if (operator === '/') return isConstant(right) ? divides(left) : true;
      if (operator !== '*') return false;
      return (isConstant(left) && divides(right)) || (isConstant(right) && divides(left));
    }
    default:
      return false;
  }
}

function isConstant(formula: Formula): boolean {
  return formula.kind === 'number' || (formula.kind === 'negate' && isConstant(formula.of));
}

/** The names that a formula is the plain average of: `avg(a, b)`, `(a + b) / 2`; of any other formula none. */
function averagedNames(formula: Formula): readonly string[] {
  if (formula.kind === 'call' && formula.function === 'avg') return formula.parts.flatMap(namesOfSum);
  if (formula.kind !== 'operation' || formula.operator !== '/' || formula.right.kind !== 'number') return [];
  const names = namesOfSum(formula.left);
  return formula.right.value === String(names.length) ? names : [];
}

function namesOfSum(formula: Formula): readonly string[] {
  if (formula.kind === 'name') return [formula.name];
  if (formula.kind !== 'operation' || formula.operator !== '+') return [];
  return [...namesOfSum(formula.left), ...namesOfSum(formula.right)];
}
