import { numberGrammar } from '#src/domain/value/number-grammar.js';
import { sha256Hex } from '../digest.js';
import type { DiscoveredField } from '../discovery.js';
import { shortened } from '../raw-text.js';
import type { RawCell } from '../types.js';
import { BOOLEANS, COMPACT_DATES, DATES, declaredCandidate, NUMBERS } from './candidates.js';
import {
  ambiguous,
  type Counts,
  identifierEvidence,
  isEnough,
  sentence,
  textEvidence,
  withoutValues,
} from './evidence.js';
import { bestOf, type CountedValue, type Outcome, outcomeOf } from './readings.js';

const SHOWN_VALUES = 5;
const SHOWN_CHARACTERS = 40;
const LONG_BOOLEAN = /^(?:true|false|yes|no)$/i;

type Finding = Pick<DiscoveredField, 'type' | 'settings' | 'evidence'>;

/**
 * What type a column has, by the raw cells of a sample, and why. Every type is tried by the very reader an extract's column
 * would get; what two ways of writing read differently stays text and says so. The order of the cells plays no part.
 *
 * Digits with leading zeros, or more than 18 of them, are identifiers, hence text; 0 and 1 are whole numbers, not
 * booleans. A type holds when 95 of 100 values that are not blank read by it.
 *
 * @param cells sampled raw cells, as a batch has them
 * @param declared the source's own type; where the cells bear it out, it decides
 */
export function inferField(name: string, cells: readonly RawCell[], declared?: string): DiscoveredField {
  const values = countedValues(cells);
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const blanks = cells.length - total;
  const finding = findType(values, { total, blanks }, declared);
  return {
    name,
    ...finding,
    ...(declared === undefined ? {} : { declared }),
    blanks,
    sample: [...values]
      .sort((a, b) => b.count - a.count || compareText(a.text, b.text))
      .slice(0, SHOWN_VALUES)
      .map(({ text }) => shortened(text, SHOWN_CHARACTERS)),
  };
}

/** Digest of the fields' names, order and declared types; what a sample shows plays no part. */
export function fingerprintOf(fields: readonly Pick<DiscoveredField, 'name' | 'declared'>[]): string {
  return sha256Hex(JSON.stringify(fields.map(({ name, declared }) => [name, declared ?? null])));
}

function findType(values: readonly CountedValue[], counts: Counts, declared: string | undefined): Finding {
  const promised = declared === undefined ? undefined : declaredCandidate(declared);
  if (promised !== undefined) {
    const outcome = outcomeOf(promised, values);
    if (isBelieved(outcome, counts)) {
      const seen = counts.total === 0 ? withoutValues(counts) : sentence(outcome, values, counts);
      return found(outcome, `declared ${declared}: ${seen}`);
    }
  }
  const finding = inferred(values, counts);
  return declared === undefined ? finding : { ...finding, evidence: `declared ${declared}: ${finding.evidence}` };
}

function inferred(values: readonly CountedValue[], counts: Counts): Finding {
  if (counts.total === 0) return asText(withoutValues(counts));
  const identifiers = identifierEvidence(values, counts);
  if (identifiers !== undefined) return asText(identifiers);

  const tried: Outcome[] = [];
  for (const candidates of [NUMBERS, DATES]) {
    const contest = bestOf(candidates, values);
    if (contest === undefined) continue;
    if (isBelieved(contest.best, counts)) {
      if (contest.ambiguity !== undefined) return asText(ambiguous(contest.ambiguity, contest.best, counts));
      return candidates === NUMBERS
        ? numberFinding(contest.best, values, counts)
        : dateFinding(contest.best, values, counts);
    }
    tried.push(contest.best);
  }
  const booleans = outcomeOf(BOOLEANS, values);
  if (isBelieved(booleans, counts) && saysBoth(booleans, values))
    return found(booleans, sentence(booleans, values, counts));
  return asText(textEvidence(tried, values, counts));
}

function numberFinding(outcome: Outcome, values: readonly CountedValue[], counts: Counts): Finding {
  const { decimalSeparator } = numberGrammar(outcome.candidate.settings.locale);
  // `12.0` is a whole number, and says that fractions can come.
  const isWhole = values.every(({ text }, index) => {
    const typed = outcome.typed[index];
    return typed === undefined || !(typed.includes('.') || text.includes(decimalSeparator) || /e/i.test(text));
  });
  if (!isWhole) return found(outcome, sentence(outcome, values, counts));
  const compact = outcomeOf(COMPACT_DATES, values);
  if (
    compact.count === counts.total &&
    values.length > 1 &&
    values.every(({ text }) => /^(?:19|20)/.test(text.trim()))
  ) {
    return found(compact, sentence(compact, values, counts));
  }
  const { locale } = outcome.candidate.settings;
  const what = locale === undefined ? 'whole numbers' : `whole numbers written as in ${locale}`;
  const whole: Outcome = { ...outcome, candidate: { ...outcome.candidate, type: 'integer', what } };
  return found(whole, sentence(whole, values, counts));
}

function dateFinding(outcome: Outcome, values: readonly CountedValue[], counts: Counts): Finding {
  const evidence = sentence(outcome, values, counts);
  const bare =
    outcome.candidate.type === 'datetime' &&
    (outcome.candidate.settings.pattern !== undefined ||
      values.some(({ text }) => !/(?:Z|[+-]\d\d:?(?:\d\d)?)$/i.test(text.trim())));
  return found(outcome, bare ? `${evidence}; without a zone: declare time_zone if it is not the site's` : evidence);
}

/** One letter, or one meaning only, is more often a code than an answer. */
function saysBoth(outcome: Outcome, values: readonly CountedValue[]): boolean {
  if (values.some(({ text }) => /^[01]$/.test(text.trim()))) return false;
  const meanings = new Set(outcome.typed.filter((value) => value !== undefined));
  return (
    meanings.size === 2 ||
    values.every(({ text }, index) => outcome.typed[index] === undefined || LONG_BOOLEAN.test(text.trim()))
  );
}

function found({ candidate }: Outcome, evidence: string): Finding {
  return { type: candidate.type, settings: candidate.settings, evidence };
}

function asText(evidence: string): Finding {
  return { type: 'text', settings: {}, evidence };
}

function isBelieved(outcome: Outcome, counts: Counts): boolean {
  return isEnough(outcome.count, counts.total);
}

/** Distinct values in a fixed order, so that the order of the rows cannot show. */
function countedValues(cells: readonly RawCell[]): CountedValue[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    if (cell !== null && cell.trim() !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => compareText(a.text, b.text));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
