import { plainNumber } from '../measure/plain-number.js';
import { ROUNDING_MODES, type RoundingMode } from '../value/decimal.js';
import { formulaLayout } from './formula-layout.js';
import { type FormulaToken, formulaTokens } from './formula-tokens.js';
import { formulaTree, type Tree } from './formula-tree.js';
import { FUNCTION_NAMES, FUNCTIONS, IF_FORM, isFunction, ROUND_FORM } from './functions.js';
import type { Comparison, Formula, FormulaProblem, FormulaReading } from './types.js';

/** Limits of a formula: characters, numbers with names and operators, and brackets inside brackets. */
const FORMULA_LIMITS = { characters: 2000, words: 200, brackets: 30 } as const;

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Comparison['operator'][];

/** Decimal places that `round` can be asked for: as many as a stored quotient has. */
const MOST_PLACES = 20;

/**
 * Reads a formula: numbers, names, `+ - * / ^`, brackets, `if` with one comparison, and the functions of
 * {@link FUNCTIONS}.
 *
 * `^` binds tightest and from the right, then a sign, so `-2^2` is -4 and `2^-1` is a half. Numbers are taken
 * digit by digit, never as floats. Names are the letters a to z in either case, digits and `_`; what they stand for
 * is looked up by the caller. There are no texts, lists, members, assignments or other calls. Never throws: words that
 * are none, then words in the wrong place, then functions used wrongly are each told all at once, up to
 * {@link FORMULA_LIMITS}.
 *
 * @see docs/decisions/2026-11-28-formulas.md
 */
export function parseFormula(text: string): FormulaReading {
  const { tokens, problems } = formulaTokens(text.slice(0, FORMULA_LIMITS.characters));
  const tooBig = sizeProblem(text, tokens);
  if (tooBig !== undefined) return { ok: false, problems: [tooBig] };
  if (problems.length > 0) return { ok: false, problems };
  const layout = formulaLayout(tokens, text.length);
  if (layout.problems.length > 0) return { ok: false, problems: layout.problems };
  return new Reader(tokens).read(formulaTree(tokens, layout.roles));
}

function sizeProblem(text: string, tokens: readonly FormulaToken[]): FormulaProblem | undefined {
  const { characters, words, brackets } = FORMULA_LIMITS;
  const remedy = 'split it: let a measure of its own compute a part';
  if (text.length > characters) {
    return { position: characters, piece: '', message: `the formula is longer than ${characters} characters`, remedy };
  }
  const counted = tokens.filter(({ kind }) => kind === 'number' || kind === 'name' || kind === 'operator');
  const over = counted[words];
  if (over !== undefined) {
    const message = `the formula has more than ${words} numbers, names and operators`;
    return { position: over.start, piece: over.text, message, remedy };
  }
  let depth = 0;
  for (const { kind, start, text: piece } of tokens) {
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0;
    if (depth > brackets) {
      return { position: start, piece, message: `more than ${brackets} brackets stand inside each other`, remedy };
    }
  }
  return undefined;
}

/** Turns the tree of a formula into what it computes. A part with a problem is read on as a zero, which nobody sees. */
class Reader {
  readonly #tokens: readonly FormulaToken[];
  readonly #problems: FormulaProblem[] = [];

  constructor(tokens: readonly FormulaToken[]) {
    this.#tokens = tokens;
  }

  read(tree: Tree): FormulaReading {
    const formula = this.#value(tree);
    if (this.#problems.length === 0) return { ok: true, formula };
    return { ok: false, problems: this.#problems.toSorted((a, b) => a.position - b.position) };
  }

  #value(tree: Tree): Formula {
    switch (tree.kind) {
      case 'leaf':
        return this.#leaf(tree.token);
      case 'group':
        return this.#value(tree.of);
      case 'sign':
        return { kind: 'negate', of: this.#value(tree.of) };
      case 'binary':
        return this.#operation(tree);
      case 'call':
        return this.#call(tree);
    }
  }

  #leaf(index: number): Formula {
    const { kind, text } = this.#token(index);
    if (kind === 'number') return { kind: 'number', value: plainNumber(text) ?? '0' };
    if (FUNCTION_NAMES.includes(text)) return this.#wrong(index, `"${text}" is a function`, `write ${formOf(text)}`);
    return { kind: 'name', name: text };
  }

  #operation(tree: Extract<Tree, { kind: 'binary' }>): Formula {
    const { operator } = tree;
    const [left, right] = [this.#value(tree.left), this.#value(tree.right)];
    if (operator === '+' || operator === '-' || operator === '*' || operator === '/' || operator === '^') {
      return { kind: 'operation', operator, left, right };
    }
    const message = `the comparison "${operator}" is no value`;
    return this.#wrong(this.#first(tree), message, `comparisons are the first part of if: ${IF_FORM}`);
  }

  #call({ token, parts }: Extract<Tree, { kind: 'call' }>): Formula {
    const name = this.#token(token).text;
    if (name === 'if') return this.#choice(token, parts);
    if (name === 'round') return this.#round(token, parts);
    if (!isFunction(name)) return this.#unknown(token, name, parts);
    const { least, most, form } = FUNCTIONS[name];
    const values = parts.map((part) => this.#value(part));
    if (parts.length >= least && parts.length <= most) return { kind: 'call', function: name, parts: values };
    return this.#miscounted(token, parts.length, form);
  }

  #unknown(token: number, name: string, parts: readonly Tree[]): Formula {
    for (const part of parts) this.#value(part);
    const known = FUNCTION_NAMES.find((candidate) => candidate === name.toLowerCase());
    const remedy = known === undefined ? `use one of: ${FUNCTION_NAMES.join(', ')}` : `write ${known}`;
    return this.#wrong(token, `there is no function "${name}"`, remedy);
  }

