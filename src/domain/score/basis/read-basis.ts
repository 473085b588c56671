import { type Fraction, whole } from '../../value/fraction.js';
import type { Basis, PeriodFacts, Unreadable } from '../types.js';
import { againstSeries } from './against-series.js';
import { expectedProgress } from './expected-progress.js';
import { progress } from './progress.js';

/** A value on the basis it is judged on, or why it has none. */
export type BasisReading = { readonly ok: true; readonly value: Fraction } | Unreadable;

/** The bases that a value has by itself, without a score or status made of it before. */
export type ValueBasis = Exclude<Basis, 'score' | 'status'>;

/**
 * Puts a value on a basis, as an exact fraction; see {@link againstSeries}, {@link progress} and
 * {@link expectedProgress} for what each is and where it has no value.
 *
 * `value` needs no series. Where another basis needs one that has no value in the period, the outcome is `no_target`.
 */
export function readBasis(basis: ValueBasis, facts: PeriodFacts): BasisReading {
  if (basis === 'value') return { ok: true, value: whole(facts.value) };
  if (basis === 'percent_of_target') return againstSeries({ kind: 'percent_of', series: 'target' }, facts);
  if (basis === 'distance_from_target') return againstSeries({ kind: 'distance_from', series: 'target' }, facts);
  switch (basis.kind) {
    case 'progress':
      return progress(basis, facts);
    case 'expected_progress':
      return expectedProgress(basis, facts);
    default:
      return againstSeries(basis, facts);
  }
}
