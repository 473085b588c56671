import type { Aggregate, Observation } from '#src/domain/actual/types.js';
import type { Aggregation, Condition, RowFilter, Term } from '#src/domain/measure/types.js';
import { canonical, Decimal, divide } from '#src/domain/value/decimal.js';
import type { ColumnSpec, DecimalText, TypedCell } from '#src/domain/value/types.js';

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
    filter.every((condition) => {
      const type = columns.find(({ name }) => name === condition.column)?.type ?? 'text';
      return satisfies(cellOf(row, condition.column), condition, type);
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
      case 'sum':
      case 'avg':
      case 'last':
        return cellOf(row, aggregation.column) === null ? 'blank' : 'used';
      case 'ratio': {
        const uses = [aggregation.numerator, aggregation.denominator].map((term) => termUse(row, term));
        return uses.includes('used') ? 'used' : uses.includes('blank') ? 'blank' : 'filtered';
      }
    }
  }

  function termUse(row: Observation, term: Term): 'used' | 'blank' | 'filtered' {
    if (!passes(row, term.where)) return 'filtered';
    return term.kind === 'sum' && cellOf(row, term.column) === null ? 'blank' : 'used';
  }

  function outcome(): Pick<Aggregate, 'value' | 'reason' | 'numerator' | 'denominator'> {
    const { kind } = aggregation;
    if (rows.length === 0) {
      return emptyMeansZero && (kind === 'sum' || kind === 'count') ? { value: '0' } : { reason: 'no_rows' };
    }
    if (kind === 'count') return { value: String(used.length) };
    if (kind === 'ratio') return ratio(aggregation.numerator, aggregation.denominator);
    if (used.length === 0 && (blank.length > 0 || kind !== 'sum')) {
      return { reason: blank.length > 0 ? 'all_blank' : 'no_rows' };
    }
    const cells = used.map((row) => String(cellOf(row, aggregation.column)));
    if (kind === 'sum') return { value: sumOf(cells) };
    if (kind === 'avg') return { ...quotient(sumOf(cells), String(used.length)) };
    const latest = used
      .map((row) => [row.time.replace('Z', ''), row.locator, String(cellOf(row, aggregation.column))] as const)
      .sort((one, other) => order(one[0], other[0]) || orderOfPlaces(one[1], other[1]) || order(one[2], other[2]));
    return { value: latest.at(-1)?.[2] ?? '' };
  }

  function ratio(over: Term, under: Term): Pick<Aggregate, 'value' | 'reason' | 'numerator' | 'denominator'> {
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
