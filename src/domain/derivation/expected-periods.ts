import type { Formula } from '../formula/types.js';
import { expectsAnything } from '../measure/completeness.js';
import type { Derivation, FormulaInput } from '../measure/derivation.js';
import { type DerivedMeasure, isCollected, type Measure } from '../measure/types.js';
import type { Grain, Period, WorkingCalendar } from '../period/types.js';
import { isAsFine, isSameGrain, periodsAtHome } from '../window/grain-periods.js';
import { windowOf } from '../window/window-of.js';
import { periodOf } from './read-input.js';

/** What is known of the measures around one. */
export interface KnownMeasures {
  /** The measure at an address; `undefined` where there is none. */
  readonly measureOf: (address: string) => Measure | undefined;
  /** Those of this id in what stands below. */
  readonly childrenOf: (measure: DerivedMeasure, id: string) => readonly Measure[];
  readonly calendarOf: (measure: Measure) => WorkingCalendar;
}

/**
 * Whether a value can be expected of a measure in a period of its own grain. Where it cannot, one that is not there is a
 * known gap, and not missing.
 *
 * Of a measure with `expects: working_days` nothing is in a period without a working day. Of a derived one nothing is
 * where what it is made of has nothing in any of the periods that belong to it: for a formula that goes for each input
 * that it cannot do without. Of everything else always something is.
 *
 * @see docs/decisions/2026-11-28-known-gaps.md
 */
export function isValueExpected(measure: Measure, period: Period, known: KnownMeasures): boolean {
  if (isCollected(measure)) {
    return measure.expects === undefined || expectsAnything(measure.expects, period, known.calendarOf(measure));
  }
  return isDerivedExpected(measure, measure.derivation, period, known);
}

function isDerivedExpected(measure: DerivedMeasure, derivation: Derivation, period: Period, known: KnownMeasures) {
  const inputExpected = (input: FormulaInput): boolean => isInputExpected(input, measure, period, known);
  switch (derivation.kind) {
    case 'formula':
      return isResultExpected(derivation.formula, (name) => {
        const input = derivation.inputs[name];
        return input === undefined || inputExpected(input);
      });
    case 'window':
      return inputExpected(derivation.input);
    case 'children': {
      const children = known.childrenOf(measure, derivation.measure);
      return children.length === 0 || children.some((child) => isExpectedWithin(child, [period], measure, known));
    }
  }
}

/** Whether the parts that a result needs are expected: `coalesce` needs one of them, `if` one of its sides. */
function isResultExpected(formula: Formula, isExpected: (name: string) => boolean): boolean {
  const all = (parts: readonly Formula[]): boolean => parts.every((part) => isResultExpected(part, isExpected));
  switch (formula.kind) {
    case 'number':
      return true;
    case 'name':
      return isExpected(formula.name);
    case 'negate':
    case 'round':
      return all([formula.of]);
    case 'operation':
      return all([formula.left, formula.right]);
    case 'if': {
      const { condition, then, otherwise } = formula;
      return all([condition.left, condition.right]) && (all([then]) || all([otherwise]));
    }
    case 'call':
      return formula.function === 'coalesce'
        ? formula.parts.some((part) => isResultExpected(part, isExpected))
        : all(formula.parts);
  }
}

/** A series is written down for every period, and what a missing policy fills is expected like what it stands for. */
function isInputExpected(input: FormulaInput, grain: Grain, period: Period, known: KnownMeasures): boolean {
  const { measure: address, series, over, missing } = input;
  const measure = address === undefined || series !== undefined ? undefined : known.measureOf(address);
  const at = periodOf(input, period, grain);
  if (measure === undefined || at === undefined) return true;
  if (missing !== 'absent' && over === undefined && isSameGrain(measure, grain)) return true;
  return isExpectedWithin(measure, over === undefined ? [at] : windowOf(at, over, grain), grain, known);
}

function isExpectedWithin(measure: Measure, periods: readonly Period[], grain: Grain, known: KnownMeasures): boolean {
  if (!isAsFine(measure, grain)) return true;
  return periods.some((period) => {
    const own = isSameGrain(measure, grain) ? [period] : periodsAtHome(period, grain, measure);
    return own.some((each) => isValueExpected(measure, each, known));
  });
}
