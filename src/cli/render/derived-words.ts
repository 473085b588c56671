import type { DerivedEvidence } from '#src/domain/actual/types.js';
import type { UsedInput } from '#src/domain/derivation/types.js';
import { formulaText } from '#src/domain/formula/formula-text.js';
import type { Comparison, Formula } from '#src/domain/formula/types.js';
import { isDerived, type Measure } from '#src/domain/measure/types.js';
import { decimal, roundTo } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { edgeWords } from '#src/domain/window/edges.js';
import type { Filled } from '#src/domain/window/types.js';
import { readableFigure } from './figures.js';
import { counted } from './time-words.js';

/** Decimals of a value that is put into a formula. */
const PLACES = 4;
/** Inputs, and periods of one, that are told of. */
const MOST = 12;

/**
 * ` = 100 * 20 / 80`: the formula with the values put in, those with many decimals rounded; an input without a value keeps
 * its name. Empty for what is no formula, or another one than is configured now.
 */
export function filledFormula(measure: Measure, { text, inputs }: DerivedEvidence): string {
  if (text === undefined || !isDerived(measure)) return '';
  const { derivation } = measure;
  if (derivation.kind !== 'formula' || derivation.text !== text) return '';
  const values = new Map(inputs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])));
  return ` = ${formulaText(filled(derivation.formula, values))}`;
}

function filled(formula: Formula, values: ReadonlyMap<string, DecimalText>): Formula {
  const fill = (part: Formula): Formula => filled(part, values);
  switch (formula.kind) {
    case 'number':
      return formula;
    case 'name':
      return numberOf(values.get(formula.name)) ?? formula;
    case 'negate':
    case 'round':
      return { ...formula, of: fill(formula.of) };
    case 'operation':
      return { ...formula, left: fill(formula.left), right: fill(formula.right) };
    case 'call':
      return { ...formula, parts: formula.parts.map(fill) };
    case 'if': {
      const { left, right, operator } = formula.condition;
      const condition: Comparison = { operator, left: fill(left), right: fill(right) };
      // biome-ignore lint/suspicious/noThenProperty: the branch of a formula
      return { ...formula, condition, then: fill(formula.then), otherwise: fill(formula.otherwise) };
    }
  }
}

/** A negative number gets the brackets of a sign. */
function numberOf(value: DecimalText | undefined): Formula | undefined {
  if (value === undefined) return undefined;
  const short = roundTo(value, PLACES);
  if (!decimal(short).isNegative()) return { kind: 'number', value: short };
  return { kind: 'negate', of: { kind: 'number', value: decimal(short).negated().toFixed() } };
}

/** What each input was, what stood in for what was missing, and what lacks. */
export function inputSentences({ inputs, partial, more = 0 }: DerivedEvidence): readonly string[] {
  const left = Math.max(0, inputs.length - MOST) + more;
  return [
    ...inputs.slice(0, MOST).map(inputSentence),
    ...(left === 0 ? [] : [`And ${counted(left, 'more input', 'more inputs')}.`]),
    ...(partial ? ['It is partial: some of what belongs to it has no value.'] : []),
  ];
}

/** What one input was: `rate, which is company/rate, 2 periods to 2026-02, is 50.` */
export function inputSentence(input: UsedInput): string {
  const { name, measure, series, period, value, reason, passedOver, taken } = input;
  const source = [measure ?? 'the measure itself', series].filter((part) => part !== undefined).join('#');
  const called = name === '' || name === measure ? source : `${name}, which is ${source}`;
  const closed =
    taken.notExpected === undefined || value === undefined ? '' : ` (in ${taken.notExpected} more nothing is expected)`;
  const several = `, ${counted(taken.expected, 'period')} to ${period}${closed},`;
  const at = period === undefined ? '' : taken.expected > 1 || closed !== '' ? several : ` in ${period}`;
  const what = value === undefined ? `has no value: ${reason ?? 'there is none'}` : `is ${readableFigure(value)}`;
  const lacks = value === undefined || taken.without.length === 0 ? '' : `, without ${listed(taken.without)}`;
  const days = taken.edges === undefined ? '' : `; of its days there are ${edgeWords(taken.edges)}`;
  const stood = taken.filled.map(filledWords);
  const spared = passedOver === true ? '; the formula does without it' : '';
  return `${called}${at} ${what}${lacks}${days}${stood.length === 0 ? '' : `; ${listed(stood)}`}${spared}.`;
}

function filledWords({ period, by, from }: Filled): string {
  return by === 'zero' ? `0 stands in for ${period}` : `the value of ${from} stands in for ${period}`;
}

function listed(items: readonly string[]): string {
  const more = items.length - MOST;
  return more > 0 ? `${items.slice(0, MOST).join(', ')} and ${more} more` : items.join(', ');
}
