import { shortened } from '../raw-text.js';
import type { Ambiguity, CountedValue, Outcome } from './readings.js';

/** A type is believed when at least this many of a hundred values read by it; the others are named. */
const BELIEVED_PERCENT = 95;
const MAX_NUMBER_DIGITS = 18;
const SHOWN_OUTLIERS = 3;
const SHOWN_CHARACTERS = 40;

export interface Counts {
  /** Cells that are not blank. */
  readonly total: number;
  readonly blanks: number;
}

export function isEnough(count: number, total: number): boolean {
  return count * 100 >= total * BELIEVED_PERCENT;
}

/** Digits that name something: a number would lose the zeros in front, or be too long to count with. */
export function identifierEvidence(values: readonly CountedValue[], counts: Counts): string | undefined {
  const digits = values.filter(({ text }) => /^\d+$/.test(text.trim()));
  const count = countOf(digits);
  if (!isEnough(count, counts.total)) return undefined;
  const of = `${count} of ${counts.total + counts.blanks} are digits`;
  const padded = digits.filter(({ text }) => /^0\d/.test(text.trim()));
  if (padded.length > 0)
    return `${of}, ${countOf(padded)} with leading zeros such as ${listed(padded, 1)}: identifiers${blankPart(counts)}`;
  const long = digits.filter(({ text }) => text.trim().length > MAX_NUMBER_DIGITS);
  if (long.length === 0) return undefined;
  return `${of}, ${countOf(long)} more than ${MAX_NUMBER_DIGITS} long such as ${listed(long, 1)}: identifiers${blankPart(counts)}`;
}

export function ambiguous({ text, first, second }: Ambiguity, best: Outcome, counts: Counts): string {
  const shown = `'${shortened(text, SHOWN_CHARACTERS)}'`;
  const [one, other] = [first.outcome.candidate.what, second.outcome.candidate.what];
  const either =
    first.value === second.value
      ? `nothing tells ${one} from ${other}, such as ${shown}`
      : `${shown} is ${first.value} among ${one} and ${second.value} among ${other}`;
  const of = `${best.count} of ${counts.total + counts.blanks} can be read in two ways`;
  return `ambiguous: ${of}: ${either}; declare what is right${blankPart(counts)}`;
}

export function textEvidence(tried: readonly Outcome[], values: readonly CountedValue[], counts: Counts): string {
  const all = counts.total + counts.blanks;
  const [nearest] = [...tried].sort((a, b) => b.count - a.count);
  const percentages = values.filter(({ text }) => /^%.*\d|\d.*%$/.test(text.trim()));
  if (isEnough(countOf(percentages), counts.total)) {
    const of = `${countOf(percentages)} of ${all} have a percent sign such as ${listed(percentages, 1)}`;
    return `${of}: a decimal once percent: points or percent: fraction is declared${blankPart(counts)}`;
  }
  if (nearest === undefined || nearest.count * 2 < counts.total)
    return `${counts.total} of ${all} are text${blankPart(counts)}`;
  return `only ${nearest.count} of ${all} are ${nearest.candidate.what}, fewer than ${BELIEVED_PERCENT} %${blankPart(counts)}`;
}

export function withoutValues({ blanks }: Counts): string {
  return blanks === 0 ? 'no rows were sampled' : `all ${blanks} are blank`;
}

/** `196 of 200 are dates dd.MM.yyyy, 2 are not: 'n/a', 2 blank`. */
export function sentence(outcome: Outcome, values: readonly CountedValue[], counts: Counts): string {
  const outliers = values.filter((_, index) => outcome.typed[index] === undefined);
  const others =
    outliers.length === 0
      ? ''
      : `, ${counts.total - outcome.count} ${counts.total - outcome.count === 1 ? 'is' : 'are'} not: ${listed(outliers, SHOWN_OUTLIERS)}`;
  return `${outcome.count} of ${counts.total + counts.blanks} are ${outcome.candidate.what}${others}${blankPart(counts)}`;
}

function blankPart({ blanks }: Counts): string {
  return blanks === 0 ? '' : `, ${blanks} blank`;
}

function listed(values: readonly CountedValue[], limit: number): string {
  const shown = values.slice(0, limit).map(({ text }) => `'${shortened(text, SHOWN_CHARACTERS)}'`);
  return `${shown.join(', ')}${values.length > limit && limit > 1 ? ', …' : ''}`;
}

function countOf(values: readonly CountedValue[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}
