import { plainNumber } from '../../measure/plain-number.js';
import { canonical, decimal } from '../../value/decimal.js';
import { isSameBasis } from '../basis/basis-text.js';
import { quantityText, readQuantity, SERIES_NAME, seriesQuantity } from '../quantity.js';
import type { Band, Basis, Comparison, ExpectedProgressBasis, ProgressBasis, Quantity } from '../types.js';

/** Outcome of {@link parseBand}. */
export type BandReading =
  | ({ readonly ok: true; readonly operator: Comparison; readonly limit: Quantity } & Pick<Band, 'basis' | 'also'>)
  | { readonly ok: false; readonly message: string; readonly remedy: string };

/** What words of an expression stand for in this measure. */
export interface BandWords {
  /** The labels of an ordinal measure, worst first. */
  readonly labels?: readonly string[];
  /** What `progress` is; from `baseline` to `target` when absent. */
  readonly progress?: ProgressBasis;
  /** What `N% of expected` is a part of; absent where the measure expects no progress. */
  readonly expected?: ExpectedProgressBasis;
}

const NAME = '([a-z][a-z0-9_-]*)';
const COMPARED = /^(?<subject>[a-z][a-z0-9_ -]*?)?\s*(?<operator>>=|<=|>|<|=)\s*(?<limit>[^<>=].*)$/;
const BETWEEN = /^(?:(?<subject>[a-z][a-z0-9_ -]*?)\s+)?between\s+(?<low>.+?)\s+and\s+(?<high>.+)$/;
const WITHIN = new RegExp(`^within\\s+(?<number>\\S+?)\\s*(?<percent>%)?\\s+of\\s+(?<series>${NAME})$`);
const PERCENT_OF = new RegExp(`^(?<number>\\S+?)\\s*%\\s*of\\s+(?<series>${NAME})$`);
const SUBJECT = new RegExp(
  `^(?<kind>percent of|distance from|distance percent of|variance from|variance percent of)\\s+(?<series>${NAME})$`,
);
const SHAPES =
  "write one of '>= 85', '<= 5', '>= 92% of target', 'within 2 of target', '>= threshold + 2', " +
  "'between 10 and 20', 'score >= 70', 'progress >= 50%'";

/**
 * Reads a band expression.
 *
 * - `>= Q`, `<= Q`, `> Q`, `< Q`, `= Q`: the value itself; `Q` is a number, or made of series as `readQuantity` says
 * - `>= N% of target`: percent of target, or of another series
 * - `within N of target`, `within N% of target`: distance from it, or outside the range; `N` is not negative, 0 is on
 *   target exactly
 * - `between Q and Q`: both ends included; `>= Q and < Q`: each as written
 * - `score >= N`: the points of the measure's score; `progress >= N%`, `progress >= N% of expected`;
 *   `percent of S`, `distance from S`, `distance percent of S`, `variance from S`, `variance percent of S`, compared
 *   with a number
 *
 * A number is plain, such as `-1.5`. One with `%` but without `of target` is refused, since a measure in percent and a
 * percentage of its target look alike.
 */
export function parseBand(text: string, words: BandWords = {}): BandReading {
  const trimmed = text.trim();
  const within = WITHIN.exec(trimmed)?.groups;
  if (within !== undefined)
    return withinReading(text, within['number'] ?? '', within['percent'], within['series'] ?? '');
  const between = BETWEEN.exec(trimmed)?.groups;
  if (between !== undefined) return betweenReading(text, between, words);
  const [first = '', second, ...more] = trimmed.split(/\s+and\s+/);
  const lower = comparisonOf(text, first, undefined, words);
  if (!lower.ok || second === undefined) return lower;
  if (more.length > 0) return unread(text);
  const upper = comparisonOf(text, second, COMPARED.exec(first)?.groups?.['subject'], words);
  if (!upper.ok) return upper;
  if (!isSameBasis(lower.basis, upper.basis)) return unread(text);
  return { ...lower, also: { operator: upper.operator, limit: upper.limit } };
}

/** One comparison; what it leaves unsaid on its left side is `subject`. */
function comparisonOf(text: string, written: string, subject: string | undefined, words: BandWords): BandReading {
  const compared = COMPARED.exec(written)?.groups;
  const operator = COMPARISONS.find((candidate) => candidate === compared?.['operator']);
  if (compared === undefined || operator === undefined) return unread(text);
  const side = sideOf(text, compared['subject'] ?? subject, compared['limit'] ?? '', words);
  return side.ok ? { ...side, operator } : side;
}

const COMPARISONS = ['>=', '<=', '>', '<', '='] as const satisfies readonly Comparison[];

/** What `on` of a list of ranges can be: the left side of a comparison. */
export function readSubject(subject: string, words: BandWords = {}): Basis | undefined {
  const side = sideOf(
    subject,
    subject.replace(/^(?:(?:percent|distance|variance)(?:_from|_of|_percent_of)_)/, spaced),
    '0',
    words,
  );
  return side.ok ? side.basis : undefined;
}

const spaced = (words: string): string => words.replaceAll('_', ' ');

type Side =
  | { readonly ok: true; readonly basis: Basis; readonly limit: Quantity }
  | Extract<BandReading, { readonly ok: false }>;

