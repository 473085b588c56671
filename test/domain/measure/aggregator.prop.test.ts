// Rows of every type around every edge, against an oracle that aggregates one row at a time with plain texts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '#src/domain/actual/types.js';
import type { AggregatePart, SidePart } from '#src/domain/measure/aggregate-part.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import type { RowTally } from '#src/domain/measure/fold.js';
import type { Aggregation, Term } from '#src/domain/measure/types.js';
import { aggregation, COLUMNS, mergeable, observation } from './any-rows.js';
import { naiveAggregate } from './naive-aggregate.js';

const rows = fc.array(observation, { maxLength: 30 });
const shuffled = rows.chain((each) =>
  fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
);

function result(kind: Aggregation, taken: readonly Observation[], emptyMeansZero = false) {
  const aggregator = createAggregator(kind, '100', emptyMeansZero, COLUMNS);
  for (const each of taken) aggregator.add(each);
  return aggregator.result();
}

const tallyOf = ({ rowsUsed, rowsFiltered, rowsBlank }: ReturnType<typeof result>): RowTally => ({
  used: rowsUsed,
  filtered: rowsFiltered,
  blank: rowsBlank,
});

/** The part a source would give for some rows, made with the oracle. */
function partOf(kind: Aggregation, some: readonly Observation[]): AggregatePart {
  const naive = (of: Aggregation) => naiveAggregate(of, '1', false, COLUMNS, some);
  const sideOf = (term: Term): SidePart => {
    // A side's rows passed the measure's filter too; those that did not are no rows of the side.
    const all = { ...term, where: [...kind.where, ...term.where] };
    const { value } = naive(all);
    return { tally: tallyOf(naive(all)), ...(value === undefined || term.kind === 'count' ? {} : { sum: value }) };
  };
  const whole = naive(kind);
  const newest = whole.newest === undefined ? {} : { newest: whole.newest };
  if (kind.kind === 'ratio') {
    const sides = { numerator: sideOf(kind.numerator), denominator: sideOf(kind.denominator) };
    return { tally: tallyOf(whole), ...sides, ...newest };
  }
  if (kind.kind === 'weighted_avg') {
    const { numerator, denominator } = whole;
    const sideWith = (sum: string | undefined): SidePart => ({
      tally: tallyOf(whole),
      ...(sum === undefined ? {} : { sum }),
    });
    return { tally: tallyOf(whole), numerator: sideWith(numerator), denominator: sideWith(denominator), ...newest };
  }
  if (kind.kind === 'min' || kind.kind === 'max') {
    return { tally: tallyOf(whole), ...(whole.value === undefined ? {} : { extreme: whole.value }), ...newest };
  }
  if (kind.kind === 'count') return { tally: tallyOf(whole), ...newest };
  const sum = kind.kind === 'avg' ? whole.numerator : whole.value;
  return { tally: tallyOf(whole), ...(sum === undefined ? {} : { sum }), ...newest };
}

describe('every aggregation', () => {
  it('is what one row at a time gives', () => {
    fc.assert(
      fc.property(aggregation, rows, fc.boolean(), (kind, taken, emptyMeansZero) => {
        const expected = naiveAggregate(kind, '100', emptyMeansZero, COLUMNS, taken);
        expect(result(kind, taken, emptyMeansZero)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(aggregation, shuffled, (kind, [some, others]) => {
        expect(result(kind, others)).toEqual(result(kind, some));
      }),
    );
  });

  it('counts every row once and has a value or a reason, never both', () => {
    fc.assert(
      fc.property(aggregation, rows, (kind, taken) => {
        const { rowsUsed, rowsFiltered, rowsBlank, value, reason } = result(kind, taken);
        expect(rowsUsed + rowsFiltered + rowsBlank).toBe(taken.length);
        expect(value === undefined).toBe(reason !== undefined);
      }),
    );
  });

  it('may be asked for its result in between', () => {
    fc.assert(
      fc.property(aggregation, rows, rows, (kind, some, more) => {
        const aggregator = createAggregator(kind, '100', false, COLUMNS);
        for (const each of some) aggregator.add(each);
        expect(aggregator.result()).toEqual(aggregator.result());
        for (const each of more) aggregator.add(each);
        expect(aggregator.result()).toEqual(result(kind, [...some, ...more]));
      }),
    );
  });
});

describe('parts', () => {
  it('of any split of the rows add up to what the rows give', () => {
    fc.assert(
      fc.property(mergeable, fc.array(fc.array(observation, { maxLength: 8 }), { maxLength: 5 }), (kind, split) => {
        const aggregator = createAggregator(kind, '100', false, COLUMNS);
        split.forEach((some, index) => {
          if (index % 2 === 0) aggregator.takePart(partOf(kind, some));
          else for (const each of some) aggregator.add(each);
        });
        expect(aggregator.result()).toEqual(result(kind, split.flat()));
      }),
      { numRuns: 300 },
    );
  });
});
