import { combinationOfMeasure } from '#src/domain/derivation/combination-of-measure.js';
import { derive } from '#src/domain/derivation/derive.js';
import { lackingWords } from '#src/domain/derivation/lacking-words.js';
import { readsOf } from '#src/domain/derivation/reads-of.js';
import type { Lookup } from '#src/domain/derivation/types.js';
import { type DerivedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';
import { periodsIn } from '#src/domain/period/period.js';
import type { Period } from '#src/domain/period/types.js';
import { liftOf } from '#src/domain/series/series-over.js';
import { collectedAddress } from '#src/domain/series/types.js';
import { canonical, decimal, divide } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { Combination, StoredPart, StoredSeries } from '#src/domain/window/types.js';
import { isLastWord } from '../pull/revise.js';
import { exampleSeries } from './example-series.js';
import type { ExampleTrial, ExampleValue } from './example-types.js';
import { isExpectedInExample } from './expected-in-example.js';

/**
 * The value of a derived measure in an example, by the same derivation that a run uses, from the values that the example
 * gives and no others.
 *
 * @param measureOf the measure of an address; of a definition that serves many units, the definition
 */
export function derivedExample(
  trial: ExampleTrial,
  measure: DerivedMeasure,
  measureOf: (address: string) => Measure | undefined,
): ExampleValue {
  const { example } = trial;
  const written = (address: string): string => definitionAddress(address, measure);
  const stored = (address: string, name: string | undefined): StoredSeries | undefined => {
    const owner = measureOf(written(address));
    if (owner === undefined) return undefined;
    const key = name === undefined ? written(address) : collectedAddress(written(address), name);
    const given = example.given[key];
    const combination = combinationOfMeasure(owner, measureOf);
    return storedSeries(
      owner,
      name,
      combination,
      given ?? (name === undefined ? {} : writtenSeries(trial, measure, owner, name)),
      (period) => isExpectedInExample(owner, period, trial, measureOf),
    );
  };
  const lookup: Lookup = {
    series: (address, name) => stored(address ?? measure.address, name),
    children: (id) =>
      Object.keys(example.given)
        .filter((address) => address.endsWith(`/${id}`) && address !== example.measure)
        .flatMap((address) => {
          const series = stored(address, undefined);
          return series === undefined ? [] : [{ address, series }];
        }),
  };
  const derived = derive(measure.derivation, measure, example.period, lookup);
  const { value, reason, numerator, denominator, inputs } = derived;
  if (value === undefined) {
    const noValueReason = reason?.message ?? 'there is no value';
    return { noValueReason, isReported: isLastWord(reason?.code), inputs, rejects: [] };
  }
  const tooFew = lackingWords(measure.derivation.kind, derived);
  return {
    value,
    isReported: true,
    ...(tooFew === undefined ? {} : { tooFew }),
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    inputs,
    rejects: [],
  };
}

/** A series that the example does not give, as its measure says it, in the periods that the value is made of. */
function writtenSeries(
  trial: ExampleTrial,
  { derivation, ...grain }: DerivedMeasure,
  owner: Measure,
  name: string,
): Readonly<Record<string, StoredPart>> {
  const at = exampleSeries({ ...trial, measure: owner });
  const days = readsOf(derivation, grain, trial.example.period, () => owner).filter(({ series }) => series === name);
  const periods = days.flatMap(({ start, end }) => periodsIn(start, end, owner));
  return Object.fromEntries(
    periods.flatMap((period) => {
      const reading = at(name, period);
      return reading.ok && reading.target.kind === 'value'
        ? [[period.id, { value: reading.target.value }] as const]
        : [];
    }),
  );
}

/** How an example writes the address of a measure of its own unit: as the definition has it. */
function definitionAddress(address: string, { scorecard, id, template }: Measure): string {
  if (template === undefined || !address.startsWith(`${scorecard}/`)) return address;
  return `${template.slice(0, -id.length)}${address.slice(scorecard.length + 1)}`;
}

function storedSeries(
  owner: Measure,
  name: string | undefined,
  combination: Combination,
  given: Readonly<Record<string, StoredPart>>,
  isExpected: (period: Period) => boolean,
): StoredSeries {
  const kind = isCollected(owner) ? owner.aggregation.kind : combination;
  const scale = isCollected(owner) ? owner.scale : '1';
  return {
    grain: owner,
    combination: name === undefined ? combination : liftOf(kind),
    scale,
    values: new Map(Object.entries(given).map(([id, part]) => [id, withValue(part, scale)])),
    ...(name === undefined ? { isExpected } : {}),
  };
}

/** A ratio of which the sides are given has the value they make; with 0 below, it has none. */
function withValue(part: StoredPart, scale: DecimalText): StoredPart {
  const { value, numerator, denominator } = part;
  if (value !== undefined || numerator === undefined || denominator === undefined) return part;
  if (denominator === '0') return part;
  return { ...part, value: canonical(divide(decimal(numerator), decimal(denominator)).times(scale)) };
}
