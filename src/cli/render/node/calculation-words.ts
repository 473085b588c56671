import { weightedSum, weightOf } from '#src/domain/rollup/coverage.js';
import { BEST_FIRST, type EnteringChild } from '#src/domain/rollup/entering-child.js';
import { canonical, decimal, divide, roundTo } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { roundWords } from '../definition/roll-up-words.js';
import { exactFigure, readableFigure, scoreFigure, shareFigure } from '../figures.js';
import { STATUS_WORDS, statusText } from '../status-words.js';
import { counted } from '../time-words.js';
import type { MadeScore } from './node-explanation.js';

/** Children whose figures are written out; of more only the sums. */
const MOST_TERMS = 12;
/** Decimals of a figure that is put into a calculation. */
const PLACES = 4;

/** The way from the children's scores to that of the node, step by step, scores from 0 to 100. */
export function calculationSentences(made: MadeScore, nameOf: (address: string) => string): readonly string[] {
  const { outcome, record } = made;
  if (outcome === undefined || record.score === undefined) {
    return [...(record.status === 'unscored' ? [] : [noScoreSentence(made)]), coverageSentence(made)];
  }
  const result = canonical(outcome.score);
  const rounded = record.unclamped ?? record.score;
  const { round } = made.rule;
  return [
    ...methodSentences(made, nameOf),
    ...(round === undefined || rounded === result
      ? []
      : [`Rounded (${roundWords(round)}) it is ${readableFigure(hundredfold(rounded))}.`]),
    ...(record.unclamped === undefined ? [] : [`Held to 0 to 100 it is ${scoreFigure(record.score)}.`]),
    `That gives ${statusText(record.status)}${record.band === undefined ? '' : ` (${record.band})`}, with a score of ${scoreFigure(record.score)} of 100.`,
    coverageSentence(made),
  ];
}

function methodSentences(made: MadeScore, nameOf: (address: string) => string): readonly string[] {
  const { rule, outcome, entering } = made;
  const method = rule.method ?? { kind: 'weighted_mean' };
  const entered = outcome?.entered ?? [];
  const named = listed(entered.map(({ node }) => nameOf(node)));
  switch (method.kind) {
    case 'weighted_mean':
      return [`The score is ${meanText(entered)}.`];
    case 'best_of':
      return [
        `Of ${entering.length} the best count, ${entered.length} of them: ${named}. The mean is ${meanText(entered)}.`,
      ];
    case 'worst':
    case 'best': {
      const status = outcome?.status ?? 'off_track';
      const has = entering.filter((child) => child.status === status);
      const extreme = method.kind === 'worst' ? 'lowest' : 'highest';
      const score = hundredfold(entered[0]?.score ?? '0');
      return [
        `The ${method.kind} status is ${STATUS_WORDS[status].word}, of ${listed(has.map(({ node }) => nameOf(node)))}. ` +
          `The ${extreme} score that has it is ${readableFigure(score)}, of ${named}.`,
      ];
    }
    case 'most_frequent': {
      const counts = BEST_FIRST.map((status) => [status, entering.filter((child) => child.status === status).length]);
      const words = counts.filter(([, count]) => count !== 0).map(([status, count]) => `${count} ${wordOf(status)}`);
      const status = outcome?.status ?? 'off_track';
      return [
        `There are ${words.join(', ')}: it is ${STATUS_WORDS[status].word}. The mean of those is ${meanText(entered)}.`,
      ];
    }
    case 'sum_of_points':
      return pointsSentences(made);
  }
}

const wordOf = (status: unknown): string =>
  BEST_FIRST.flatMap((each) => (each === status ? [STATUS_WORDS[each].word] : [])).join('');

