import { evaluateFormula } from '../formula/evaluate-formula.js';
import { namesIn } from '../formula/formula-text.js';
import type { InputValue, NoValue } from '../formula/types.js';
import type { Derivation, PartialRule } from '../measure/derivation.js';
import type { Period } from '../period/types.js';
import { combine, WITHOUT_CASES } from '../window/combine.js';
import { gather, isNothingExpected } from '../window/gather.js';
import type { Grain } from '../window/grain-periods.js';
import type { StoredPart } from '../window/types.js';
import { outcomeOf, readInput } from './read-input.js';
import type { Derived, Lookup, UsedInput } from './types.js';

/** Gaps that a message lists. */
const SHOWN = 5;

/**
 * The value of a derived measure in one period.
 *
 * Inputs of finer grain are lifted to the measure's, windows applied, missing policies kept; what that filled in, and
 * which periods have no value, is told with each input. A value made of fewer periods than belong to it is `partial`;
 * with `partial: 'hide'` it is none. An absent input makes the value absent and is named, unless the formula does
 * without it.
 *
 * @param grain the derived measure's own
 * @param period of that grain
 */
export function derive(derivation: Derivation, grain: Grain, period: Period, lookup: Lookup): Derived {
  switch (derivation.kind) {
    case 'formula':
      return fromFormula(derivation, grain, period, lookup);
    case 'window': {
      const { gathered, used } = readInput('', derivation.input, grain, period, lookup);
      return derived('reason' in gathered ? gathered.reason : gathered.part, [used], derivation.partial);
    }
    case 'children':
      return fromChildren(derivation, grain, period, lookup);
  }
}

function fromFormula(
  { formula, inputs, partial }: Extract<Derivation, { kind: 'formula' }>,
  grain: Grain,
  period: Period,
  lookup: Lookup,
): Derived {
  const read = namesIn(formula).flatMap((name) => {
    const input = inputs[name];
    return input === undefined ? [] : [readInput(name, input, grain, period, lookup)];
  });
  const values = new Map(read.map((input) => [input.used.name, input]));
  const outcome = evaluateFormula(formula, (name): InputValue => {
    const input = values.get(name);
    if (input === undefined) return { reason: 'the formula has no input of this name' };
    const { gathered, used } = input;
    if (used.value !== undefined) return { value: used.value };
    const { code, message } = 'reason' in gathered ? gathered.reason : WITHOUT_CASES;
    return { reason: message, code };
  });
  const used = read.map((input) => input.used);
  if ('reason' in outcome) return derived(outcome.reason, used, partial);
  const { value, madeOf } = outcome;
  const told = used.map((input): UsedInput => (madeOf.has(input.name) ? input : { ...input, passedOver: true }));
  return derived({ value }, told, partial);
}

function fromChildren(
  { measure, combine: combination, partial }: Extract<Derivation, { kind: 'children' }>,
  grain: Grain,
  period: Period,
  lookup: Lookup,
): Derived {
  const children = lookup.children(measure);
  const parts: StoredPart[] = [];
  const used = children.map(({ address, series }): UsedInput => {
    const gathered = gather(series, { period, grain, missing: 'absent' });
    if ('part' in gathered) parts.push(gathered.part);
    return { name: address, measure: address, period: period.id, ...outcomeOf(gathered) };
  });
  return derived(combine(combination, parts, children[0]?.series.scale), used, partial);
}

function derived(result: StoredPart | NoValue, inputs: readonly UsedInput[], rule: PartialRule = 'show'): Derived {
  const lacking = inputs.filter(
    ({ reason, withoutCases, passedOver, taken }) =>
      passedOver !== true &&
      ((reason !== undefined && withoutCases !== true && !isNothingExpected(taken)) ||
        taken.without.length > 0 ||
        taken.inPart !== undefined),
  );
  const partial = lacking.length > 0;
  if ('code' in result) return { reason: result, partial, inputs };
  if (result.value === undefined) {
    if (!partial) return { ...result, reason: WITHOUT_CASES, partial, inputs };
    // What is not there yet may bring the cases.
    const message = `${WITHOUT_CASES.message} as far as is known, and there is no value for ${gapsIn(lacking)}`;
    return { reason: { code: 'absent_input', message }, partial, inputs };
  }
  if (partial && rule === 'hide') {
    return { reason: { code: 'partial', message: `there is no value for ${gapsIn(lacking)}` }, partial, inputs };
  }
  return { ...result, partial, inputs };
}

function gapsIn(lacking: readonly UsedInput[]): string {
  const gaps = lacking.flatMap(({ name, period, taken }) =>
    (taken.without.length > 0 ? taken.without : (taken.inPart ?? [period ?? ''])).map((id) => `${name} ${id}`.trim()),
  );
  return gaps.length > SHOWN ? `${gaps.slice(0, SHOWN).join(', ')} … (${gaps.length} in all)` : gaps.join(', ');
}
