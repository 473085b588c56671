import type { Aggregate, Observation } from '#src/domain/actual/types.js';
import type { Aggregation, Condition, PercentileMethod, RowFilter, Term } from '#src/domain/measure/types.js';
import { canonical, Decimal, divide } from '#src/domain/value/decimal.js';
import type { ColumnSpec, DecimalText, TypedCell } from '#src/domain/value/types.js';

type Outcome = Pick<Aggregate, 'value' | 'reason' | 'numerator' | 'denominator' | 'cumulative'>;

/** Sums of products of 76 digits, whose last ones the domain's own precision would not reach. */
const Wide = Decimal.clone({ precision: 1000 });

/** What the engine must agree with: one row at a time, plain texts and decimal.js, nothing clever. */
export function naiveAggregate(
  aggregation: Aggregation,
  scale: DecimalText,
  emptyMeansZero: boolean,
  columns: readonly Pick<ColumnSpec, 'name' | 'type'>[],
  rows: readonly Observation[],
): Aggregate {
  const cellOf = (row: Observation, name: string): TypedCell =>
    row.cells[columns.findIndex((column) => column.name === name)] ?? null;
  const passes = (row: Observation, filter: RowFilter): boolean =>
    filter.every((node): boolean => {
      if ('anyOf' in node) return node.anyOf.some((each) => passes(row, each));
      if ('not' in node) return !passes(row, node.not);
      const type = columns.find(({ name }) => name === node.column)?.type ?? 'text';
      const cell = cellOf(row, node.column);
      if ('value' in node) return satisfies(cell, node, type);
      const { column, operator, values } = node;
      const operators = operator === 'in' ? '=' : '!=';
      const each = values.map((literal) => satisfies(cell, { column, operator: operators, ...literal }, type));
      return operator === 'in' ? each.includes(true) : !each.includes(false);
    });
  const left = rows.filter((row) => passes(row, aggregation.where));
  const used = left.filter((row) => useOf(row) === 'used');
  const blank = left.filter((row) => useOf(row) === 'blank');
  const { value, ...rest } = outcome();
  const newest = rows.map(({ date }) => date).sort();
  return {
    ...(value === undefined ? {} : { value: canonical(new Decimal(value).times(scale)) }),
    ...rest,
    rowsUsed: used.length,
    rowsFiltered: rows.length - left.length + left.filter((row) => useOf(row) === 'filtered').length,
    rowsBlank: blank.length,
    ...(newest.at(-1) === undefined ? {} : { newest: newest.at(-1) ?? '' }),
  };

  function useOf(row: Observation): 'used' | 'blank' | 'filtered' {
    switch (aggregation.kind) {
      case 'count':
        return 'used';
      case 'weighted_avg': {
        const needed = [aggregation.column, aggregation.weight].map((name) => cellOf(row, name));
        return needed.includes(null) ? 'blank' : 'used';
      }
      case 'ratio': {
        const uses = [aggregation.numerator, aggregation.denominator].map((term) => termUse(row, term));
        return uses.includes('used') ? 'used' : uses.includes('blank') ? 'blank' : 'filtered';
      }
      default:
        return cellOf(row, aggregation.column) === null ? 'blank' : 'used';
    }
  }

  function termUse(row: Observation, term: Term): 'used' | 'blank' | 'filtered' {
    if (!passes(row, term.where)) return 'filtered';
    return term.kind === 'sum' && cellOf(row, term.column) === null ? 'blank' : 'used';
  }

  function outcome(): Outcome {
    const { kind } = aggregation;
    if (rows.length === 0) {
      const canBeZero = kind === 'sum' || kind === 'count' || kind === 'count_distinct';
      return emptyMeansZero && canBeZero ? { value: '0' } : { reason: 'no_rows' };
    }
    if (kind === 'count') return { value: String(used.length) };
    if (kind === 'ratio') return ratio(aggregation.numerator, aggregation.denominator);
    if (used.length === 0 && (blank.length > 0 || (kind !== 'sum' && kind !== 'count_distinct'))) {
      return { reason: blank.length > 0 ? 'all_blank' : 'no_rows' };
    }
    const cells = used.map((row) => numberOf(cellOf(row, aggregation.column), kind));
    if (kind === 'sum') return { value: sumOf(cells) };
    if (kind === 'avg') return { ...quotient(sumOf(cells), String(used.length)) };
    if (kind === 'count_distinct') return { value: String(new Set(cells).size) };
    if (kind === 'weighted_avg') return weighted(aggregation.column, aggregation.weight);
    const sorted = cells.map((cell) => new Decimal(cell)).sort((one, other) => one.comparedTo(other));
    if (kind === 'min') return { value: canonical(sorted[0] ?? new Decimal(0)) };
    if (kind === 'max') return { value: canonical(sorted.at(-1) ?? new Decimal(0)) };
    if (kind === 'median') return percentile(sorted, '50', 'linear');
    if (kind === 'percentile') return percentile(sorted, aggregation.p, aggregation.method);
    const latest = used
      .map((row) => [row.time.replace('Z', ''), row.locator, numberOf(cellOf(row, aggregation.column), kind)] as const)
      .sort((one, other) => order(one[0], other[0]) || orderOfPlaces(one[1], other[1]) || order(one[2], other[2]));
    const end = (kind === 'first' ? latest[0] : latest.at(-1))?.[2] ?? '';
    return kind === 'cumulative' ? { reason: 'cumulative_gap', cumulative: end } : { value: end };
  }

  function weighted(column: string, weight: string): Outcome {
    const pairs = used.map((row) => [column, weight].map((name) => new Wide(String(cellOf(row, name)))));
    const zero = new Wide(0);
    const numerator = canonical(pairs.reduce((sum, [value = zero, by = zero]) => sum.plus(value.times(by)), zero));
    const denominator = canonical(pairs.reduce((sum, [, by = zero]) => sum.plus(by), zero));
    if (denominator === '0') return { reason: 'zero_weight', numerator, denominator };
    return quotient(numerator, denominator);
  }

  function ratio(over: Term, under: Term): Outcome {
    const numerator = side(over);
    const denominator = side(under);
    if (numerator === undefined || denominator === undefined) return { reason: 'all_blank' };
    if (denominator === '0') return { reason: 'zero_denominator', numerator, denominator };
    return quotient(numerator, denominator);
  }

  function side(term: Term): DecimalText | undefined {
    const uses = left.map((row) => ({ row, use: termUse(row, term) }));
    const taken = uses.filter(({ use }) => use === 'used');
    if (term.kind === 'count') return String(taken.length);
    if (taken.length === 0 && uses.some(({ use }) => use === 'blank')) return undefined;
    return sumOf(taken.map(({ row }) => String(cellOf(row, term.column))));
  }
}

