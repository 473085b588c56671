import { isDerived, type Measure } from '#src/domain/measure/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import { askedSeries } from '#src/domain/series/asked-series.js';
import { withheld } from '../score/score-measure.js';
import { collectedExample } from './collected-example.js';
import { compareExample } from './compare-example.js';
import { derivedExample } from './derived-example.js';
import { exampleSeries } from './example-series.js';
import type { ExampleOutcome, ExampleTrial, ExampleValue } from './example-types.js';
import { isExpectedInExample } from './expected-in-example.js';

/**
 * Tries one example: its rows or values through the steps of a run, without source and store, and what comes of them
 * against what it says.
 *
 * The period is judged as one that is long over: without a value it is `missing`, or `insufficient_data` where what is
 * given tells that there is none, or `not_expected` where none was to come.
 *
 * @param measureOf the measure of an address, as examples write them
 */
export async function runExample(
  trial: ExampleTrial,
  measureOf: (address: string) => Measure | undefined,
  signal: AbortSignal,
): Promise<ExampleOutcome> {
  const { example, measure } = trial;
  const found = isDerived(measure)
    ? derivedExample(trial, measure, measureOf)
    : await collectedExample(trial, measure, signal);
  const score = scoreOf(trial, found, isExpectedInExample(measure, example.period, trial, measureOf));
  return { example, measure: measure.address, ...found, score, differences: compareExample(trial, found, score) };
}

function scoreOf(
  trial: ExampleTrial,
  { value, noValueReason, isReported, tooFew }: ExampleValue,
  isExpected: boolean,
): PeriodScore {
  const { example, measure } = trial;
  const series = exampleSeries(trial);
  const score = scorePeriod({
    measure,
    period: example.period,
    value,
    freshness: isReported ? 'reported' : isExpected ? 'missing' : 'not_expected',
    ...askedSeries((name) => series(name, example.period)),
    ...(noValueReason === undefined ? {} : { noValueReason }),
  });
  return withheld(score, tooFew);
}
