import { evaluateFormula } from '../formula/evaluate-formula.js';
import { namesIn } from '../formula/formula-text.js';
import type { InputValue, NoValue } from '../formula/types.js';
import type { Derivation, PartialRule } from '../measure/derivation.js';
import type { Period } from '../period/types.js';
import { combine } from '../window/combine.js';
import { gather, isNothingExpected } from '../window/gather.js';
import type { Grain } from '../window/grain-periods.js';
import type { StoredPart } from '../window/types.js';
import { readInput } from './read-input.js';
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
  const used = namesIn(formula).flatMap((name) => {
    const input = inputs[name];
    return input === undefined ? [] : [readInput(name, input, grain, period, lookup).used];
  });
  const values = new Map(used.map((input) => [input.name, input]));
  const outcome = evaluateFormula(formula, (name): InputValue => {
    const input = values.get(name);
    if (input?.value !== undefined) return { value: input.value };
    return { reason: input?.reason ?? 'the formula has no input of this name' };
  });
  return derived('reason' in outcome ? outcome.reason : outcome, used, partial);
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
    const { taken } = gathered;
    const input = { name: address, measure: address, period: period.id, taken };
    if ('reason' in gathered) return { ...input, reason: gathered.reason.message };
    parts.push(gathered.part);
    return gathered.part.value === undefined ? input : { ...input, value: gathered.part.value };
  });
  return derived(combine(combination, parts, children[0]?.series.scale), used, partial);
}

function derived(result: StoredPart | NoValue, inputs: readonly UsedInput[], rule: PartialRule = 'show'): Derived {
  const lacking = inputs.filter(
    ({ reason, taken }) =>
      (reason !== undefined && !isNothingExpected(taken)) || taken.without.length > 0 || taken.inPart !== undefined,
  );
  if ('code' in result) return { reason: result, partial: lacking.length > 0, inputs };
  if (lacking.length > 0 && rule === 'hide') {
    const gaps = lacking.flatMap(({ name, period, taken }) =>
      (taken.without.length > 0 ? taken.without : (taken.inPart ?? [period ?? ''])).map((id) => `${name} ${id}`.trim()),
    );
    const shown =
      gaps.length > SHOWN ? `${gaps.slice(0, SHOWN).join(', ')} … (${gaps.length} in all)` : gaps.join(', ');
    return { reason: { code: 'partial', message: `there is no value for ${shown}` }, partial: true, inputs };
  }
  return { ...result, partial: lacking.length > 0, inputs };
}