/** True and false as 1 and 0, but where different cells are counted. */
function numberOf(cell: TypedCell, kind: Aggregation['kind']): string {
  return typeof cell === 'boolean' && kind !== 'count_distinct' ? (cell ? '1' : '0') : String(cell);
}

function satisfies(cell: TypedCell, { operator, value }: Condition, type: ColumnSpec['type']): boolean {
  if (value === null) return (cell === null) === (operator === '=');
  if (cell === null) return false;
  const sign = comparison(cell, value, type);
  switch (operator) {
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

function comparison(cell: string | boolean, value: string | boolean, type: ColumnSpec['type']): number {
  const [one, other] = [String(cell), String(value)];
  if (type === 'decimal' || type === 'integer') return new Decimal(one).comparedTo(other);
  // Without the Z, so that fractions come after whole seconds.
  return type === 'datetime' ? order(one.replace('Z', ''), other.replace('Z', '')) : order(one, other);
}

/** By the definitions, over the whole list. */
function percentile(sorted: readonly Decimal[], p: DecimalText, method: PercentileMethod): Outcome {
  const count = sorted.length;
  const share = new Decimal(p).div(100);
  if (method === 'nearest_rank') {
    const found = sorted.find((_, index) => new Decimal(index + 1).div(count).greaterThanOrEqualTo(share));
    return { value: canonical(found ?? new Decimal(0)) };
  }
  const place = method === 'linear' ? share.times(count - 1).plus(1) : share.times(count + 1);
  if (place.lessThan(1) || place.greaterThan(count)) return { reason: 'percentile_out_of_range' };
  const low = sorted[place.floor().toNumber() - 1] ?? new Decimal(0);
  const high = sorted[place.ceil().toNumber() - 1] ?? new Decimal(0);
  if (place.isInteger() || low.equals(high)) return { value: canonical(low) };
  const [before, after] = [place.ceil().minus(place), place.minus(place.floor())];
  return { value: canonical(low.times(before).plus(high.times(after)).toDecimalPlaces(20)) };
}

function quotient(numerator: DecimalText, denominator: DecimalText) {
  return {
    value: canonical(divide(new Decimal(numerator), new Decimal(denominator))),
    numerator,
    denominator,
  };
}

function sumOf(cells: readonly string[]): DecimalText {
  return canonical(cells.reduce((total, cell) => total.plus(cell), new Decimal(0)));
}

/** Pieces between digits by their text, the numbers between them as such; then by the whole text. */
function orderOfPlaces(one: string, other: string): number {
  const [left, right] = [one, other].map((place) => place.split(/([0-9]+)/));
  for (let index = 0; index < Math.min(left?.length ?? 0, right?.length ?? 0); index++) {
    const [mine, yours] = [left?.[index] ?? '', right?.[index] ?? ''];
    const difference = index % 2 === 1 ? BigInt(mine) - BigInt(yours) : BigInt(order(mine, yours));
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return order(one, other);
}

function order(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
