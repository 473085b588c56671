import { type BandRange, checkRanges, type Inclusive } from '#src/domain/score/bands/band-ranges.js';
import { checkStatusOrder } from '#src/domain/score/bands/check-band-list.js';
import { type BandWords, readSubject } from '#src/domain/score/bands/parse-band.js';
import type { Band, Basis } from '#src/domain/score/types.js';
import { below, type Place } from '../../problem-list.js';
import type { RangedBandsSpec } from '../../spec/score-spec.js';
import type { ScoringContext } from './known.js';

type RangeSpec = RangedBandsSpec['ranges'][number];

/** Bands that are written as ranges; none when they leave a gap, overlap, or contradict the direction. */
export function resolveRanges(
  { on, inclusive, ranges }: RangedBandsSpec,
  words: BandWords,
  place: Place,
  { direction, problems }: ScoringContext,
): readonly Band[] {
  const basis = readSubject(on, words);
  if (basis === undefined) {
    const message = `there is no "${on}" that ranges could be of`;
    problems.error('CONFIG_BAD_BAND', below(place, 'on'), message, 'use value, score, progress, percent of target, …');
    return [];
  }
  const ends = ranges.map(endsOf);
  const { faults, openEnds } = checkRanges(ends, inclusive);
  for (const fault of faults) {
    const remedy = 'let each range begin where the one before it ends, and say which of the two includes that number';
    problems.error('CONFIG_BAD_BANDS', below(place, 'ranges'), fault, remedy);
  }
  if (faults.length > 0) return [];
  for (const openEnd of openEnds) {
    const remedy = 'leave out from of the lowest range and to of the highest; values outside have no score';
    problems.warn('CONFIG_BANDS_OPEN_END', below(place, 'ranges'), openEnd, remedy);
  }
  const bands = ranges.map((range, index) => bandOfRange(range, ends[index] ?? {}, basis, inclusive));
  const contradictions = checkStatusOrder(direction, bands);
  for (const fault of contradictions) {
    problems.error(
      'CONFIG_BAD_BANDS',
      below(place, 'ranges'),
      fault,
      'check the statuses of the ranges, and direction',
    );
  }
  return contradictions.length === 0 ? bands : [];
}

function endsOf({ from, to }: RangeSpec): BandRange {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function bandOfRange(spec: RangeSpec, { from, to }: BandRange, basis: Basis, inclusive: Inclusive): Band {
  const lower =
    from === undefined ? undefined : ({ operator: inclusive === 'upper' ? '>' : '>=', limit: from } as const);
  const upper = to === undefined ? undefined : ({ operator: inclusive === 'lower' ? '<' : '<=', limit: to } as const);
  const text = [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`].filter(Boolean).join(' ');
  const named = spec.label === undefined ? {} : { label: spec.label };
  const first = lower ?? upper;
  if (first === undefined) return { status: spec.status, basis, operator: 'else', ...named, text: 'else' };
  return {
    status: spec.status,
    basis,
    ...first,
    ...(lower !== undefined && upper !== undefined ? { also: upper } : {}),
    ...named,
    text,
  };
}
