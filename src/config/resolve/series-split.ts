import type { Period } from '#src/domain/period/types.js';
import { splitTotal } from '#src/domain/series/generators/split-total.js';
import { countedTo, periodsCountedTo } from '#src/domain/series/series-calendar.js';
import type { SeriesSource, SplitTotal } from '#src/domain/series/types.js';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';
import { below } from '../problem-list.js';
import type { SplitSpec } from '../spec/series-spec.js';
import type { FormContext } from './series-forms.js';
import { namedPeriod } from './series-periods.js';

interface ReadTotal {
  readonly period: Period;
  readonly split: SplitTotal;
}

/** Totals and fixed parts of a split, with everything checked that does not depend on values. */
export function resolveSplit(
  written: Readonly<Record<string, SplitSpec>>,
  fixedWritten: Readonly<Record<string, string>>,
  places: number | undefined,
  context: FormContext,
): SeriesSource {
  const totals = readTotals(written, context);
  const fixed = readFixed(fixedWritten, totals, context);
  for (const total of totals) checkTotal(total, fixed, context);
  const numbers = [...totals.map(({ split }) => split.total), ...Object.values(fixed)];
  const needed = Math.max(0, ...numbers.map((number) => decimal(number).decimalPlaces()));
  if (places !== undefined && places < needed) {
    const message = `a total or a fixed part has ${needed} decimal places, so parts of ${places} do not add up to it`;
    context.problems.error('CONFIG_SERIES_SPLIT', below(context.place, 'places'), message, `write places: ${needed}`);
  }
  return {
    kind: 'split',
    totals: Object.fromEntries(totals.map(({ period, split }) => [period.id, split])),
    fixed,
    places: places ?? Math.max(needed, context.measure.decimals),
  };
}

function readTotals(written: Readonly<Record<string, SplitSpec>>, context: FormContext): readonly ReadTotal[] {
  const { grain, problems } = context;
  const totals: ReadTotal[] = [];
  for (const [id, spec] of Object.entries(written)) {
    const place = below(context.place, 'split', id);
    const period = namedPeriod(id, ['coarser'], grain, place, problems);
    if (period === undefined) continue;
    const other = totals.find((each) => each.period.start < period.end && period.start < each.period.end);
    if (other === undefined) {
      totals.push({ period, split: { total: spec.total, shape: shapeOf(spec) } });
    } else {
      const message = `${id} and ${other.period.id} overlap, so periods in both would have two parts`;
      problems.error('CONFIG_SERIES_SPLIT', { ...place, at: 'key' }, message, 'keep one of the two');
    }
  }
  return totals;
}

function shapeOf({ weights, like }: SplitSpec): SplitTotal['shape'] {
  if (weights !== undefined) return { kind: 'weights', weights };
  return { kind: like ?? 'even' };
}

function readFixed(
  written: Readonly<Record<string, string>>,
  totals: readonly ReadTotal[],
  context: FormContext,
): Readonly<Record<string, string>> {
  const { grain, problems } = context;
  const fixed: Record<string, string> = {};
  for (const [id, value] of Object.entries(written)) {
    const place = below(context.place, 'fixed', id);
    const period = namedPeriod(id, ['own'], grain, place, problems);
    if (period === undefined) continue;
    if (totals.some(({ period: coarse }) => countedTo(period, grain, coarse.frequency).id === coarse.id)) {
      fixed[period.id] = value;
    } else {
      const message = `${id} is fixed, but there is no total that it is a part of`;
      problems.error('CONFIG_SERIES_SPLIT', { ...place, at: 'key' }, message, 'add its total to split, or remove it');
    }
  }
  return fixed;
}

/** Weights for each period, and a rest that the periods without a fixed part can take. */
function checkTotal({ period, split }: ReadTotal, fixed: Readonly<Record<string, string>>, context: FormContext): void {
  const { measure, grain, problems } = context;
  const place = below(context.place, 'split', period.id);
  const { shape, total } = split;
  const periods = periodsCountedTo(period, grain);
  if (shape.kind === 'weights' && shape.weights.length !== periods.length) {
    const message = `${period.id} has ${periods.length} ${measure.frequency} periods and ${shape.weights.length} weights`;
    const remedy = `write ${periods.length} weights, from ${periods[0]?.id} to ${periods.at(-1)?.id}`;
    problems.error('CONFIG_SERIES_SPLIT', below(place, 'weights'), message, remedy);
    return;
  }
  const given = periods.flatMap(({ id }) => fixed[id] ?? []).reduce((sum, value) => sum.plus(value), new Decimal(0));
  const rest = decimal(total).minus(given);
  const isOver = decimal(total).isNegative() ? rest.greaterThan(0) : rest.lessThan(0);
  const parts = periods.map(({ id }, index) => {
    const value = fixed[id];
    if (value !== undefined) return { fixed: value };
    return { weight: shape.kind === 'weights' ? (shape.weights[index] ?? '0') : '1' };
  });
  if (isOver) {
    const message = `the fixed parts of ${period.id} are ${canonical(given)}, more than its total ${total}`;
    problems.error('CONFIG_SERIES_SPLIT', below(place, 'total'), message, 'raise the total, or lower what is fixed');
  } else if (splitTotal(total, parts, 0) === undefined) {
    const message = `${canonical(rest)} of ${total} is left, and no period of ${period.id} can take it`;
    problems.error(
      'CONFIG_SERIES_SPLIT',
      below(place, 'total'),
      message,
      'let the fixed parts add up to the total, or a weight be above 0',
    );
  }
}