/** `(2 × 60.5263 + 44.4444) ÷ (2 + 1) = about 55.1657` */
function meanText(children: readonly EnteringChild[]): string {
  const sum = weightedSum(children);
  const weight = weightOf(children);
  const quotient = readableFigure(hundredfold(canonical(divide(decimal(sum), decimal(weight)))));
  if (children.length > MOST_TERMS) {
    return `${short(hundredfold(sum))}, the sum of weight times score, ÷ ${short(weight)}, the sum of the weights, = ${quotient}`;
  }
  const equal = children.every((child) => child.weight === '1');
  const above = children.map((child) => product(child.weight, short(hundredfold(child.score)))).join(' + ');
  const below = equal ? String(children.length) : children.map((child) => short(child.weight)).join(' + ');
  const bracket = (text: string): string => (text.includes(' + ') ? `(${text})` : text);
  return `${bracket(above)} ÷ ${bracket(below)} = ${quotient}`;
}

function pointsSentences({ rule, entering, record, children }: MadeScore): readonly string[] {
  const { points = '0', possible = '0' } = record;
  const terms = entering.map((child) => product(child.weight, short(child.score))).join(' + ');
  const sum = entering.length > MOST_TERMS ? 'the sum of weight times score (0 to 1)' : terms;
  const declared = rule.method?.kind === 'sum_of_points' ? rule.method.possible : undefined;
  const without = decimal(weightOf(children.filter(({ status }) => status !== 'unscored'))).minus(weightOf(entering));
  const less = without.isZero() ? '' : `, less ${short(canonical(without))} of children without a score`;
  const whole =
    declared === undefined
      ? 'the sum of the weights that have a score'
      : `the declared ${exactFigure(declared)}${less}`;
  return [
    `The points are ${sum}${sum === points ? '' : ` = ${readableFigure(points)}`}, each weight times score from 0 to 1.`,
    `Possible are ${readableFigure(possible)}, ${whole}: ${short(points)} ÷ ${short(possible)} = ${readableFigure(hundredfold(canonical(divide(decimal(points), decimal(possible)))))} of 100.`,
  ];
}

function noScoreSentence({ children, entering, rule, record }: MadeScore): string {
  if (children.length === 0) return 'It has no score: nothing counts for it.';
  if (entering.length === 0) return 'It has no score: no child has one.';
  if (entering.length < rule.minimumChildren) {
    return `It has no score: ${counted(entering.length, 'child has one', 'children have one')}, where ${rule.minimumChildren} are needed.`;
  }
  if (decimal(record.coverage).lessThan(rule.minimumCoverage)) {
    return `It has no score: ${shareFigure(record.coverage)} of the weight below has one, where ${shareFigure(rule.minimumCoverage)} are needed.`;
  }
  return 'It has no score: no points were possible.';
}

/** Weight that has a score ÷ weight in all, each child with its own coverage. */
function coverageSentence({ children, entering, record }: MadeScore): string {
  const counting = children.filter(({ status }) => status !== 'unscored');
  const weight = short(weightOf(counting));
  const share = shareFigure(record.coverage);
  if (weight === '0') return 'Its coverage is 0 %: nothing below it weighs anything.';
  if (entering.length > MOST_TERMS || entering.length === 0) {
    const covered = entering.length === 0 ? '0' : 'the weight that has a score';
    return `Its coverage is ${covered} ÷ ${weight} of weight in all = ${share}.`;
  }
  const terms = entering.map(({ weight: own, coverage = '1' }) => product(coverage, short(own), own)).join(' + ');
  return `Its coverage is ${terms.includes(' + ') ? `(${terms})` : terms} ÷ ${weight} of weight in all = ${share}.`;
}

/** `2 × 60.5`, or the second alone where the first is 1. */
function product(factor: DecimalText, text: string, alone = text): string {
  return factor === '1' ? short(alone) : `${short(factor)} × ${text}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_TERMS;
  return more > 0 ? `${names.slice(0, MOST_TERMS).join(', ')} and ${more} more` : names.join(', ');
}

const short = (value: DecimalText): string => roundTo(value, PLACES);

function hundredfold(value: DecimalText): DecimalText {
  return canonical(decimal(value).times(100));
}
