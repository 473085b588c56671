import type { ExpectedNumber } from '#src/config/types.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import { canonical, decimal, roundTo } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { ExampleDifference, ExampleTrial, ExampleValue } from './example-types.js';

/** Decimals of scores and points, as people see them. */
const SCORE_PLACES = 1;

/** Decimals up to which a number is told in full. */
const FULL_PLACES = 4;

/**
 * What is not as the example says, in the order in which one follows from the other.
 *
 * A number is compared with as many decimals as were written, and at least with those people are shown: `50` is not
 * 50.4 where one decimal is shown, and `66.7` is two thirds. Rounded is half to even, as everything that is shown.
 */
export function compareExample(
  { example, measure }: ExampleTrial,
  { value }: ExampleValue,
  scored: PeriodScore,
): readonly ExampleDifference[] {
  const { expect } = example;
  const points = scored.scored ? scored.points : undefined;
  const score = scored.scored ? canonical(decimal(scored.score).times(100)) : undefined;
  const reason = scored.scored ? undefined : scored.reason;
  return [
    ...(expect.value === 'none'
      ? wordsApart('value', 'none', value ?? 'none')
      : numbersApart('value', expect.value, value, measure.decimals)),
    ...numbersApart('score', expect.score, score, SCORE_PLACES),
    ...numbersApart('points', expect.points, points, SCORE_PLACES),
    ...wordsApart('status', expect.status, scored.status),
    ...wordsApart('band', expect.band, scored.scored ? scored.band : undefined),
    ...(expect.reason === undefined || reason?.includes(expect.reason)
      ? []
      : [{ what: 'reason' as const, expected: expect.reason, got: reason ?? 'none' }]),
  ];
}

function numbersApart(
  what: ExampleDifference['what'],
  expected: ExpectedNumber | undefined,
  got: DecimalText | undefined,
  shownPlaces: number,
): readonly ExampleDifference[] {
  if (expected === undefined) return [];
  const places = Math.max(expected.places, shownPlaces);
  if (got !== undefined && roundTo(got, places) === roundTo(expected.value, places)) return [];
  return [{ what, expected: expected.value, got: got === undefined ? 'none' : shown(got, places) }];
}

/** A number in full where it is short: that 1250.5 is rounded to 1250 should not have to be guessed. */
function shown(value: DecimalText, places: number): string {
  const all = value.split('.')[1]?.length ?? 0;
  return all <= FULL_PLACES ? value : roundTo(value, places);
}

function wordsApart(
  what: ExampleDifference['what'],
  expected: string | undefined,
  got: string | undefined,
): readonly ExampleDifference[] {
  return expected === undefined || expected === got ? [] : [{ what, expected, got: got ?? 'none' }];
}