  #choice(token: number, [condition, yes, no, ...more]: readonly Tree[]): Formula {
    if (condition === undefined || yes === undefined || no === undefined || more.length > 0) {
      const count = [condition, yes, no].filter((part) => part !== undefined).length + more.length;
      return this.#miscounted(token, count, IF_FORM);
    }
    const compared = this.#comparison(condition);
    const [then, otherwise] = [this.#value(yes), this.#value(no)];
    if (compared === undefined) {
      return this.#wrong(this.#first(condition), 'the first part of if compares nothing', `write ${IF_FORM}`);
    }
    return { kind: 'if', condition: compared, then, otherwise };
  }

  #comparison(tree: Tree): Comparison | undefined {
    if (tree.kind === 'group') return this.#comparison(tree.of);
    if (tree.kind !== 'binary' || !COMPARISONS.includes(tree.operator)) {
      this.#value(tree);
      return undefined;
    }
    const operator = tree.operator as Comparison['operator'];
    return { operator, left: this.#value(tree.left), right: this.#value(tree.right) };
  }

  #round(token: number, parts: readonly Tree[]): Formula {
    const [value, places, mode] = parts;
    if (value === undefined || parts.length > 3) return this.#miscounted(token, parts.length, ROUND_FORM);
    const of = this.#value(value);
    return { kind: 'round', of, places: this.#places(places), mode: this.#mode(mode) };
  }

  #places(tree: Tree | undefined): number {
    if (tree === undefined) return 0;
    const written = tree.kind === 'leaf' ? this.#token(tree.token).text : '';
    for (let places = 0; places <= MOST_PLACES; places += 1) if (String(places) === written) return places;
    const message = 'the places of round are no plain number';
    this.#wrong(this.#first(tree), message, `write a whole number from 0 to ${MOST_PLACES}`);
    return 0;
  }

  #mode(tree: Tree | undefined): RoundingMode {
    const written = tree?.kind === 'leaf' ? this.#token(tree.token).text : undefined;
    const mode = ROUNDING_MODES.find((candidate) => candidate.replaceAll('-', '_') === written);
    if (mode !== undefined || tree === undefined) return mode ?? 'half-even';
    const modes = ROUNDING_MODES.map((each) => each.replaceAll('-', '_')).join(', ');
    this.#wrong(this.#first(tree), 'there is no such way of rounding', `use one of: ${modes}`);
    return 'half-even';
  }

  #miscounted(token: number, count: number, form: string): Formula {
    const { text } = this.#token(token);
    return this.#wrong(token, `"${text}" is given ${count} ${count === 1 ? 'part' : 'parts'}`, `write ${form}`);
  }

  #wrong(index: number, message: string, remedy: string): Formula {
    const { start, text } = this.#token(index);
    this.#problems.push({ position: start, piece: text, message, remedy });
    return { kind: 'number', value: '0' };
  }

  /** The first token of a part that is a number, a name or a function. */
  #first(tree: Tree): number {
    switch (tree.kind) {
      case 'leaf':
      case 'call':
        return tree.token;
      case 'group':
      case 'sign':
        return this.#first(tree.of);
      case 'binary':
        return this.#first(tree.left);
    }
  }

  #token(index: number): FormulaToken {
    return this.#tokens[index] ?? { kind: 'name', text: '', start: 0 };
  }
}

function formOf(name: string): string {
  if (name === 'if') return IF_FORM;
  return isFunction(name) ? FUNCTIONS[name].form : ROUND_FORM;
}
