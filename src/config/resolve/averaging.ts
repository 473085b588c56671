import type { Formula } from '#src/domain/formula/types.js';
import { isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { insteadOfAveraging } from './value-columns.js';

type Known = ReadonlyMap<string, Measure>;

const DIVIDE_SUMS = 'combine: ratio divides the sum of the numerators by that of the denominators';
const LEAVE_OUT = 'leave combine out: ratios and averages of several periods are then put together by their sums';
const ONE_RATIO = 'compute one ratio of the sums: sum(a, b) / sum(c, d)';

/**
 * What would be right instead of a mean of ratios, where a value is one as far as aggregation, unit and formula say it.
 *
 * @param justified ids of the measures that say why the average is right
 * @param known every measure by address
 */
export function averaging(
  measure: Measure,
  justified: ReadonlySet<string>,
  known: Known,
): { readonly averagesRatio?: string } {
  if (justified.has(measure.id)) return {};
  const remedy = isDerived(measure) ? ofDerived(measure, known) : ofCollected(measure);
  return remedy === undefined ? {} : { averagesRatio: remedy };
}

function ofCollected({ unit, ...measure }: Measure): string | undefined {
  if (!('aggregation' in measure)) return undefined;
  if (measure.aggregation.kind === 'ratio' && measure.unitCombine === 'mean') return DIVIDE_SUMS;
  return unit === 'percent' && measure.aggregation.kind === 'avg'
    ? insteadOfAveraging(measure.aggregation.column)
    : undefined;
}

function ofDerived({ unit, derivation }: Extract<Measure, { derivation: unknown }>, known: Known): string | undefined {
  if (derivation.kind === 'children') {
    return unit === 'percent' && derivation.combine === 'mean' ? DIVIDE_SUMS : undefined;
  }
  const inputs = derivation.kind === 'window' ? { '': derivation.input } : derivation.inputs;
  const isOf = (kinds: readonly string[], address: string | undefined): boolean => {
    const input = address === undefined ? undefined : known.get(address);
    return input !== undefined && isCollected(input) && kinds.includes(input.aggregation.kind);
  };
  const lifted = Object.values(inputs).some(
    ({ combine, measure, series }) => combine === 'mean' && series === undefined && isOf(['ratio', 'avg'], measure),
  );
  if (lifted) return LEAVE_OUT;
  if (derivation.kind !== 'formula') return undefined;
  const names = averagedNames(derivation.formula);
  const ofRatios = names.length > 1 && names.every((name) => isOf(['ratio'], derivation.inputs[name]?.measure));
  return ofRatios ? ONE_RATIO : undefined;
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