/** The basis and the limit of one comparison. */
function sideOf(text: string, subject: string | undefined, limit: string, words: BandWords): Side {
  switch (subject) {
    case undefined:
    case 'value':
      return valueSide(text, limit, words);
    case 'score':
      return numberSide(text, 'score', limit);
    case 'progress':
      return progressSide(text, limit, words);
    default: {
      const { kind = '', series = '' } = SUBJECT.exec(subject)?.groups ?? {};
      const basis = SERIES_NAME.test(series) ? seriesSubject(kind, series) : undefined;
      if (basis === undefined) return unread(text);
      return numberSide(text, basis, kind.includes('percent') ? limit.replace(/\s*%$/, '') : limit);
    }
  }
}

function seriesSubject(kind: string, series: string): Basis | undefined {
  switch (kind) {
    case 'percent of':
      return percentOf(series);
    case 'distance from':
      return distanceFrom(series);
    case 'distance percent of':
      return { kind: 'distance_percent_of', series };
    case 'variance from':
      return { kind: 'variance_from', series };
    case 'variance percent of':
      return { kind: 'variance_percent_of', series };
    default:
      return undefined;
  }
}

function percentOf(series: string): Basis {
  return series === 'target' ? 'percent_of_target' : { kind: 'percent_of', series };
}

function distanceFrom(series: string): Basis {
  return series === 'target' ? 'distance_from_target' : { kind: 'distance_from', series };
}

function valueSide(text: string, limit: string, { labels }: BandWords): Side {
  const { number, series } = PERCENT_OF.exec(limit)?.groups ?? {};
  if (number !== undefined && series !== undefined) return numberSide(text, percentOf(series), number);
  const reading = readQuantity(limit, labels);
  if (reading.ok) return { ok: true, basis: 'value', limit: reading.quantity };
  if (/^['"]/.test(limit)) return reading;
  // A bare word that is no series is a label without its quotes, or a sentence; a figure is a number gone wrong.
  return /\d/.test(limit) && !/\s/.test(limit) ? badNumber(text, limit) : unread(text);
}

function progressSide(text: string, limit: string, { progress, expected }: BandWords): Side {
  const match = /^(?<number>\S+?)\s*(?<percent>%(?<of>\s*of\s+expected)?)?$/.exec(limit)?.groups;
  const number = plainNumber(match?.['number'] ?? '');
  if (number === undefined) return badNumber(text, limit);
  const share = match?.['percent'] === undefined ? number : canonical(decimal(number).times('0.01'));
  if (match?.['of'] === undefined) return { ok: true, basis: progress ?? TO_TARGET, limit: share };
  if (expected !== undefined) return { ok: true, basis: expected, limit: share };
  return {
    ok: false,
    message: `"${text}" asks for an expected progress, which the measure does not have`,
    remedy: 'let the score have the basis expected_progress, with start and end',
  };
}

const TO_TARGET: ProgressBasis = { kind: 'progress', from: seriesQuantity('baseline'), to: seriesQuantity('target') };

function numberSide(text: string, basis: Basis, limit: string): Side {
  const number = plainNumber(limit);
  return number === undefined ? badNumber(text, limit) : { ok: true, basis, limit: number };
}

function betweenReading(
  text: string,
  parts: Readonly<Record<string, string | undefined>>,
  words: BandWords,
): BandReading {
  const high = sideOf(text, parts['subject'], parts['high'] ?? '', words);
  if (!high.ok) return high;
  // `between 90 and 110% of target` and `between 40 and 60%` say once what both are.
  const shared = /\s*%(?:\s*of\s+\S+)?$/.exec(parts['high'] ?? '')?.[0] ?? '';
  const alone = plainNumber((parts['low'] ?? '').replace(/\s*%$/, '').trim());
  const low = sideOf(text, parts['subject'], alone === undefined ? (parts['low'] ?? '') : `${alone}${shared}`, words);
  if (!low.ok) return low;
  if (!isSameBasis(low.basis, high.basis)) return unread(text);
  if (typeof low.limit === 'string' && typeof high.limit === 'string' && decimal(low.limit).greaterThan(high.limit)) {
    const [first, second] = [low.limit, high.limit].map((each) => quantityText(each));
    return {
      ok: false,
      message: `"${text}" holds nothing: ${first} is above ${second}`,
      remedy: 'put the lower end first',
    };
  }
  return { ok: true, basis: low.basis, operator: '>=', limit: low.limit, also: { operator: '<=', limit: high.limit } };
}

function withinReading(text: string, number: string, percent: string | undefined, series: string): BandReading {
  const limit = plainNumber(number);
  if (limit === undefined)
    return badNumber(text, number, "write the distance in the value's own unit: 'within 2 of target'");
  if (limit.startsWith('-')) {
    const message = `the distance ${number} in "${text}" is negative`;
    return { ok: false, message, remedy: 'give a distance of 0 or more' };
  }
  const basis: Basis = percent === undefined ? distanceFrom(series) : { kind: 'distance_percent_of', series };
  return { ok: true, basis, operator: '<=', limit };
}

function unread(text: string): Extract<BandReading, { readonly ok: false }> {
  return { ok: false, message: `cannot read the band "${text}"`, remedy: SHAPES };
}

function badNumber(text: string, number: string, remedy?: string): Extract<BandReading, { readonly ok: false }> {
  const advice = number.endsWith('%')
    ? `write '${text.trim()} of target', or leave the % out to compare the value itself`
    : 'write digits with at most one decimal point: 92.5';
  return { ok: false, message: `"${number}" in the band "${text}" is not a plain number`, remedy: remedy ?? advice };
}
